using System.CommandLine;
using AkkaHa.Cli.Operator;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Cli.Commands;

/// <summary>
/// <c>akkaha maintenance | shutdown-policy | disarm | arm | thaw</c> and <c>akkaha node leave | stay | release</c>: what operators do to nodes and to
/// the whole cluster. Each returns when the change is committed, or with <c>--wait</c> when the node is empty.
/// </summary>
internal static class MaintenanceCommands
{
    public static Command Maintenance()
    {
        var target = Target();
        var enable = new Option<bool>("--enable") { Description = "Move the node's guests away, and place nothing there." };
        var disable = new Option<bool>("--disable") { Description = "End it; guests come back only where failback says so." };
        var wait = Wait();
        return Build("maintenance", "Take a node into maintenance, or out of it.", [target], [enable, disable], wait, parsed =>
        {
            if (parsed.GetValue(enable) == parsed.GetValue(disable))
                throw new FormatException("Begin or end the maintenance? Give either --enable or --disable.");
            var node = Name(parsed.GetValue(target)!);
            return (new SetMaintenance(node, parsed.GetValue(enable)), parsed.GetValue(enable) ? node : null);
        });
    }

    public static Command Leave()
    {
        var target = Target();
        var reboot = new Option<bool>("--reboot") { Description = "It comes back by itself." };
        var shutdown = new Option<bool>("--shutdown") { Description = "It stays off." };
        var wait = Wait();
        return Build("leave", "Announce that a node is about to go: its guests are frozen, failed over or moved by the shutdown policy.", [target], [reboot, shutdown], wait, parsed =>
        {
            if (parsed.GetValue(reboot) == parsed.GetValue(shutdown))
                throw new FormatException("How does it go? Give either --reboot or --shutdown.");
            var node = Name(parsed.GetValue(target)!);
            return (new BeginLeave(node, parsed.GetValue(reboot) ? LeaveKind.Reboot : LeaveKind.Shutdown), node);
        });
    }

    public static Command Stay()
    {
        var target = Target();
        return Build("stay", "Take back that a node is about to go.", [target], [], null, parsed => (new CancelLeave(Name(parsed.GetValue(target)!)), null));
    }

    public static Command Release()
    {
        var target = Target();
        return Build("release", "End the quarantine of a node that failed too often.", [target], [], null, parsed => (new ReleaseNode(Name(parsed.GetValue(target)!)), null));
    }

    public static Command Policy()
    {
        var policy = new Argument<string>("policy") { Description = "conditional, freeze, failover or migrate." };
        return Build("shutdown-policy", "What becomes of the guests of a node that goes away on purpose.", [policy], [], null, parsed =>
            (new SetShutdownPolicy(Policy(parsed.GetValue(policy)!)), null));
    }

    public static Command Disarm()
    {
        var why = new Option<string>("--why") { Description = "Why, for the others.", DefaultValueFactory = _ => "no reason given" };
        return Build("disarm", "Have HA do nothing, for work on the network: nothing is fenced, started, stopped or moved.", [], [why], null, parsed =>
            (new SetArmed(false, parsed.GetValue(why)!), null));
    }

    public static Command Arm() => Build("arm", "Have HA act again.", [], [], null, _ => (new SetArmed(true, ""), null));

    public static Command Thaw()
    {
        var id = new Argument<string>("id") { Description = "The resource: vm:N or ct:N." };
        return Build("thaw", "Have a frozen resource run again without its node.", [id], [], null, parsed => (new Thaw(ResourceId.Parse(parsed.GetValue(id)!)), null));
    }

    private static Command Build(
        string name, string description, Argument[] arguments, Option[] options, Option<int?>? wait, Func<ParseResult, (LogCommand Command, NodeName? Emptied)> make)
    {
        var node = new NodeOption();
        var command = new Command(name, description);
        foreach (var argument in arguments)
            command.Arguments.Add(argument);
        foreach (var option in options)
            command.Options.Add(option);
        if (wait is not null)
            command.Options.Add(wait);
        node.AddTo(command);
        command.SetAction((parsed, stop) => CommandRunner.Run(async () =>
        {
            var endpoint = node.Endpoint(parsed);
            var (made, emptied) = make(parsed);
            await using var client = OperatorClient.Start(endpoint);
            var accepted = await client.Submit(endpoint, made, StatusCommand.Timeout).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(FormattableString.Invariant($"committed as entry {accepted.Index}")).ConfigureAwait(false);
            if (wait is not null && emptied is { } leaving && parsed.GetValue(wait) is { } seconds)
                await UntilEmpty(client, endpoint, leaving, TimeSpan.FromSeconds(seconds), stop).ConfigureAwait(false);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static async Task UntilEmpty(OperatorClient client, NodeEndpoint endpoint, NodeName node, TimeSpan patience, CancellationToken stop)
    {
        var last = "";
        await new Waiting(client, endpoint, patience, SystemClock.Instance).Until(
            status =>
            {
                var now = status.Nodes.FirstOrDefault(n => n.Name == node);
                if (now is not null && now.Reason != last)
                    Console.Out.WriteLine($"{node}: {last = now.Reason}");
                return now is null || now.Reason.EndsWith("; empty", StringComparison.Ordinal);
            },
            $"{node} to be empty",
            stop).ConfigureAwait(false);
    }

    private static Argument<string> Target() => new("name") { Description = "The node." };

    private static Option<int?> Wait() => new("--wait-seconds") { Description = "Return when the node is empty, and fail when that takes longer; tells how it goes." };

    private static NodeName Name(string text) =>
        NodeName.IsValid(text) ? new NodeName(text) : throw new FormatException($"'{text}' is no node name: expected 1 to 63 letters, digits or '-'.");

    private static ShutdownPolicy Policy(string text) =>
        Enum.TryParse<ShutdownPolicy>(text, ignoreCase: true, out var policy) && !char.IsAsciiDigit(text[0])
            ? policy
            : throw new FormatException($"'{text}' is no shutdown policy: expected conditional, freeze, failover or migrate.");
}
