using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests;

public class GossipSpecs
{
    private static readonly UniqueAddress First = Node(1);

    [Fact]
    public void A_removed_member_is_not_brought_back_by_a_merge()
    {
        var before = GossipOf(Member(1), Member(2), Member(3)).ChangedBy(Node(1));
        var removed = before.Remove([Node(3)]).ChangedBy(Node(1));
        var late = before.WithReachability(Reachability.Empty.Unreachable(Node(2), Node(1))).ChangedBy(Node(2));
        foreach (var merged in new[] { removed.Merge(late), late.Merge(removed) })
        {
            Assert.False(merged.HasMember(Node(3)));
            Assert.Contains(Node(3), merged.Tombstones);
            Assert.False(merged.Version.Versions.ContainsKey(Gossip.ClockNameOf(Node(3))));
        }
    }

    [Fact]
    public void A_member_with_a_tombstone_cannot_be_added()
    {
        var gossip = GossipOf(Member(1), Member(2)).Remove([Node(2)]);
        Assert.False(gossip.WithMembers([Member(2)]).HasMember(Node(2)));
    }

    [Fact]
    public void Seen_holds_members_only()
    {
        var gossip = Gossip.Create([Member(1)], Reachability.Empty, [Node(1), Node(7)], [], VectorClock.Create());
        Assert.Equal([Node(1)], gossip.Seen);
        Assert.Same(gossip, gossip.SeenBy(Node(7)));
        Assert.Empty(GossipOf(Member(1), Member(2)).SeenBy(Node(2)).Remove([Node(2)]).Seen);
        Assert.Empty(GossipOf(Member(1)).ChangedBy(Node(7)).Seen);
    }

    [Fact]
    public void A_change_is_seen_by_its_author_alone()
    {
        var gossip = GossipOf(Member(1), Member(2)).SeenBy(Node(2)).ChangedBy(First);
        Assert.Equal([First], gossip.Seen);
    }

    [Fact]
    public void The_newer_of_two_gossips_stands_as_it_is()
    {
        var older = GossipOf(Member(1), Member(2, MemberStatus.Joining)).ChangedBy(First);
        var newer = older.WithMembers([Member(2)]).ChangedBy(First);
        Assert.Same(newer, older.Merge(newer));
        Assert.Same(newer, newer.Merge(older));
    }

    [Fact]
    public void Concurrent_gossips_merge_to_the_later_status_of_each_member()
    {
        var origin = GossipOf(Member(1), Member(2), Member(3)).ChangedBy(First);
        var left = origin.WithMembers([Member(2, MemberStatus.Leaving)]).ChangedBy(Node(1));
        var right = origin.WithMembers([Member(3, MemberStatus.Down)]).ChangedBy(Node(2));
        var merged = left.Merge(right);
        Assert.Equal(MemberStatus.Leaving, merged.MemberOf(Node(2))!.Status);
        Assert.Equal(MemberStatus.Down, merged.MemberOf(Node(3))!.Status);
        Assert.Empty(merged.Seen);
    }

    [Fact]
    public void A_merge_that_pruning_makes_look_like_one_side_counts_as_a_change()
    {
        // Node 3 downed node 2 just before it was removed itself, and only node 4 heard of it.
        var origin = GossipOf(Member(1), Member(2), Member(3), Member(4)).ChangedBy(Node(1));
        var lastWord = origin.WithMembers([Member(2, MemberStatus.Down)]).ChangedBy(Node(3));
        var removal = origin.Remove([Node(3)]).ChangedBy(Node(1));
        var received = GossipReception.Receive(lastWord, removal, Node(4)).Gossip;
        Assert.Equal(MemberStatus.Down, received.MemberOf(Node(2))!.Status);
        Assert.Equal(VectorClock.Ordering.After, received.Version.CompareTo(removal.Version));
    }

    [Fact]
    public void Merge_is_commutative_and_idempotent() => Properties.Hold(random =>
    {
        var (a, b) = (GossipHistory.Grow(random).Holder(random), GossipHistory.Grow(random).Holder(random));
        AssertSame(a.Merge(b), b.Merge(a));
        AssertSame(a, a.Merge(a));
    });

    [Fact]
    public void Merge_is_commutative_within_one_history() => Properties.Hold(random =>
    {
        var history = GossipHistory.Grow(random);
        var (a, b) = (history.Holder(random), history.Holder(random));
        AssertSame(a.Merge(b), b.Merge(a));
        Assert.True(a.Merge(b).Seen.IsSubsetOf(a.Merge(b).Nodes));
    });

    [Fact]
    public void Nodes_that_exchange_gossip_come_to_hold_the_same_whatever_order_it_arrives_in() => Properties.Hold(
        random =>
        {
            var history = GossipHistory.Grow(random);
            var known = history.LivingHolders().SelectMany(g => g.Tombstones).ToHashSet();
            history.Exchange(random);
            var held = history.LivingHolders();
            foreach (var gossip in held)
            {
                Assert.True(gossip.HasSameContentAs(held[0]), $"{gossip}\n{held[0]}");
                Assert.True(gossip.Version.IsSameAs(held[0].Version), $"{gossip}\n{held[0]}");
                Assert.Empty(gossip.Nodes.Intersect(gossip.Tombstones));
                Assert.Empty(gossip.Nodes.Intersect(known));
                Assert.True(gossip.Seen.IsSubsetOf(gossip.Nodes));
            }
        });

    private static void AssertSame(Gossip a, Gossip b)
    {
        Assert.True(a.HasSameContentAs(b), $"{a}\n{b}");
        Assert.True(a.Version.IsSameAs(b.Version), $"{a}\n{b}");
        Assert.True(a.Seen.SetEquals(b.Seen), $"{a}\n{b}");
    }
}
