using System.Collections.Immutable;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Downing;

/// <summary>
/// The best set of members that all hear each other: most votes, then most members, then the one with the CRM, then the lowest names. Equal
/// knowledge gives the equal set on every member.
/// </summary>
/// <remarks>
/// This is the search for a maximum clique (Bron and Kerbosch, with a pivot and bounds). Where few links are cut it ends at once. For networks
/// in which hundreds of links are cut in no order it would not end, so it stops after <see cref="MaxSteps"/> with the best set found so far:
/// all members stop at the same one, and a set is never acted on without the word of those in it.
/// </remarks>
public static class ConnectedSet
{
    /// <summary>The most members that one cluster may have.</summary>
    public const int MaxMembers = 128;

    private const int MaxSteps = 20_000;

    /// <summary>Finds the best set.</summary>
    /// <param name="members">The members.</param>
    /// <param name="connected">Whether two of them hear each other.</param>
    /// <param name="hasVote">Whether a member's vote counts.</param>
    /// <param name="crm">The member that hosts the CRM, if one is known.</param>
    /// <param name="holding">Only sets with this member; null for all.</param>
    public static ImmutableSortedSet<Peer> Best(
        ImmutableSortedSet<Peer> members, Func<Peer, Peer, bool> connected, Func<Peer, bool> hasVote, Peer? crm = null, Peer? holding = null)
    {
        if (members.Count > MaxMembers)
            throw new ArgumentOutOfRangeException(nameof(members), members.Count, FormattableString.Invariant($"a cluster has at most {MaxMembers} members"));
        var search = new Search(members, connected, hasVote, crm);
        search.Run(holding is { } self ? members.IndexOf(self) : null);
        return search.Best;
    }

    /// <summary>How many votes a set holds.</summary>
    public static int Votes(this ImmutableSortedSet<Peer> set, Electorate electorate) => electorate.VotesOf(set.Select(p => p.Node));

    private sealed class Search
    {
        private readonly ImmutableSortedSet<Peer> _members;
        private readonly UInt128[] _neighbours;
        private readonly UInt128 _votes;
        private readonly UInt128 _crm;
        private UInt128 _best;
        private int _steps;

        public Search(ImmutableSortedSet<Peer> members, Func<Peer, Peer, bool> connected, Func<Peer, bool> hasVote, Peer? crm)
        {
            _members = members;
            _neighbours = new UInt128[members.Count];
            for (var i = 0; i < members.Count; i++)
            {
                if (hasVote(members[i]))
                    _votes |= Bit(i);
                if (members[i] == crm)
                    _crm = Bit(i);
                for (var j = i + 1; j < members.Count; j++)
                {
                    if (!connected(members[i], members[j]))
                        continue;
                    _neighbours[i] |= Bit(j);
                    _neighbours[j] |= Bit(i);
                }
            }
        }

        public ImmutableSortedSet<Peer> Best => [.. Enumerable.Range(0, _members.Count).Where(i => (_best & Bit(i)) != 0).Select(i => _members[i])];

        public void Run(int? holding)
        {
            var all = _members.Count == 128 ? UInt128.MaxValue : Bit(_members.Count) - 1;
            if (holding is { } self)
                Extend(Bit(self), _neighbours[self], 0);
            else
                Extend(0, all, 0);
        }

        private void Extend(UInt128 set, UInt128 candidates, UInt128 done)
        {
            if (candidates == 0 && done == 0)
            {
                if (IsBetter(set))
                    _best = set;
                return;
            }

            if (candidates == 0 || ++_steps > MaxSteps || CannotReach(set | candidates))
                return;
            var pivot = Pivot(candidates | done, candidates);
            for (var rest = candidates & ~_neighbours[pivot]; rest != 0;)
            {
                var next = (int)UInt128.TrailingZeroCount(rest);
                rest &= ~Bit(next);
                Extend(set | Bit(next), candidates & _neighbours[next], done & _neighbours[next]);
                candidates &= ~Bit(next);
                done |= Bit(next);
            }
        }

        private int Pivot(UInt128 among, UInt128 candidates)
        {
            var (pivot, most) = (-1, -1);
            for (var rest = among; rest != 0;)
            {
                var i = (int)UInt128.TrailingZeroCount(rest);
                rest &= ~Bit(i);
                var count = Count(candidates & _neighbours[i]);
                if (count > most)
                    (pivot, most) = (i, count);
            }

            return pivot;
        }

        private bool CannotReach(UInt128 all)
        {
            var byVotes = Count(all & _votes).CompareTo(Count(_best & _votes));
            return byVotes < 0 || (byVotes == 0 && Count(all) < Count(_best));
        }

        private bool IsBetter(UInt128 set)
        {
            if (_best == 0)
                return true;
            var difference = Count(set & _votes) - Count(_best & _votes);
            if (difference == 0)
                difference = Count(set) - Count(_best);
            if (difference == 0)
                difference = Count(set & _crm) - Count(_best & _crm);
            // Members are numbered by name: of two sets the one that holds the first member in which they differ has the lower names.
            return difference > 0 || (difference == 0 && set != _best && (set & Bit((int)UInt128.TrailingZeroCount(set ^ _best))) != 0);
        }

        private static UInt128 Bit(int i) => UInt128.One << i;

        private static int Count(UInt128 set) => (int)UInt128.PopCount(set);
    }
}
