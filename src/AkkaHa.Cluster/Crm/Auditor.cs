using System.Collections.Immutable;
using AkkaHa.Core.Audit;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Cluster.Crm;

/// <summary>
/// Compares, once a second, what the nodes report with what the log says. A guest that two nodes report may have moved between the two reports:
/// all are asked again, and only newer reports that still agree make it a split brain.
/// </summary>
internal sealed class Auditor
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ResourceId, ImmutableSortedDictionary<NodeName, (Session Session, long Sequence)>> _suspectedSince = [];
    private TimeSpan? _lookedAt;

    /// <summary>The resources that a node runs although HA has started them nowhere.</summary>
    public ImmutableSortedSet<ResourceId> Unexpected { get; private set; } = [];

    /// <summary>Whether it waits for newer reports, that say the same or not.</summary>
    public bool IsSuspicious => _suspectedSince.Count > 0;

    /// <summary>Looks at the reports if it is time; says whom to ask again.</summary>
    public ImmutableSortedSet<NodeName> Look(ClusterState committed, Observations seen)
    {
        if (seen.Now - _lookedAt < Pause)
            return [];
        _lookedAt = seen.Now;
        Unexpected = Copies.Unexpected(committed, seen);
        var twice = Copies.Twice(committed, seen);
        foreach (var id in _suspectedSince.Keys.Where(id => !twice.Contains(id)).ToList())
            _suspectedSince.Remove(id);
        ImmutableSortedSet<NodeName> ask = [];
        foreach (var id in twice.Where(id => !_suspectedSince.ContainsKey(id)))
        {
            _suspectedSince[id] = seen.Reports.ToImmutableSortedDictionary(r => r.Key, r => (r.Value.Session, r.Value.Sequence));
            ask = ask.Union(seen.Reports.Keys);
        }

        return ask;
    }

    /// <summary>The resources about which every node has reported again since they were suspected.</summary>
    public ImmutableSortedSet<ResourceId> Duplicated(IReadOnlyDictionary<NodeName, NodeReport> reports) =>
        _suspectedSince.Count == 0
            ? []
            : [.. _suspectedSince.Where(s => s.Value.All(first => !reports.TryGetValue(first.Key, out var now)
                || now.Session != first.Value.Session || now.Sequence > first.Value.Sequence)).Select(s => s.Key)];
}
