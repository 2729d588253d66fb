namespace AkkaHa.Core.Placement;

/// <summary>What keeps a resource from running on a node.</summary>
public enum Obstacle
{
    /// <summary>Nothing: it is feasible.</summary>
    None,

    /// <summary>The node is lost and not yet proven dead.</summary>
    Lost,

    /// <summary>The node is offline.</summary>
    Offline,

    /// <summary>The node is no member of the cluster.</summary>
    NotMember,

    /// <summary>The failure detector does not hear the node.</summary>
    Unreachable,

    /// <summary>The node's LRM has not reported in this session.</summary>
    Silent,

    /// <summary>The node is in maintenance.</summary>
    Maintenance,

    /// <summary>The node is about to go away.</summary>
    Leaving,

    /// <summary>The node is about to be fenced, since a guest cannot be stopped there.</summary>
    Condemned,

    /// <summary>The node failed too often and was not released yet.</summary>
    Quarantined,

    /// <summary>A copy may be alive on another node.</summary>
    Copy,

    /// <summary>The resource is restricted to a group that the node is not in.</summary>
    Restricted,

    /// <summary>The node does not have one of its storages.</summary>
    StorageMissing,

    /// <summary>The node does not reach one of its storages.</summary>
    StorageDown,

    /// <summary>A resource that it is strictly kept apart from is there.</summary>
    Apart,

    /// <summary>The resources that it strictly belongs with are elsewhere.</summary>
    Together,

    /// <summary>Too little memory is free.</summary>
    Memory,

    /// <summary>Too few processors are free.</summary>
    Cpus,
}
