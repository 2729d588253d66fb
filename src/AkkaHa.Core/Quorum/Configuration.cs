using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Quorum;

/// <summary>A voter of the log's configuration.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Replica">The UUID of its replica of the state log: a replica that comes back empty has another one and may not vote.</param>
/// <param name="StartCounter">The replica's start counter when the configuration was written; a replica whose counter is lower was rolled back.</param>
public sealed record Voter(NodeName Node, Guid Replica, long StartCounter);

/// <summary>
/// Who votes. It is part of the log and in force from its append on; every majority (downing, log, leases) is counted under the newest one.
/// </summary>
/// <param name="Generation">Starts at 1 and grows when an operator forces new expected votes; whatever is of an older generation is refused.</param>
/// <param name="Index">The log index of the entry that set it.</param>
/// <param name="Voters">One vote each, at most seven.</param>
public sealed record Configuration(long Generation, long Index, ImmutableSortedDictionary<NodeName, Voter> Voters)
{
    /// <summary>How many voters there can be at most.</summary>
    public const int MaxVoters = 7;

    /// <summary>The id that genesis gave the cluster; empty where it is not known.</summary>
    public Guid ClusterId { get; init; }

    /// <summary>How new it is.</summary>
    public ConfigurationVersion Version => new(Generation, Index);

    /// <summary>How many votes decide: more than half of the expected ones.</summary>
    public int Majority => Majorities.Of(Voters.Count);

    /// <summary>Whether these nodes hold a majority of the expected votes; nodes without a vote do not count.</summary>
    public bool IsMajority(IEnumerable<NodeName> nodes)
    {
        var voters = Voters;
        return nodes.Distinct().Count(voters.ContainsKey) >= Majority;
    }

    /// <summary>The voter on this node, or null if the node has no vote.</summary>
    public Voter? VoterOn(NodeName node) => Voters.GetValueOrDefault(node);

    /// <summary>Whether this replica is the one that votes for its node: the same UUID, and not from before the configuration was written.</summary>
    public bool Names(NodeName node, Guid replica, long startCounter) =>
        VoterOn(node) is { } voter && voter.Replica == replica && startCounter >= voter.StartCounter;

    /// <summary>One line for people: <c>g1/0 {pve1 pve2 pve3} majority 2</c>.</summary>
    public string Describe() => FormattableString.Invariant($"{Version} {{{string.Join(' ', Voters.Keys)}}} majority {Majority}");

    /// <inheritdoc />
    public bool Equals(Configuration? other) =>
        other is not null && Version == other.Version && ClusterId == other.ClusterId && Voters.Values.SequenceEqual(other.Voters.Values);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Generation, Index, ClusterId, Voters.Count);
}
