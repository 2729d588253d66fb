using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>
/// Who monitors whom. Nodes stand in a ring by the hash of their name, so that neighbours in the ring are unlikely to share
/// a rack or a host, and each monitors those after it.
/// </summary>
internal static class HeartbeatRing
{
    /// <summary>
    /// The nodes that <paramref name="self"/> monitors: those after it until <paramref name="count"/> of them are in reach. Nodes out
    /// of reach on the way are monitored too but not counted, or the node behind a dead stretch would lose its observers.
    /// </summary>
    public static ImmutableHashSet<UniqueAddress> ReceiversOf(
        UniqueAddress self, IReadOnlyCollection<UniqueAddress> members, IReadOnlySet<UniqueAddress> unreachable, int count)
    {
        var ring = members.Where(n => n != self).OrderBy(n => Gossip.ClockNameOf(n)).ToList();
        var place = Gossip.ClockNameOf(self);
        var start = ring.FindIndex(n => Gossip.ClockNameOf(n).CompareTo(place) > 0);
        if (start < 0) start = 0;
        var receivers = ImmutableHashSet.CreateBuilder<UniqueAddress>();
        var inReach = 0;
        for (var step = 0; step < ring.Count && inReach < count; step++)
        {
            var node = ring[(start + step) % ring.Count];
            receivers.Add(node);
            if (!unreachable.Contains(node)) inReach++;
        }

        return receivers.ToImmutable();
    }
}
