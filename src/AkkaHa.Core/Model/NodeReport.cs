using System.Collections.Immutable;
using AkkaHa.Core.Leases;

namespace AkkaHa.Core.Model;

/// <summary>What an LRM says of a guest.</summary>
public enum GuestState
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>An order to start it is being carried out.</summary>
    Starting,

    /// <summary>An order to stop it is being carried out.</summary>
    Stopping,

    /// <summary>It does not run here, and every token up to the reported one is refused.</summary>
    Stopped,

    /// <summary>The start with the reported token failed; it does not run here, and every token up to that one is refused.</summary>
    Failed,

    /// <summary>The stop with the reported token failed: it may still run.</summary>
    StopFailed,

    /// <summary>A copy waits here, paused, for the guest to arrive; nothing of it has run.</summary>
    Incoming,

    /// <summary>It runs here and is being copied to another node.</summary>
    Sending,

    /// <summary>It stands still here at the switch-over: all but its last state is copied.</summary>
    AtSwitchOver,

    /// <summary>It was handed over whole; it does not run here, and every token up to the reported one is refused.</summary>
    Departed,
}

/// <summary>What made a start fail: whether trying again without a change can help.</summary>
public enum FailureCause
{
    /// <summary>The guest itself, its definition or its hypervisor.</summary>
    Guest,

    /// <summary>A storage that cannot be reached, or whose ownership record cannot.</summary>
    Storage,

    /// <summary>Too little memory or another resource of the host.</summary>
    Capacity,

    /// <summary>Something else that it needs is not there yet.</summary>
    Dependency,

    /// <summary>The node itself: it killed the guest at the end of its lease. The guest is not to blame.</summary>
    SelfFence,

    /// <summary>It ran, hung, and was reset as often as it may be: only another node is worth a try.</summary>
    Hung,
}

/// <summary>One guest in a node's report.</summary>
/// <param name="Id">The resource, where the node knows it.</param>
/// <param name="Uuid">The guest's UUID.</param>
/// <param name="State">Where it stands there.</param>
/// <param name="Token">The highest token that this session knows for it.</param>
/// <param name="Reason">Why it failed; null where it did not.</param>
public sealed record GuestReport(ResourceId Id, Guid Uuid, GuestState State, Token Token, string? Reason = null)
{
    /// <summary>What made it fail, where it did.</summary>
    public FailureCause Cause { get; init; }

    /// <summary>Whether its health check has not passed yet; false where it has none.</summary>
    public bool IsStartingUp { get; init; }

    /// <summary>Where the source of a migration is to send the guest, while it is <see cref="GuestState.Incoming"/>; null if that is not known.</summary>
    public string? Address { get; init; }

    /// <summary>Whether the node answers "not running, and I refuse every token up to <see cref="Token"/>".</summary>
    public bool IsReleased => State is GuestState.Stopped or GuestState.Failed or GuestState.Departed;
}

/// <summary>What a node's guests take that HA does not care for.</summary>
/// <param name="Guests">How many run.</param>
/// <param name="MemoryMib">Their memory, as far as it is known.</param>
/// <param name="Cpus">Their virtual processors, as far as they are known.</param>
public sealed record ForeignLoad(int Guests, int MemoryMib, int Cpus)
{
    /// <summary>No such guest runs.</summary>
    public static ForeignLoad None { get; } = new(0, 0, 0);
}

/// <summary>The full report of a node: everything that runs there, and every resource it was ordered about in this session.</summary>
/// <param name="Session">The daemon that reports.</param>
/// <param name="Identity">The node's pinned identity.</param>
/// <param name="Sequence">Grows with every report of the session; an older one is not believed after a newer one.</param>
/// <param name="MemoryMib">Memory that the node offers to guests, in MiB.</param>
/// <param name="Guests">The guests, one entry a resource.</param>
public sealed record NodeReport(
    Session Session, string Identity, long Sequence, int MemoryMib, ImmutableSortedDictionary<ResourceId, GuestReport> Guests)
{
    /// <summary>Whether the node's hypervisor moves running guests to and from other nodes.</summary>
    public bool MigratesLive { get; init; }

    /// <summary>
    /// The highest log index that a CRM named when it asked this session; -1 if none did. The node was alive after the commit of that entry,
    /// which no sequence number says across boots.
    /// </summary>
    public long AsOf { get; init; } = -1;

    /// <summary>Processors that the node offers to guests; 0 where it sets no limit.</summary>
    public int Cpus { get; init; }

    /// <summary>The storages that the node has, and how it sees each; empty where it does not look.</summary>
    public ImmutableSortedDictionary<string, StorageSight> Storages { get; init; } =
        ImmutableSortedDictionary.Create<string, StorageSight>(StringComparer.Ordinal);

    /// <summary>What the guests take there that are no resources of HA.</summary>
    public ForeignLoad Foreign { get; init; } = ForeignLoad.None;

    /// <summary>Whether the other report of the node says the same, whatever number it has.</summary>
    public bool SaysTheSameAs(NodeReport other) =>
        this with { Sequence = other.Sequence, Storages = other.Storages, Guests = other.Guests } == other
        && Storages.SequenceEqual(other.Storages) && Guests.Values.SequenceEqual(other.Guests.Values);

    /// <summary>What the node says of its self-fence.</summary>
    public LeaseTerms Terms { get; init; } = LeaseTerms.None;

    /// <summary>The disarming under which guests run there without a lease; null where they go by the lease.</summary>
    public long? LeaseFreeSince { get; init; }

    /// <summary>The highest log index with which a CRM told the node's process that the cluster is armed; no earlier disarming is followed any more.</summary>
    public long ArmedAt { get; init; } = -1;

    /// <summary>
    /// The session ends: nothing runs, the gate of its VM host is closed for good, and it refuses every order, whatever its token.
    /// </summary>
    public bool IsLeaving { get; init; }

    /// <summary>The entry of a resource; null where the node neither runs it nor was ever ordered about it in this session.</summary>
    public GuestReport? Of(ResourceId id) => Guests.GetValueOrDefault(id);
}
