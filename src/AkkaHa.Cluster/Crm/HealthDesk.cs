using System.Collections.Immutable;
using AkkaHa.Core.Health;
using AkkaHa.Core.Model;
using AkkaHa.Protocol.Lrm;

namespace AkkaHa.Cluster.Crm;

/// <summary>Tells each LRM which of its guests to look after: when that changes, and now and then in case it was lost.</summary>
internal sealed class HealthDesk
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private readonly Dictionary<NodeName, (GuestChecks Checks, TimeSpan ToldAt)> _told = [];
    private ImmutableSortedDictionary<NodeName, ImmutableSortedDictionary<ResourceId, HealthCheck>> _duties =
        ImmutableSortedDictionary<NodeName, ImmutableSortedDictionary<ResourceId, HealthCheck>>.Empty;
    private ClusterState? _lookedAt;

    /// <summary>What is to be told now.</summary>
    public IEnumerable<GuestChecks> Due(ClusterState committed, TimeSpan now)
    {
        if (_lookedAt is null || !ReferenceEquals(_lookedAt.Resources, committed.Resources) || !ReferenceEquals(_lookedAt.Nodes, committed.Nodes)
            || _lookedAt.IsArmed != committed.IsArmed)
            _duties = HealthDuties.Of(committed);
        _lookedAt = committed;
        foreach (var (name, checks) in _duties)
        {
            if (committed.Nodes[name].Session is not { } session)
                continue;
            var isTold = _told.TryGetValue(name, out var told) && told.Checks.Session == session && told.Checks.Checks.SequenceEqual(checks);
            // A node that looks after nothing need not be reminded.
            if (isTold && (checks.IsEmpty || now - told.ToldAt < Again))
                continue;
            var due = new GuestChecks(session, checks);
            _told[name] = (due, now);
            yield return due;
        }
    }
}
