using System.Collections.Immutable;
using Akka.Cluster.Tools.Singleton;
using Akka.Util;
using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tools.Tests.Singleton;

public class SuccessionSpecs
{
    private static ClusterEvent.CurrentClusterState StateWith(params Member[] members) =>
        new ClusterEvent.CurrentClusterState().Copy(members: members.ToImmutableSortedSet(Member.Ordering));

    private static Succession SuccessionOf(int self, params Member[] members) => Succession.Unknown(Node(self), null, false).Note(StateWith(members));

    [Fact]
    public void The_member_that_was_moved_up_first_is_the_oldest_whatever_its_address()
    {
        var succession = SuccessionOf(3, Member(1, upNumber: 8), Member(2, upNumber: 9), Member(3, upNumber: 2));

        Assert.True(succession.IsSelfOldest);
        Assert.Empty(succession.Predecessors);
    }

    [Fact]
    public void Members_that_are_not_up_yet_do_not_count()
    {
        var succession = SuccessionOf(3, Member(1, MemberStatus.Joining), Member(2, MemberStatus.WeaklyUp), Member(3));

        Assert.True(succession.IsSelfOldest);
        Assert.Empty(succession.Predecessors);
    }

    [Fact]
    public void Only_members_of_the_role_count()
    {
        var succession = Succession.Unknown(Node(3), "crm", false).Note(StateWith(Member(1), Member(2, roles: "crm"), Member(3, roles: "crm")));

        Assert.Equal(Node(2), succession.Oldest);
        Assert.Equal([Node(2)], succession.Predecessors);
    }

    [Fact]
    public void A_removed_predecessor_counts_until_it_is_confirmed_gone()
    {
        var succession = SuccessionOf(2, Member(1), Member(2)).Note(StateWith(Member(2)));

        Assert.True(succession.IsSelfOldest);
        Assert.Equal([Node(1)], succession.Predecessors);
        Assert.Empty(succession.Gone(Node(1)).Predecessors);
    }

    [Theory]
    [InlineData(MemberStatus.Exiting)]
    [InlineData(MemberStatus.Down)]
    public void A_member_that_is_on_its_way_out_is_no_candidate_but_may_still_run_it(MemberStatus status)
    {
        var succession = SuccessionOf(2, Member(1, status), Member(2));

        Assert.True(succession.IsSelfOldest);
        Assert.Equal([Node(1)], succession.Predecessors);
    }

    [Fact]
    public void A_leaving_member_stays_the_oldest_until_it_exits()
    {
        var leaving = SuccessionOf(2, Member(1, MemberStatus.Leaving), Member(2));
        var exiting = leaving.Note(StateWith(Member(1, MemberStatus.Exiting), Member(2)));

        Assert.False(leaving.IsSelfOldest);
        Assert.True(exiting.IsSelfOldest);
        Assert.Equal([Node(1)], exiting.Predecessors);
    }

    [Fact]
    public void A_node_restarted_on_the_same_address_is_the_youngest()
    {
        var again = new Member(Node(1, uid: 2), 7, MemberStatus.Up, [], AppVersion.Zero);

        var asTheOtherSeesIt = SuccessionOf(2, Member(1), Member(2)).Note(StateWith(Member(2), again));
        var asItSeesItself = Succession.Unknown(again.UniqueAddress, null, false).Note(StateWith(Member(2), again));

        Assert.True(asTheOtherSeesIt.IsSelfOldest);
        Assert.Equal([Node(1)], asTheOtherSeesIt.Predecessors);
        Assert.Equal(Node(2), asItSeesItself.Oldest);
        Assert.Equal([Node(2)], asItSeesItself.Predecessors);
    }

    [Fact]
    public void The_answer_of_a_restarted_node_speaks_for_what_ran_at_its_address_before()
    {
        var succession = SuccessionOf(3, Member(1), Member(2), Member(3)).Note(StateWith(Member(3)));

        Assert.Equal([Node(2)], succession.HandedOver(Node(1, uid: 2).Address).Predecessors);
    }

    [Fact]
    public void Whoever_was_older_counts_even_if_it_never_was_seen_as_the_oldest()
    {
        var succession = SuccessionOf(3, Member(1), Member(2), Member(3)).Note(StateWith(Member(3)));

        Assert.Equal([Node(1), Node(2)], succession.Predecessors.Order());
    }

    [Fact]
    public void With_the_application_version_considered_the_oldest_of_the_newest_version_is_meant()
    {
        var (old, newer) = (Member(1), new Member(Node(2), 2, MemberStatus.Up, [], AppVersion.Create("2.0.0")));
        var succession = Succession.Unknown(Node(2), null, true).Note(StateWith(old)).Note(StateWith(old, newer));

        Assert.True(succession.IsSelfOldest);
        Assert.Equal([Node(1)], succession.Predecessors);
        Assert.Equal(Node(2), Succession.Unknown(Node(1), null, true).Note(StateWith(old, newer)).Oldest);
    }

    [Fact]
    public void A_member_that_leaves_the_succession_leaves_the_others_their_order()
    {
        var succession = SuccessionOf(1, Member(1), Member(2), Member(3)).WithoutSelf().Note(StateWith(Member(1), Member(2), Member(3)));

        Assert.False(succession.IsSelfOldest);
        Assert.Equal(Node(2), succession.Oldest);
    }
}
