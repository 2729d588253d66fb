using System.Collections.Immutable;
using AkkaHa.Cli.Lab;
using AkkaHa.Core.Model;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cli.Drills;

/// <summary>Puts the events of several nodes onto one line, with offsets from the fault. All nodes of a lab share one clock.</summary>
internal static class Timeline
{
    /// <summary>The events since the fault, as the given nodes recorded them. What several recorded of one thing is told once, by the first.</summary>
    public static async Task<ImmutableList<Moment>> Collect(LabCluster lab, IEnumerable<NodeName> nodes, DateTimeOffset fault, Moment first)
    {
        var events = new List<EventRecord>();
        foreach (var node in nodes)
            events.AddRange(await lab.Events(node).ConfigureAwait(false));
        var told = new HashSet<(string, string)>();
        return
        [
            first,
            .. events.Where(e => e.At >= fault).OrderBy(e => e.At)
                .Where(e => !IsMembership(e.Kind) || told.Add((e.Kind, e.Subject)))
                .Select(e => new Moment(e.At - fault, e.Kind, e.Subject, e.Text)),
        ];
    }

    private static bool IsMembership(string kind) =>
        kind is EventKinds.NodeUnreachable or EventKinds.NodeReachable or EventKinds.NodeDowned or EventKinds.NodeRemoved or EventKinds.NodeUp;
}
