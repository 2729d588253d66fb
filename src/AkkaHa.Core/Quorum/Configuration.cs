using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Quorum;

/// <summary>A voter of the log's configuration.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Replica">The UUID of its replica of the state log: a replica that comes back empty has another one and may not vote.</param>
/// <param name="StartCounter">The replica's start counter when the configuration was written; a replica whose counter is lower was rolled back.</param>
public sealed record Voter(NodeName Node, Guid Replica, long StartCounter);

/// <summary>
/// Who votes. It is part of the committed log; every majority (downing, log, leases) is counted under the newest one.
/// </summary>
/// <param name="Generation">Starts at 1 and grows when an operator forces new expected votes; whatever is of an older generation is refused.</param>
/// <param name="Index">The log index of the entry that set it.</param>
/// <param name="Voters">One vote each, at most seven.</param>
public sealed record Configuration(long Generation, long Index, ImmutableSortedDictionary<NodeName, Voter> Voters)
{
    /// <summary>How many voters there can be at most.</summary>
    public const int MaxVoters = 7;

    /// <summary>How many votes decide: more than half of the expected ones.</summary>
    public int Majority => Majorities.Of(Voters.Count);

    /// <summary>Whether these nodes hold a majority of the expected votes; nodes without a vote do not count.</summary>
    public bool IsMajority(IEnumerable<NodeName> nodes)
    {
        var voters = Voters;
        return nodes.Distinct().Count(voters.ContainsKey) >= Majority;
    }
}
