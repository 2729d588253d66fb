using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AkkaHa.Cli.Operator;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Protocol.Operator;
using Spectre.Console;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha cluster init</c>, <c>akkaha quorum status | expected</c>, <c>akkaha voter add | remove | replace</c>.</summary>
internal static class QuorumCommands
{
    /// <summary>Longer than the node takes to ask fence devices and the voters that are left.</summary>
    private static readonly TimeSpan ForceTimeout = TimeSpan.FromSeconds(25);

    public static Command Cluster() => new("cluster", "What concerns the cluster as a whole.")
    {
        Order("init", "Bring the cluster into being though not every configured voter is there; only for one that never was.", [], [], StatusCommand.Timeout, _ => InitCluster.Instance),
    };

    public static Command Quorum() => new("quorum", "Votes, and what to do when there are too few.") { QuorumStatus(), Expected() };

    public static Command Voter() => new("voter", "Give and take votes, one at a time.")
    {
        Change("add", "Give a node a vote.", VoterChange.Add),
        Change("remove", "Take a node's vote away.", VoterChange.Remove),
        Change("replace", "Give the replica that answers on a node now the node's vote; done without being asked for one that came back empty.", VoterChange.Replace),
    };

    private static Command Expected()
    {
        var votes = new Argument<int>("votes") { Description = "How many votes are expected from now on: all but those left out." };
        var dead = new Option<string>("--dead") { Description = "The voters that are left out, separated by commas.", Required = true };
        var word = new Option<bool>("--i-know-it-is-off") { Description = "You have seen that all of them are off and stay off; without it a fence device must prove it." };
        return Order(
            "expected", "DANGEROUS: go on with fewer votes where no majority is left. Begins a new generation; a voter that was left out and runs after all could run VMs twice.",
            [votes], [dead, word], ForceTimeout, parsed => new ForceExpected(
                parsed.GetValue(votes), [.. parsed.GetValue(dead)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(n => new NodeName(n))], parsed.GetValue(word)));
    }

    private static Command Change(string name, string description, VoterChange change)
    {
        var who = new Argument<string>("name") { Description = "The node." };
        return Order(name, description, [who], [], StatusCommand.Timeout, parsed => new ChangeVoter(change, new NodeName(parsed.GetValue(who)!)));
    }

    private static Command Order(string name, string description, Argument[] arguments, Option[] options, TimeSpan timeout, Func<ParseResult, IQuorumRequest> make)
    {
        var node = new NodeOption();
        var command = new Command(name, description);
        foreach (var argument in arguments)
            command.Arguments.Add(argument);
        foreach (var option in options)
            command.Options.Add(option);
        node.AddTo(command);
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            var endpoint = node.Endpoint(parsed);
            var made = make(parsed);
            await using var client = OperatorClient.Start(endpoint);
            var accepted = await client.Change(endpoint, made, timeout).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(FormattableString.Invariant($"committed as entry {accepted.Index}")).ConfigureAwait(false);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command QuorumStatus()
    {
        var node = new NodeOption();
        var json = new Option<bool>("--json") { Description = "One JSON object instead of a table." };
        var command = new Command("status", "Who votes, who is heard, how the replicas stand, and what the split-brain resolver makes of it.") { json };
        node.AddTo(command);
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            var endpoint = node.Endpoint(parsed);
            await using var client = OperatorClient.Start(endpoint);
            var status = await client.Quorum(endpoint, StatusCommand.Timeout).ConfigureAwait(false);
            if (parsed.GetValue(json))
                await Console.Out.WriteLineAsync(Json(status)).ConfigureAwait(false);
            else
                Write(AnsiConsole.Console, status);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static void Write(IAnsiConsole console, QuorumStatus status)
    {
        var votes = string.Create(CultureInfo.InvariantCulture, $"{status.Votes} of {status.Electorate.Voters.Count} votes, {status.Electorate.Majority} needed");
        var generation = status.Electorate.Version == ConfigurationVersion.None ? "before genesis" : string.Create(CultureInfo.InvariantCulture, $"generation {status.Electorate.Version.Generation}, configuration {status.Electorate.Version.Index}");
        console.MarkupLineInterpolated($"[bold]{(status.IsQuorate ? "quorate" : "NO QUORUM")}[/] ({votes}); {generation}; answered by {status.AnsweredBy}");
        if (status.WaitsFor.Length > 0)
            console.MarkupLineInterpolated($"[yellow]waits:[/] {status.WaitsFor}");
        console.MarkupLineInterpolated($"resolver: {status.Resolver}");
        console.MarkupLineInterpolated($"replica of {status.AnsweredBy}: {status.OwnReplica}");
        var voters = CommandRunner.Table("voter", "heard", "replica, as the CRM knows it");
        foreach (var voter in status.Voters)
            voters.AddRow(Markup.Escape($"{voter.Node}{(voter.IsArbiter ? " (arbiter)" : "")}"), voter.IsHeard ? "yes" : "no", Markup.Escape(voter.Replica.Length == 0 ? "-" : voter.Replica));
        console.Write(voters);
    }

    private static string Json(QuorumStatus status) => new JsonObject
    {
        ["answeredBy"] = status.AnsweredBy.Value,
        ["clusterId"] = status.ClusterId == Guid.Empty ? null : status.ClusterId.ToString(),
        ["quorate"] = status.IsQuorate,
        ["votes"] = status.Votes,
        ["expectedVotes"] = status.Electorate.Voters.Count,
        ["majority"] = status.Electorate.Majority,
        ["generation"] = status.Electorate.Version.Generation,
        ["configurationIndex"] = status.Electorate.Version.Index,
        ["waitsFor"] = status.WaitsFor,
        ["resolver"] = status.Resolver,
        ["ownReplica"] = status.OwnReplica,
        ["voters"] = new JsonArray([.. status.Voters.Select(v => (JsonNode)new JsonObject
        {
            ["name"] = v.Node.Value, ["heard"] = v.IsHeard, ["arbiter"] = v.IsArbiter, ["replica"] = v.Replica,
        })]),
    }.ToJsonString(StatusJson.Indented);
}
