namespace Akka.Cluster;

/// <summary>Where a member stands in its life in the cluster.</summary>
public enum MemberStatus
{
    /// <summary>Has asked to join; the leader has not moved it up yet.</summary>
    Joining = 0,

    /// <summary>A full member.</summary>
    Up = 1,

    /// <summary>Has asked to leave.</summary>
    Leaving = 2,

    /// <summary>All members know that it leaves; it hands over and stops.</summary>
    Exiting = 3,

    /// <summary>Taken for dead; no longer part of any decision.</summary>
    Down = 4,

    /// <summary>Gone; its unique address is never a member again.</summary>
    Removed = 5,

    /// <summary>Works as a member although the cluster has not converged since it asked to join.</summary>
    WeaklyUp = 6,
}
