using System.Collections.Immutable;
using AkkaHa.Core.Downing;
using AkkaHa.Core.Model;
using AkkaHa.Core.Tests.StateLog;

namespace AkkaHa.Core.Tests.Downing;

public class ConnectedSetTests
{
    [Fact]
    public void It_is_the_one_that_trying_all_sets_finds()
    {
        for (ulong seed = 0; seed < 3000; seed++)
        {
            var chance = new Chance(seed);
            var members = Enumerable.Range(1, 1 + chance.Below(9)).Select(i => new Peer(new NodeName($"n{i}"), i)).ToImmutableSortedSet();
            var percent = chance.Below(101);
            var cut = new HashSet<(Peer, Peer)>();
            foreach (var a in members)
            {
                foreach (var b in members.Where(b => a.CompareTo(b) < 0 && chance.Below(100) < percent))
                    cut.Add((a, b));
            }

            bool Connected(Peer a, Peer b) => !cut.Contains(a.CompareTo(b) < 0 ? (a, b) : (b, a));
            var voters = members.Where(_ => !chance.OneIn(3)).ToHashSet();
            var crm = chance.OneIn(3) ? (Peer?)null : members[chance.Below(members.Count)];

            Assert.Equal(BestByTryingAll(members, Connected, voters.Contains, crm), ConnectedSet.Best(members, Connected, voters.Contains, crm));
            var self = members[chance.Below(members.Count)];
            Assert.Equal(
                BestByTryingAll(members, Connected, voters.Contains, crm, self), ConnectedSet.Best(members, Connected, voters.Contains, crm, self));
        }
    }

    [Fact]
    public void A_hundred_members_with_cut_links_in_no_order_are_still_decided_on_at_once()
    {
        var chance = new Chance(7);
        var members = Enumerable.Range(1, ConnectedSet.MaxMembers).Select(i => new Peer(new NodeName($"n{i}"), i)).ToImmutableSortedSet();
        var cut = Enumerable.Range(0, 2500).Select(_ => (members[chance.Below(128)], members[chance.Below(128)])).ToHashSet();
        bool Connected(Peer a, Peer b) => !cut.Contains((a, b)) && !cut.Contains((b, a));

        var best = ConnectedSet.Best(members, Connected, p => p.Incarnation <= 7);

        Assert.True(best.Count > 10);
        Assert.All(best, a => Assert.All(best, b => Assert.True(a == b || Connected(a, b))));
    }

    public static ImmutableSortedSet<Peer> BestByTryingAll(
        ImmutableSortedSet<Peer> members, Func<Peer, Peer, bool> connected, Func<Peer, bool> hasVote, Peer? crm = null, Peer? holding = null)
    {
        var best = ImmutableSortedSet<Peer>.Empty;
        for (var mask = 1; mask < 1 << members.Count; mask++)
        {
            var set = members.Where((_, i) => (mask & (1 << i)) != 0).ToImmutableSortedSet();
            if ((holding is { } self && !set.Contains(self)) || set.Any(a => set.Any(b => a != b && !connected(a, b))))
                continue;
            if (Compare(set, best) > 0)
                best = set;
        }

        return best;

        int Compare(ImmutableSortedSet<Peer> a, ImmutableSortedSet<Peer> b)
        {
            var byVotes = a.Count(hasVote).CompareTo(b.Count(hasVote));
            if (byVotes != 0)
                return byVotes;
            var bySize = a.Count.CompareTo(b.Count);
            if (bySize != 0)
                return bySize;
            var byCrm = (crm is { } c && a.Contains(c)).CompareTo(crm is { } d && b.Contains(d));
            return byCrm != 0 ? byCrm : -string.CompareOrdinal(string.Join(' ', a), string.Join(' ', b));
        }
    }
}
