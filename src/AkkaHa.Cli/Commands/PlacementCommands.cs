using System.CommandLine;
using System.Globalization;
using AkkaHa.Core.Model;
using AkkaHa.Protocol.Operator;
using Spectre.Console;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha explain ID</c> and <c>akkaha plan --fail NODE[,NODE]</c>: why things are where they are, and where they would go.</summary>
internal static class PlacementCommands
{
    public static Command ExplainCommand()
    {
        var id = ResourceCommands.Id();
        return OperatorCommand.Asking("explain", "Why a resource runs where it does, or nowhere: every node with its reason.", [id], [], parsed =>
        {
            var resource = ResourceId.Parse(parsed.GetValue(id)!);
            return async (client, endpoint, _) =>
            {
                Write(await client.Explain(endpoint, resource, StatusCommand.Timeout).ConfigureAwait(false));
                return ExitCodes.Ok;
            };
        });
    }
    public static Command PlanCommand()
    {
        var fail = new Option<string>("--fail") { Description = "The nodes that would fail, with commas.", Required = true };
        return OperatorCommand.Asking("plan", "What would move where if nodes failed now, and what would not fit. Changes nothing.", [], [fail], parsed =>
        {
            var nodes = parsed.GetValue(fail)!.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Words.Node).ToList();
            return async (client, endpoint, _) =>
            {
                var reply = await client.Plan(endpoint, nodes, StatusCommand.Timeout).ConfigureAwait(false);
                Write(reply);
                return reply.KeepsQuorum && reply.Resources.All(r => r.To is not null) ? ExitCodes.Ok : ExitCodes.Failed;
            };
        });
    }

    private static void Write(ExplainReply reply)
    {
        Console.Out.WriteLine(reply.Standing);
        foreach (var rule in reply.Rules)
            Console.Out.WriteLine($"  {rule}");
        Console.Out.WriteLine($"Placed now: {reply.Why}");
        var table = CommandRunner.Table("node", "", "priority", "guests", "memory free", "reason against it");
        foreach (var node in reply.Nodes)
        {
            var mark = (node.IsCurrent, node.IsChosen) switch
            {
                (true, true) => "here, best",
                (true, false) => "here",
                (false, true) => "best",
                (false, false) => "",
            };
            table.AddRow(
                node.Node.Value, mark, node.Priority?.ToString(CultureInfo.InvariantCulture) ?? "not in group",
                node.Running.ToString(CultureInfo.InvariantCulture), FormattableString.Invariant($"{node.FreeMemoryMib} MiB"), Markup.Escape(node.Refusal));
        }

        AnsiConsole.Write(table);
    }

    private static void Write(PlanReply reply)
    {
        var table = CommandRunner.Table("resource", "from", "to", "reason");
        foreach (var r in reply.Resources)
            table.AddRow(r.Id.ToString(), r.From?.Value ?? "-", r.To?.Value ?? "NOWHERE", Markup.Escape(r.Why));
        AnsiConsole.Write(table);
        var stuck = reply.Resources.Count(r => r.To is null);
        Console.Out.WriteLine(!reply.KeepsQuorum
            ? "The other nodes would have no majority of the votes: nothing would be started, and what they run would end with its lease."
            : stuck > 0
                ? FormattableString.Invariant($"{stuck} of {reply.Resources.Count} resources would not fit.")
                : FormattableString.Invariant($"All {reply.Resources.Count} resources would run."));
    }
}
