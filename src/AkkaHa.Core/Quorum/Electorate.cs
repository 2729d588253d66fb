using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Quorum;

/// <summary>Who has a vote, and how new that knowledge is: what a node needs of a <see cref="Configuration"/> to count votes.</summary>
/// <param name="Version">How new it is; <see cref="ConfigurationVersion.None"/> for the voters that a node's settings name, before genesis.</param>
/// <param name="Voters">The nodes with a vote, present or not.</param>
public sealed record Electorate(ConfigurationVersion Version, ImmutableSortedSet<NodeName> Voters)
{
    /// <summary>How many votes decide.</summary>
    public int Majority => Majorities.Of(Voters.Count);

    /// <summary>The electorate of a configuration in the log, or of the settings where the log has none yet.</summary>
    public static Electorate Of(Configuration? configuration, ImmutableSortedSet<NodeName> configured) => configuration is null
        ? new Electorate(ConfigurationVersion.None, configured)
        : new Electorate(configuration.Version, [.. configuration.Voters.Keys]);

    /// <summary>How many of these nodes have a vote.</summary>
    public int VotesOf(IEnumerable<NodeName> nodes) => nodes.Distinct().Count(Voters.Contains);

    /// <summary>Whether these nodes hold a majority of the expected votes.</summary>
    public bool IsMajority(IEnumerable<NodeName> nodes) => VotesOf(nodes) >= Majority;

    /// <inheritdoc />
    public bool Equals(Electorate? other) => other is not null && Version == other.Version && Voters.SetEquals(other.Voters);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Version, Voters.Count);
}
