using System.Globalization;
using AkkaHa.Cli.Commands;
using AkkaHa.Protocol.Operator;
using Spectre.Console;

namespace AkkaHa.Cli.Operator;

/// <summary>Shows a status to people.</summary>
internal static class StatusText
{
    public static void Write(IAnsiConsole console, ClusterStatus status)
    {
        var quorum = string.Create(CultureInfo.InvariantCulture, $"{status.Votes} of {status.ExpectedVotes} votes");
        console.MarkupLineInterpolated($"[bold]{(status.IsQuorate ? "quorate" : "NO QUORUM")}[/] ({quorum}); CRM {status.CrmNode?.Value ?? "none"}, epoch {status.Epoch}, entry {status.CommittedIndex}; answered by {status.AnsweredBy}");
        if (status.IsStale)
            console.MarkupLineInterpolated($"[yellow]stale:[/] this is what {status.AnsweredBy} remembers; it may have changed since");
        if (status.WaitsFor.Length > 0)
            console.MarkupLineInterpolated($"[yellow]waits:[/] {status.WaitsFor}");
        var nodes = CommandRunner.Table("node", "condition", "member", "fence", "reason");
        foreach (var node in status.Nodes)
        {
            var member = !node.IsMember ? "no" : node.IsReachable ? "yes" : "unreachable";
            nodes.AddRow(Cells($"{node.Name}{(node.IsCrm ? " (CRM)" : "")}", node.Condition, member, node.Fence, node.Reason));
        }

        console.Write(nodes);
        if (!status.Resources.IsEmpty)
        {
            var resources = CommandRunner.Table("resource", "requested", "actual", "node", "reason");
            foreach (var resource in status.Resources)
                resources.AddRow(Cells(resource.Id.ToString(), resource.Requested, resource.Actual, resource.Node?.Value ?? "-", resource.Reason));
            console.Write(resources);
        }

        foreach (var problem in status.Problems)
            console.MarkupLineInterpolated($"[yellow]note:[/] {problem}");
        foreach (var incident in status.Incidents)
            console.MarkupLineInterpolated($"[red]incident[/] {incident.Index} {incident.Subject}: {incident.Text}");
    }

    private static string[] Cells(params string[] cells) => [.. cells.Select(Markup.Escape)];
}
