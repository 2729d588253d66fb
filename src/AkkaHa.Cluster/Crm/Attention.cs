using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Cluster.Crm;

/// <summary>
/// Tells whether there is anything to decide anew: deciding costs a pass over all resources, and in an idle cluster nothing changes but the time.
/// </summary>
/// <param name="pause">How long nothing is decided while nothing changes; what only time brings about waits that long at most.</param>
internal sealed class Attention(TimeSpan pause)
{
    private readonly record struct Sight(ClusterState Projected, ClusterState Committed, Observations Seen, bool HasAuthority);

    private Sight? _last;
    private TimeSpan _lookedAt;

    /// <summary>Whether to look now; if so, what is seen now counts as looked at.</summary>
    public bool IsCalledFor(ClusterState projected, ClusterState committed, Observations seen, bool hasAuthority, TimeSpan now)
    {
        var sight = new Sight(projected, committed, seen with { Now = TimeSpan.Zero, Clock = DateTimeOffset.UnixEpoch, HeardAt = ImmutableSortedDictionary<NodeName, TimeSpan>.Empty }, hasAuthority);
        if (_last is { } last && ReferenceEquals(last.Projected, sight.Projected) && ReferenceEquals(last.Committed, sight.Committed)
            && last.HasAuthority == hasAuthority && last.Seen == sight.Seen && now - _lookedAt < pause)
            return false;
        _last = sight;
        _lookedAt = now;
        return true;
    }
}
