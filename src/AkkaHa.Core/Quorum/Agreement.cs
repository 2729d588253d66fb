using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Quorum;

/// <summary>
/// The settings that nodes of one cluster must have alike: how long a lease lasts and how its end is counted, how a silent node is found, and who
/// decides which members stay (DESIGN §13). Nodes tell them to each other before one joins.
/// </summary>
/// <param name="Values">The value of each setting, by its full key, as people write it.</param>
public sealed record Agreement(ImmutableSortedDictionary<string, string> Values)
{
    /// <summary>The setting that counts before genesis only: later the log says who votes, whatever the settings say.</summary>
    public const string VotesKey = "akkaha.nodes (votes)";

    /// <summary>Of a node that says nothing: it agrees with all.</summary>
    public static Agreement None { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>What differs, one phrase a setting with both values. A setting that only one of the two knows of is not compared.</summary>
    /// <param name="other">What the other node said.</param>
    /// <param name="node">The other node.</param>
    /// <param name="hasGenesis">Whether one of the two knows voters of a log.</param>
    public ImmutableList<string> DifferencesTo(Agreement other, NodeName node, bool hasGenesis) =>
        [.. from own in Values
            where !hasGenesis || own.Key != VotesKey
            where other.Values.TryGetValue(own.Key, out var theirs) && theirs != own.Value
            select $"{own.Key} is {own.Value} here and {other.Values[own.Key]} on {node}"];

    /// <inheritdoc />
    public bool Equals(Agreement? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc />
    public override int GetHashCode() => Values.Count;
}
