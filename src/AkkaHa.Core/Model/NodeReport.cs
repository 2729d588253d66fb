using System.Collections.Immutable;

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
}

/// <summary>One guest in a node's report.</summary>
/// <param name="Id">The resource, where the node knows it.</param>
/// <param name="Uuid">The guest's UUID.</param>
/// <param name="State">Where it stands there.</param>
/// <param name="Token">The highest token that this session knows for it.</param>
/// <param name="Reason">Why it failed; null where it did not.</param>
public sealed record GuestReport(ResourceId Id, Guid Uuid, GuestState State, Token Token, string? Reason = null)
{
    /// <summary>Whether the node answers "not running, and I refuse every token up to <see cref="Token"/>".</summary>
    public bool IsReleased => State is GuestState.Stopped or GuestState.Failed;
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
    /// <summary>
    /// The highest log index that a CRM named when it asked this session; -1 if none did. The node was alive after the commit of that entry,
    /// which no sequence number says across boots.
    /// </summary>
    public long AsOf { get; init; } = -1;

    /// <summary>The entry of a resource; null where the node neither runs it nor was ever ordered about it in this session.</summary>
    public GuestReport? Of(ResourceId id) => Guests.GetValueOrDefault(id);
}
