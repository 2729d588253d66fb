namespace AkkaHa.Core.Model;

/// <summary>Where a resource stands (DESIGN §8).</summary>
public enum ActualState
{
    /// <summary>It runs nowhere, and no start is ordered.</summary>
    Stopped,

    /// <summary>A start is committed and ordered; the node has not confirmed it yet.</summary>
    Starting,

    /// <summary>Its node confirmed that it runs.</summary>
    Started,

    /// <summary>A stop is committed and ordered.</summary>
    Stopping,

    /// <summary>It moves between two nodes while it runs.</summary>
    Migrating,

    /// <summary>It is stopped on one node to be started on another.</summary>
    Relocating,

    /// <summary>Its node is lost and not yet proven dead.</summary>
    Fence,

    /// <summary>It waits for a node to run on.</summary>
    Recovery,

    /// <summary>Its node shut down under a policy that keeps it there.</summary>
    Frozen,

    /// <summary>It cannot run, and the reason is told; an operator or a passing cause ends it.</summary>
    Error,
}
