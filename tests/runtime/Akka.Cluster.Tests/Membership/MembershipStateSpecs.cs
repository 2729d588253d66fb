using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests;

public class MembershipStateSpecs
{
    [Fact]
    public void A_gossip_has_converged_when_all_who_are_up_or_leaving_have_seen_it()
    {
        var gossip = GossipOf(Member(1), Member(2, MemberStatus.Leaving), Member(3, MemberStatus.Joining), Member(4, MemberStatus.Exiting), Member(5, MemberStatus.Down));
        Assert.False(StateOf(1, gossip.SeenBy(Node(1))).HasConverged);
        Assert.True(StateOf(1, gossip.SeenBy(Node(1)).SeenBy(Node(2))).HasConverged);
    }

    [Fact]
    public void Nothing_converges_while_a_member_is_out_of_reach_unless_it_is_down_or_exiting()
    {
        var reachability = Reachability.Empty.Unreachable(Node(1), Node(2));
        foreach (var status in Enum.GetValues<MemberStatus>().Where(s => s != MemberStatus.Removed))
        {
            var gossip = GossipOf(Member(1), Member(2, status)).WithReachability(reachability).SeenBy(Node(1)).SeenBy(Node(2));
            Assert.Equal(status is MemberStatus.Down or MemberStatus.Exiting, StateOf(1, gossip).HasConverged);
        }
    }

    [Fact]
    public void What_a_downed_member_finds_counts_for_nothing()
    {
        var gossip = GossipOf(Member(1), Member(2, MemberStatus.Down)).WithReachability(Reachability.Empty.Unreachable(Node(2), Node(1))).SeenBy(Node(1));
        Assert.True(StateOf(1, gossip).HasConverged);
        Assert.Equal(Node(1), StateOf(1, gossip).Leader);
    }

    [Fact]
    public void The_leader_is_the_first_in_reach_that_is_up_or_leaving()
    {
        var gossip = GossipOf(Member(1, MemberStatus.Joining), Member(2), Member(3, MemberStatus.Leaving), Member(4));
        Assert.Equal(Node(2), StateOf(4, gossip).Leader);
        Assert.Equal(Node(3), StateOf(4, gossip.WithReachability(Reachability.Empty.Unreachable(Node(4), Node(2)))).Leader);
    }

    [Fact]
    public void While_nobody_is_up_the_first_that_joins_leads()
    {
        var gossip = GossipOf(Member(1, MemberStatus.Down), Member(2, MemberStatus.Exiting), Member(3, MemberStatus.Joining), Member(4, MemberStatus.Joining));
        Assert.Equal(Node(3), StateOf(4, gossip).Leader);
    }

    [Fact]
    public void A_role_has_its_own_leader()
    {
        var gossip = GossipOf(Member(1), Member(2, MemberStatus.Up, 2, "voter"), Member(3, MemberStatus.Up, 3, "voter"));
        Assert.Equal(Node(2), StateOf(1, gossip).RoleLeader("voter"));
        Assert.Null(StateOf(1, gossip).RoleLeader("arbiter"));
    }
}
