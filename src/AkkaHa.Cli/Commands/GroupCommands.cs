using System.Collections.Immutable;
using System.CommandLine;
using AkkaHa.Core.Model;
using AkkaHa.Core.Rules;
using Spectre.Console;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha group add | set | remove | list</c>: nodes that resources prefer or are restricted to.</summary>
internal static class GroupCommands
{
    public static Command Create() => new("group", "Nodes that resources prefer, by priority, or are restricted to.") { Add(), Set(), Remove(), List() };

    private static Command Add()
    {
        var (name, nodes, restricted, failback, force) = Parts();
        return OperatorCommand.Giving("add", "Make a group.", [name, nodes], [restricted, failback, force], parsed =>
            new PutGroup(Group(parsed, name, nodes, restricted, failback)) { MustBeNew = true, AllowOffline = parsed.GetValue(force) });
    }

    private static Command Set()
    {
        var (name, nodes, restricted, failback, force) = Parts();
        return OperatorCommand.Asking("set", "Change a group; what is not given stays.", [name, nodes], [restricted, failback, force], parsed =>
        {
            var given = Group(parsed, name, nodes, restricted, failback);
            return async (client, endpoint, _) =>
            {
                var reply = await client.Resources(endpoint, null, StatusCommand.Timeout).ConfigureAwait(false);
                var known = reply.Groups.FirstOrDefault(g => g.Name == given.Name)
                    ?? throw new FormatException($"{given.Name}: there is no such group; expected one of {Names(reply.Groups.Select(g => g.Name.Value))}.");
                var group = new ResourceGroup(given.Name, given.Nodes.IsEmpty ? known.Nodes : given.Nodes)
                {
                    Restricted = parsed.GetValue(restricted) is null ? known.Restricted : given.Restricted,
                    Failback = parsed.GetValue(failback) is null ? known.Failback : given.Failback,
                };
                await OperatorCommand.Give(client, endpoint, new PutGroup(group) { AllowOffline = parsed.GetValue(force) }).ConfigureAwait(false);
                return ExitCodes.Ok;
            };
        });
    }

    private static Command Remove()
    {
        var name = new Argument<string>("name") { Description = "The group." };
        return OperatorCommand.Giving("remove", "Remove a group that no resource is in.", [name], [], parsed => new RemoveGroup(new GroupName(parsed.GetValue(name)!)));
    }

    private static Command List() => OperatorCommand.Asking("list", "All groups.", [], [], _ => async (client, endpoint, _) =>
    {
        var reply = await client.Resources(endpoint, null, StatusCommand.Timeout).ConfigureAwait(false);
        var table = CommandRunner.Table("group", "nodes", "restricted", "failback", "resources");
        foreach (var group in reply.Groups)
        {
            var members = reply.Resources.Where(r => r.Definition.Group == group.Name).Select(r => r.Id.ToString()).ToList();
            table.AddRow(
                Markup.Escape(group.Name.Value), Markup.Escape(string.Join(' ', group.Nodes.Select(n => FormattableString.Invariant($"{n.Key}={n.Value}")))),
                group.Restricted ? "yes" : "no", group.Failback ? "on" : "off", string.Join(' ', members));
        }

        AnsiConsole.Write(table);
        return ExitCodes.Ok;
    });

    private static (Argument<string> Name, Argument<string[]> Nodes, Option<string?> Restricted, Option<string?> Failback, Option<bool> Force) Parts() => (
        new Argument<string>("name") { Description = "The group's name." },
        new Argument<string[]>("nodes") { Description = "Its nodes, NODE or NODE=PRIORITY; lower is preferred.", Arity = ArgumentArity.ZeroOrMore },
        new Option<string?>("--restricted") { Description = "on or off: whether its resources run on no other node." },
        new Option<string?>("--failback") { Description = "on or off: whether its resources move back to a better node by themselves." },
        new Option<bool>("--force") { Description = "Take it although none of its nodes is online." });

    private static ResourceGroup Group(
        ParseResult parsed, Argument<string> name, Argument<string[]> nodes, Option<string?> restricted, Option<string?> failback)
    {
        var members = ImmutableSortedDictionary<NodeName, int>.Empty;
        foreach (var member in (parsed.GetValue(nodes) ?? []).SelectMany(n => n.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(Words.Member))
        {
            if (members.ContainsKey(member.Key))
                throw new FormatException($"{member.Key} is named twice: expected each node once.");
            members = members.Add(member.Key, member.Value);
        }

        return new ResourceGroup(new GroupName(parsed.GetValue(name)!), members)
        {
            Restricted = parsed.GetValue(restricted) is { } r && Words.OnOff(r, restricted.Name),
            Failback = parsed.GetValue(failback) is { } f && Words.OnOff(f, failback.Name),
        };
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } text ? text : "none, for there is none yet";
}
