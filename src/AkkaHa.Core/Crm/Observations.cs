using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Crm;

/// <summary>How a node went out of the membership, as this CRM's node saw it.</summary>
/// <param name="Since">When it was last a member, on the observer's monotonic clock.</param>
/// <param name="Downed">Whether the split-brain resolver downed it, which needs no further grace.</param>
public sealed record Absence(TimeSpan Since, bool Downed);

/// <summary>What the acting CRM sees beside the log: never the ground of safety, only of what to try next.</summary>
public sealed record Observations
{
    /// <summary>The monotonic time of this look.</summary>
    public required TimeSpan Now { get; init; }

    /// <summary>
    /// The wall clock of this look: for times that operators name and that outlive a CRM. It may jump; nothing that must be safe depends on it.
    /// </summary>
    public DateTimeOffset Clock { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>When this CRM began to lead.</summary>
    public required TimeSpan LeadingSince { get; init; }

    /// <summary>The newest report of every node that is a member now.</summary>
    public ImmutableSortedDictionary<NodeName, NodeReport> Reports { get; init; } = ImmutableSortedDictionary<NodeName, NodeReport>.Empty;

    /// <summary>When each member last gave a sign of its LRM, on the monotonic clock; a member without one counts from when this CRM first saw it.</summary>
    public ImmutableSortedDictionary<NodeName, TimeSpan> HeardAt { get; init; } = ImmutableSortedDictionary<NodeName, TimeSpan>.Empty;

    /// <summary>The members now, with a report or without.</summary>
    public ImmutableSortedSet<NodeName> Members { get; init; } = [];

    /// <summary>Members that the failure detector cannot reach now: nothing new is placed there.</summary>
    public ImmutableSortedSet<NodeName> Unreachable { get; init; } = [];

    /// <summary>What is known of nodes that are no members now.</summary>
    public ImmutableSortedDictionary<NodeName, Absence> Absences { get; init; } = ImmutableSortedDictionary<NodeName, Absence>.Empty;

    /// <summary>Resources that were not to be migrated a moment ago: they are let be for a while.</summary>
    public ImmutableSortedSet<ResourceId> PausedMoves { get; init; } = [];

    /// <summary>Resources that several nodes reported alive, and again when all were asked once more.</summary>
    public ImmutableSortedSet<ResourceId> Duplicated { get; init; } = [];

    /// <summary>Resources that a node runs although HA has started them nowhere.</summary>
    public ImmutableSortedSet<ResourceId> Unexpected { get; init; } = [];

    /// <summary>Proofs in hand that are not committed yet.</summary>
    public ImmutableList<Proof> Proofs { get; init; } = [];

    /// <summary>The newest report of a member's session, if it is the committed one of its node.</summary>
    public NodeReport? ReportOf(NodeRecord node) =>
        Members.Contains(node.Name) && Reports.TryGetValue(node.Name, out var report) && report.Session == node.Session ? report : null;
}
