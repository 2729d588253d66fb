using System.Collections.Immutable;

namespace AkkaHa.Core.Model;

/// <summary>What an operator wants of a resource (DESIGN §8).</summary>
public enum RequestedState
{
    /// <summary>It shall run somewhere.</summary>
    Started,

    /// <summary>It shall not run.</summary>
    Stopped,

    /// <summary>HA leaves it alone until told otherwise; it is not running.</summary>
    Disabled,

    /// <summary>HA leaves it alone for a while, running or not.</summary>
    Ignored,
}

/// <summary>A disk of a guest.</summary>
/// <param name="Storage">The storage it lies on, by its configured name.</param>
/// <param name="Path">Its file or device, the same path on every node that has the storage.</param>
public sealed record DiskDefinition(string Storage, string Path);

/// <summary>What a resource is: all that a node needs to know to run it, and the rules for moving it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Uuid">The guest's UUID: how a node's report names what runs there.</param>
/// <param name="Name">What people call it; may be empty.</param>
/// <param name="MemoryMib">Memory in MiB.</param>
/// <param name="Cpus">Virtual processors.</param>
/// <param name="Disks">Its disks; each must lie on shared storage.</param>
public sealed record ResourceDefinition(
    ResourceId Id, Guid Uuid, string Name, int MemoryMib, int Cpus, ImmutableList<DiskDefinition> Disks)
{
    /// <summary>How often a failed start is tried again on the same node before another one is chosen.</summary>
    public int MaxRestart { get; init; } = 1;

    /// <summary>How many other nodes are tried after that before the resource is in error.</summary>
    public int MaxRelocate { get; init; } = 1;
}
