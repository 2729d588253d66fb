using System.Collections.Immutable;
using AkkaHa.Core.Health;

namespace AkkaHa.Core.Model;

/// <summary>What an operator wants of a resource (DESIGN §8).</summary>
public enum RequestedState
{
    /// <summary>It shall run somewhere.</summary>
    Started,

    /// <summary>It shall not run.</summary>
    Stopped,

    /// <summary>HA leaves it alone until told otherwise, running or not.</summary>
    Disabled,

    /// <summary>The same, meant to be short: status keeps reminding, and a time may end it.</summary>
    Ignored,
}

/// <summary>What a stop that failed leads to (DESIGN §10).</summary>
public enum StopFailurePolicy
{
    /// <summary>The resource is in error until an operator has ended its guest by hand.</summary>
    Error,

    /// <summary>The node is fenced, once its healthy guests have moved away.</summary>
    Fence,
}

/// <summary>What becomes of a running guest whose node has lost one of its storages (DESIGN §10).</summary>
public enum StorageFailurePolicy
{
    /// <summary>It is killed there and started on a node that reaches the storage, if there is one.</summary>
    Relocate,

    /// <summary>It is killed, and an operator decides when it is started again.</summary>
    Stop,

    /// <summary>It is left alone.</summary>
    Nothing,
}

/// <summary>A disk of a guest.</summary>
/// <param name="Storage">The storage it lies on, by its configured name.</param>
/// <param name="Path">Its file or device, the same path on every node that has the storage.</param>
public sealed record DiskDefinition(string Storage, string Path)
{
    /// <summary>The layout of the image.</summary>
    public DiskFormat Format { get; init; }

    /// <summary>How the guest sees it.</summary>
    public DiskBus Bus { get; init; }

    /// <summary>How writes reach the storage.</summary>
    public DiskCache Cache { get; init; }
}

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

    /// <summary>How often another node is tried after that before the resource is in error.</summary>
    public int MaxRelocate { get; init; } = 1;

    /// <summary>The group whose nodes it prefers or is restricted to; null where it may run on every node alike.</summary>
    public GroupName? Group { get; init; }

    /// <summary>Whether it moves back to a better node of its group by itself; null where the group decides.</summary>
    public bool? Failback { get; init; }

    /// <summary>Resources of a lower order are started first; null where it waits for no order.</summary>
    public int? BootOrder { get; init; }

    /// <summary>How long its start waits once it could be started.</summary>
    public TimeSpan StartDelay { get; init; }

    /// <summary>The resources that must be ready before it is started.</summary>
    public ImmutableSortedSet<ResourceId> After { get; init; } = [];

    /// <summary>How long it waits for each of them at most.</summary>
    public TimeSpan ReadinessTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The recovery time that it is promised; null where none is.</summary>
    public TimeSpan? Rto { get; init; }

    /// <summary>What a stop that failed leads to.</summary>
    public StopFailurePolicy OnStopFailure { get; init; }

    /// <summary>What becomes of it where its node has lost one of its storages.</summary>
    public StorageFailurePolicy OnStorageFailure { get; init; }

    /// <summary>How its guest is looked after while it runs; null where nobody asks it.</summary>
    public HealthCheck? Health { get; init; }

    /// <summary>What it has beside memory, processors and disks.</summary>
    public GuestHardware Hardware { get; init; } = GuestHardware.None;

    /// <summary>The storages that a node must reach to run it.</summary>
    public IEnumerable<string> Storages => Disks.Append(Hardware.Firmware?.Variables).OfType<DiskDefinition>().Select(d => d.Storage).Distinct(StringComparer.Ordinal);
}
