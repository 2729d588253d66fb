namespace Akka.Cluster;

/// <summary>How a received gossip related to the one at hand.</summary>
internal enum GossipRelation
{
    Older,
    Newer,
    Same,
    Concurrent,
}

/// <summary>What a node makes of a gossip that it receives. Pure.</summary>
/// <param name="Gossip">What it holds from now on, seen by itself.</param>
/// <param name="Relation">How the received gossip related to its own.</param>
/// <param name="TalkBack">Whether the sender lacks something that the receiver knows.</param>
internal readonly record struct GossipReception(Gossip Gossip, GossipRelation Relation, bool TalkBack)
{
    public static GossipReception Receive(Gossip local, Gossip remote, UniqueAddress self)
    {
        switch (remote.Version.CompareTo(local.Version))
        {
            case VectorClock.Ordering.Before:
                return new GossipReception(local, GossipRelation.Older, true);
            case VectorClock.Ordering.After:
                return new GossipReception(remote.SeenBy(self), GossipRelation.Newer, !remote.SeenByNode(self));
            case VectorClock.Ordering.Same when local.HasSameContentAs(remote):
                return new GossipReception(local.MergeSeen(remote).SeenBy(self), GossipRelation.Same, !remote.SeenByNode(self));
            default:
                return new GossipReception(Reconcile(local, remote, self).SeenBy(self), GossipRelation.Concurrent, true);
        }
    }

    /// <summary>
    /// Merges concurrent gossips. Pruning the clock of a removed member can leave the merged version equal to that of one of
    /// the two although the merge holds more: then it counts as a change, or the two would be taken for the same from here on.
    /// </summary>
    private static Gossip Reconcile(Gossip local, Gossip remote, UniqueAddress self)
    {
        var merged = local.Merge(remote);
        var isMistakable = (merged.Version.IsSameAs(local.Version) && !merged.HasSameContentAs(local))
            || (merged.Version.IsSameAs(remote.Version) && !merged.HasSameContentAs(remote));
        return isMistakable ? merged.ChangedBy(self) : merged;
    }
}
