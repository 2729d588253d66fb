using System.Collections.Immutable;
using AkkaHa.Core.Moves;

namespace AkkaHa.Core.Model;

/// <summary>A request that ends by itself.</summary>
/// <param name="Until">When, on the wall clock: operators mean that one.</param>
/// <param name="Then">What is wanted from then on.</param>
public sealed record RequestEnd(DateTimeOffset Until, RequestedState Then);

/// <summary>The committed state of one resource.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Requested">What the operator wants.</param>
/// <param name="Actual">Where it stands.</param>
public sealed record ResourceRecord(ResourceDefinition Definition, RequestedState Requested, ActualState Actual)
{
    /// <summary>The session that was last ordered to run it; null where none holds it.</summary>
    public Session? Owner { get; init; }

    /// <summary>The token of the newest committed order for it.</summary>
    public Token Token { get; init; }

    /// <summary>Where a copy may be alive (DESIGN §5): only a node's own answer or a proof takes a boot out.</summary>
    public ImmutableSortedSet<Boot> MayRun { get; init; } = [];

    /// <summary>
    /// The boots in <see cref="MayRun"/> that nothing was ever ordered of: HA did not know, or did not watch, what ran there. Each answers, is
    /// proven dead, or keeps the resource from being started elsewhere.
    /// </summary>
    public ImmutableSortedSet<Boot> Unheard { get; init; } = [];

    /// <summary>The log index from which on a report counts as an answer for <see cref="Unheard"/>.</summary>
    public long UnheardSince { get; init; } = -1;

    /// <summary>The node that it ran on last, or is configured on: preferred where nothing else speaks for another. Null where it never had one.</summary>
    public NodeName? LastNode { get; init; }

    /// <summary>The log index of the newest change by an operator: what <c>--digest</c> names.</summary>
    public long ChangedIndex { get; init; } = -1;

    /// <summary>When the present request ends by itself; null where it stands until told otherwise.</summary>
    public RequestEnd? RequestEnd { get; init; }

    /// <summary>How long the operator gives the guest to shut down; null for the configured time.</summary>
    public TimeSpan? StopWithin { get; init; }

    /// <summary>Failed starts in a row on the node of the newest attempt.</summary>
    public int FailedStarts { get; init; }

    /// <summary>How often another node was to be tried in this series of failures.</summary>
    public int Relocations { get; init; }

    /// <summary>Nodes that it would not start on: taken only when there is no other, as long as the memory of it lasts.</summary>
    public ImmutableSortedSet<NodeName> FailedNodes { get; init; } = [];

    /// <summary>When the newest of those failures was, on the CRM's wall clock; null where there is none.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>How often an error was tried again by itself since all was well.</summary>
    public int Retries { get; init; }

    /// <summary>When the error is tried again by itself; null where only an operator ends it.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Since when it waits for others to be ready, or for its start delay; null where it does not.</summary>
    public DateTimeOffset? WaitsSince { get; init; }

    /// <summary>When its node confirmed the newest start, on the CRM's wall clock; null where that is not known.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Why it is in <see cref="ActualState.Error"/>, or why the newest attempt failed; null where all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the resource was removed by the operator while a copy might still be alive: a tombstone that keeps its may-run.</summary>
    public bool Removed { get; init; }

    /// <summary>Its live migration, while it is <see cref="ActualState.Migrating"/>.</summary>
    public Migration? Migration { get; init; }

    /// <summary>Where it shall be started next if that node can run it; null where placement is free.</summary>
    public NodeName? PreferredNode { get; init; }

    /// <summary>The node that a maintenance or a shutdown has taken it from, and to which it returns if it fails back.</summary>
    public NodeName? ReturnTo { get; init; }

    /// <summary>Whether two nodes ran it at once: every copy but the owner's is ordered to stop until none is left.</summary>
    public bool IsSplit { get; init; }

    /// <summary>The storage for the loss of which it is being killed on its node; null where it is not.</summary>
    public string? LostStorage { get; init; }

    /// <summary>Migrations in a row that were given up.</summary>
    public int FailedMoves { get; init; }

    /// <summary>The node that the last of them was to; null where none was given up. The next one prefers another node.</summary>
    public NodeName? FailedTarget { get; init; }

    /// <summary>Its id.</summary>
    public ResourceId Id => Definition.Id;

    /// <summary>Whether HA is to run it.</summary>
    public bool IsWanted => Requested == RequestedState.Started && !Removed;

    /// <summary>Whether a start on this boot keeps S1: no copy may be alive on another one.</summary>
    public bool MayStartOn(Boot boot) => MayRun.IsEmpty || KnownBad.Is(KnownBadVariant.MayRunIgnored) || (MayRun.Count == 1 && MayRun[0] == boot);

    /// <summary>Whether it is bound to a node: held by it, or perhaps alive there by HA's own orders.</summary>
    public bool Occupies(NodeName node)
    {
        if (Owner is { } owner && owner.Node == node)
            return true;
        foreach (var boot in MayRun)
        {
            if (boot.Node == node && !Unheard.Contains(boot))
                return true;
        }

        return false;
    }
}
