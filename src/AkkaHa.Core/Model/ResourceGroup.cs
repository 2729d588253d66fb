using System.Collections.Immutable;

namespace AkkaHa.Core.Model;

/// <summary>Nodes that the resources of a group prefer, or are restricted to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Nodes">Its nodes with their priority: lower is preferred.</param>
public sealed record ResourceGroup(GroupName Name, ImmutableSortedDictionary<NodeName, int> Nodes)
{
    /// <summary>Whether its resources run on no other node.</summary>
    public bool Restricted { get; init; }

    /// <summary>Whether its resources move back by themselves when a better node returns.</summary>
    public bool Failback { get; init; }

    /// <summary>Whether the other says the same.</summary>
    public bool IsSameAs(ResourceGroup other) =>
        Name == other.Name && Restricted == other.Restricted && Failback == other.Failback && Nodes.SequenceEqual(other.Nodes);

    /// <summary>The group as people write it: <c>pve1=1 pve2=2 restricted</c>.</summary>
    public string Describe() => string.Join(' ', Nodes.Select(n => FormattableString.Invariant($"{n.Key}={n.Value}")))
        + (Restricted ? " restricted" : "") + (Failback ? " failback" : "");
}
