namespace Akka.Cluster.Tools.Singleton;

/// <summary>The states of a <see cref="ClusterSingletonManager"/>.</summary>
public enum ClusterSingletonState
{
    /// <summary>Waits to hear who is in the cluster.</summary>
    Start = 0,

    /// <summary>Nobody else may run the singleton, and the lease is asked for.</summary>
    AcquiringLease = 1,

    /// <summary>Runs the singleton.</summary>
    Oldest = 2,

    /// <summary>Another member runs the singleton.</summary>
    Younger = 3,

    /// <summary>Is next, and waits for its predecessors to hand over or to be gone.</summary>
    BecomingOldest = 4,

    /// <summary>Runs the singleton, but another member is to; waits for it to ask.</summary>
    WasOldest = 5,

    /// <summary>Stops the singleton so that another member can start it.</summary>
    HandingOver = 6,

    /// <summary>Of the published package; not entered.</summary>
    TakeOver = 7,

    /// <summary>The member is no more, or downed: stops the singleton, then itself.</summary>
    Stopping = 8,

    /// <summary>The member leaves; nothing is run here any more.</summary>
    End = 9,
}
