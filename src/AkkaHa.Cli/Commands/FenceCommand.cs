using System.CommandLine;
using System.Globalization;
using AkkaHa.Cli.Operator;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Model;
using AkkaHa.Protocol.Operator;
using Spectre.Console;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha fence status | test | approve | history</c>.</summary>
internal static class FenceCommand
{
    /// <summary>A device that hangs is given up by its own timeout; a test of many takes as long as the slowest.</summary>
    private static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(2);

    public static Command Create() => new("fence", "Look at the fence devices and what they did.") { Status(), Test(), Approve(), History() };

    private static Command Status()
    {
        var node = new NodeOption();
        var command = new Command("status", "How the fencing of each node stands.");
        node.AddTo(command);
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            var endpoint = node.Endpoint(parsed);
            await using var client = OperatorClient.Start(endpoint);
            var status = await client.Status(endpoint, StatusCommand.Timeout).ConfigureAwait(false);
            var table = CommandRunner.Table("node", "condition", "fence", "reason");
            foreach (var n in status.Nodes)
                table.AddRow(Cells(n.Name.Value, n.Condition, n.Fence.Length == 0 ? "-" : n.Fence, n.Reason));
            AnsiConsole.Console.Write(table);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Test()
    {
        var node = new NodeOption();
        var target = new Argument<string?>("target") { Description = "Only the devices of this node.", Arity = ArgumentArity.ZeroOrOne };
        var device = new Argument<string?>("device") { Description = "Only this device.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("test", "Read the power of nodes through their fence devices; changes nothing. Exit code 1 if one does not work.") { target, device };
        node.AddTo(command);
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            var endpoint = node.Endpoint(parsed);
            var request = new FenceTestRequest(Node(parsed.GetValue(target)), parsed.GetValue(device));
            await using var client = OperatorClient.Start(endpoint);
            // A node that is not there at all is told soon.
            await client.Status(endpoint, StatusCommand.Timeout).ConfigureAwait(false);
            var report = await client.FenceTest(endpoint, request, TestTimeout).ConfigureAwait(false);
            if (report.Results.IsEmpty)
            {
                throw new FormatException(request is { Node: null, Device: null }
                    ? "No node has a fence device: akkaha.fencing.nodes is empty."
                    : $"No fence device fits: {request.Node} {request.Device} is not under akkaha.fencing.nodes of {report.TestedBy}.");
            }

            foreach (var r in report.Results)
            {
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{r.Node,-8} level {r.Level} {(r.Works ? "ok  " : "FAIL")} {r.Device} ({r.Kind}{(r.ProvesOff ? "" : ", no proof")}): {r.Detail}")).ConfigureAwait(false);
            }

            return report.Results.All(r => r.Works) ? ExitCodes.Ok : ExitCodes.Failed;
        }));
        return command;
    }

    private static Command Approve()
    {
        var node = new NodeOption();
        var target = new Argument<string>("target") { Description = "The lost node." };
        var command = new Command("approve", "Have a lost node fenced by its devices though many nodes were lost at once.") { target };
        node.AddTo(command);
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            var endpoint = node.Endpoint(parsed);
            var approval = new ApproveFencing(Node(parsed.GetValue(target))!.Value);
            await using var client = OperatorClient.Start(endpoint);
            var accepted = await client.Submit(endpoint, approval, StatusCommand.Timeout).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(FormattableString.Invariant($"committed as entry {accepted.Index}")).ConfigureAwait(false);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command History()
    {
        var node = new NodeOption();
        var command = new Command("history", "What a node recorded of losses, fences and tests, oldest first.");
        node.AddTo(command);
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            var endpoint = node.Endpoint(parsed);
            await using var client = OperatorClient.Start(endpoint);
            var reply = await client.Events(endpoint, 0, StatusCommand.Timeout).ConfigureAwait(false);
            foreach (var e in reply.Events.Where(e => e.Kind == EventKinds.NodeLost || e.Kind.StartsWith("fence-", StringComparison.Ordinal)))
                await Console.Out.WriteLineAsync(EventText.Line(e)).ConfigureAwait(false);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static NodeName? Node(string? text) =>
        text is null ? null : NodeName.IsValid(text) ? new NodeName(text) : throw new FormatException($"'{text}' is no node name.");

    private static string[] Cells(params string[] cells) => [.. cells.Select(Markup.Escape)];
}
