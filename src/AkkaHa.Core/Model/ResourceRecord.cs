using System.Collections.Immutable;

namespace AkkaHa.Core.Model;

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

    /// <summary>Failed starts in a row on the node of the newest attempt.</summary>
    public int FailedStarts { get; init; }

    /// <summary>Nodes given up on in this series of failures.</summary>
    public ImmutableSortedSet<NodeName> FailedNodes { get; init; } = [];

    /// <summary>Why it is in <see cref="ActualState.Error"/>, or why the newest attempt failed; null where all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the resource was removed by the operator while a copy might still be alive: a tombstone that keeps its may-run.</summary>
    public bool Removed { get; init; }

    /// <summary>Its id.</summary>
    public ResourceId Id => Definition.Id;

    /// <summary>Whether a start on this boot keeps S1: no copy may be alive on another one.</summary>
    public bool MayStartOn(Boot boot) => MayRun.All(b => b == boot);
}
