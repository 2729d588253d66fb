using System.CommandLine;
using AkkaHa.Core.Model;
using AkkaHa.Core.Rules;
using Spectre.Console;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha affinity add | remove | list</c>: resources that belong on one node, or on different ones.</summary>
internal static class AffinityCommands
{
    public static Command Create() => new("affinity", "Resources that run together on one node, or apart.") { Add(), Remove(), List() };

    private static Command Add()
    {
        var name = Name();
        var kind = new Argument<string>("kind") { Description = "together or apart." };
        var resources = new Argument<string[]>("resources") { Description = "The resources, two at least.", Arity = ArgumentArity.OneOrMore };
        var soft = new Option<bool>("--soft") { Description = "A preference, given up where it would keep a resource from running." };
        return OperatorCommand.Giving("add", "Make a rule.", [name, kind, resources], [soft], parsed => new PutAffinity(new AffinityRule(
            new RuleName(parsed.GetValue(name)!), Kind(parsed.GetValue(kind)!), !parsed.GetValue(soft),
            [.. parsed.GetValue(resources)!.SelectMany(r => r.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(ResourceId.Parse)])));
    }

    private static Command Remove()
    {
        var name = Name();
        return OperatorCommand.Giving("remove", "Remove a rule.", [name], [], parsed => new RemoveAffinity(new RuleName(parsed.GetValue(name)!)));
    }

    private static Command List() => OperatorCommand.Asking("list", "All rules.", [], [], _ => async (client, endpoint, _) =>
    {
        var reply = await client.Resources(endpoint, null, StatusCommand.Timeout).ConfigureAwait(false);
        var table = CommandRunner.Table("rule", "strict", "kind", "resources");
        foreach (var rule in reply.Rules)
        {
            table.AddRow(
                Markup.Escape(rule.Name.Value), rule.Strict ? "strict" : "soft", rule.Kind == AffinityKind.Together ? "together" : "apart",
                string.Join(' ', rule.Resources));
        }

        AnsiConsole.Write(table);
        return ExitCodes.Ok;
    });

    private static Argument<string> Name() => new("name") { Description = "The rule's name." };

    private static AffinityKind Kind(string text) => text switch
    {
        "together" => AffinityKind.Together,
        "apart" => AffinityKind.Apart,
        _ => throw new FormatException($"'{text}' is no kind of affinity: expected together or apart."),
    };
}
