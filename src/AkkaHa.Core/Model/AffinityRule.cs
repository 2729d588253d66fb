using System.Collections.Immutable;

namespace AkkaHa.Core.Model;

/// <summary>What an affinity rule asks for.</summary>
public enum AffinityKind
{
    /// <summary>Its resources run on one node.</summary>
    Together,

    /// <summary>No two of its resources run on one node.</summary>
    Apart,
}

/// <summary>Resources that belong on one node, or on different ones.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="Strict">Whether it is kept at the price of a resource that does not run; a soft one only makes a node better or worse.</param>
/// <param name="Resources">The resources, two at least.</param>
public sealed record AffinityRule(RuleName Name, AffinityKind Kind, bool Strict, ImmutableSortedSet<ResourceId> Resources)
{
    /// <summary>Whether the other says the same.</summary>
    public bool IsSameAs(AffinityRule other) =>
        Name == other.Name && Kind == other.Kind && Strict == other.Strict && Resources.SetEquals(other.Resources);

    /// <summary>The rule as people write it: <c>strict apart vm:100 vm:101</c>.</summary>
    public string Describe() =>
        $"{(Strict ? "strict" : "soft")} {(Kind == AffinityKind.Together ? "together" : "apart")} {string.Join(' ', Resources)}";
}
