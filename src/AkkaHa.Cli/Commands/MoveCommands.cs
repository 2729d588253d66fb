using System.CommandLine;
using AkkaHa.Cli.Operator;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha migrate | relocate</c>: move a resource to another node. Each returns when the move is committed, or with <c>--wait</c> when it is over.</summary>
internal static class MoveCommands
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public static Command Migrate() => Build("migrate", "Move a running VM to another node; a container is stopped and started there.", MoveKind.Migrate);

    public static Command Relocate() => Build("relocate", "Stop a resource, and start it on another node.", MoveKind.Relocate);

    private static Command Build(string name, string description, MoveKind kind)
    {
        var id = new Argument<string>("id") { Description = "The resource: vm:N or ct:N." };
        var target = new Argument<string>("node") { Description = "The node that it shall run on." };
        var wait = new Option<bool>("--wait") { Description = "Return when it runs there; tell how it goes." };
        var force = new Option<bool>("--force") { Description = "Also where the node has no room by its settings, or is quarantined; rules, storage and copies count all the same." };
        var node = new NodeOption();
        var command = new Command(name, description) { id, target, wait };
        if (kind == MoveKind.Migrate)
            command.Options.Add(force);
        node.AddTo(command);
        command.SetAction((parsed, stop) => CommandRunner.Run(async () =>
        {
            var endpoint = node.Endpoint(parsed);
            var move = new MoveResource(ResourceId.Parse(parsed.GetValue(id)!), Target(parsed.GetValue(target)!), kind, "an operator asked for it")
            {
                IsForced = kind == MoveKind.Migrate && parsed.GetValue(force),
            };
            await using var client = OperatorClient.Start(endpoint);
            var accepted = await client.Submit(endpoint, move, StatusCommand.Timeout).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(FormattableString.Invariant($"committed as entry {accepted.Index}")).ConfigureAwait(false);
            return parsed.GetValue(wait) ? await Wait(client, endpoint, move, stop).ConfigureAwait(false) : ExitCodes.Ok;
        }));
        return command;
    }

    private static async Task<int> Wait(OperatorClient client, NodeEndpoint endpoint, MoveResource move, CancellationToken stop)
    {
        var last = "";
        var progress = new Waiting(client, endpoint, Patience, SystemClock.Instance);
        var end = await progress.Until(
            status =>
            {
                var now = status.Resources.FirstOrDefault(r => r.Id == move.Id);
                if (now is not null && now.Actual != last)
                    Console.Out.WriteLine($"{move.Id} {last = now.Actual}{(now.Node is { } at ? $" on {at}" : "")}");
                return now is null || IsOver(now);
            },
            $"{move.Id} to come to rest",
            stop).ConfigureAwait(false);
        var found = end.Resources.FirstOrDefault(r => r.Id == move.Id);
        if (found is { Actual: "started" } && found.Node == move.Target)
            return ExitCodes.Ok;
        await Console.Error.WriteLineAsync($"{move.Id} did not move to {move.Target}: it is {found?.Actual ?? "gone"}"
            + $"{(found?.Node is { } at ? $" on {at}" : "")}. {found?.Reason}").ConfigureAwait(false);
        return ExitCodes.Failed;
    }

    private static bool IsOver(ResourceStatus resource) => resource.Actual is "started" or "stopped" or "error" or "frozen";

    private static NodeName Target(string text) =>
        NodeName.IsValid(text) ? new NodeName(text) : throw new FormatException($"'{text}' is no node name: expected 1 to 63 letters, digits or '-'.");
}
