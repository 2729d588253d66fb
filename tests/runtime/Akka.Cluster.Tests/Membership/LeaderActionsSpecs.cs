using System.Collections.Immutable;
using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests;

public class LeaderActionsSpecs
{
    private static readonly JoinThresholds None = new(1, ImmutableDictionary<string, int>.Empty);

    [Fact]
    public void Who_joins_is_moved_up_as_the_youngest_of_all()
    {
        var state = StateOf(1, GossipOf(Member(1, upNumber: 4), Member(2, MemberStatus.Joining), Member(3, MemberStatus.WeaklyUp)));
        var changes = LeaderActions.OnConvergence(state, None);
        Assert.Equal([(2, MemberStatus.Up, 5), (3, MemberStatus.Up, 6)], changes.Changed.Select(m => (NumberOf(m), m.Status, m.UpNumber)));
    }

    [Fact]
    public void Nobody_is_moved_up_before_enough_have_joined()
    {
        var state = StateOf(1, GossipOf(Member(1, MemberStatus.Joining), Member(2, MemberStatus.Joining, null, "voter"), Member(3, MemberStatus.Down)));
        Assert.True(LeaderActions.OnConvergence(state, new JoinThresholds(3, ImmutableDictionary<string, int>.Empty)).Changed.Count == 0);
        Assert.True(LeaderActions.OnConvergence(state, new JoinThresholds(2, ImmutableDictionary<string, int>.Empty.Add("voter", 2))).Changed.Count == 0);
        Assert.Equal(2, LeaderActions.OnConvergence(state, new JoinThresholds(2, ImmutableDictionary<string, int>.Empty.Add("voter", 1))).Changed.Count);
    }

    [Fact]
    public void Who_leaves_exits_and_who_is_down_is_removed()
    {
        var state = StateOf(1, GossipOf(Member(1), Member(2, MemberStatus.Leaving), Member(3, MemberStatus.Down)));
        var after = LeaderActions.OnConvergence(state, None).ApplyTo(state.Gossip);
        Assert.Equal(MemberStatus.Exiting, after.MemberOf(Node(2))!.Status);
        Assert.False(after.HasMember(Node(3)));
        Assert.Contains(Node(3), after.Tombstones);
    }

    [Fact]
    public void An_exiting_member_is_removed_when_it_is_done_or_gone_and_not_before()
    {
        var gossip = GossipOf(Member(1), Member(2, MemberStatus.Exiting));
        Assert.Empty(LeaderActions.OnConvergence(StateOf(1, gossip), None).Removed);
        Assert.Single(LeaderActions.OnConvergence(new MembershipState(gossip, Node(1), [Node(2)]), None).Removed);
        var unreachable = gossip.WithReachability(Reachability.Empty.Unreachable(Node(1), Node(2)));
        Assert.Single(LeaderActions.OnConvergence(StateOf(1, unreachable), None).Removed);
    }

    [Fact]
    public void Without_convergence_those_in_reach_become_weakly_up()
    {
        var gossip = GossipOf(Member(1), Member(2), Member(3, MemberStatus.Joining), Member(4, MemberStatus.Joining))
            .WithReachability(Reachability.Empty.Unreachable(Node(1), Node(2)).Unreachable(Node(1), Node(4)));
        var changed = LeaderActions.WithoutConvergence(StateOf(1, gossip), None).Changed;
        Assert.Equal([(3, MemberStatus.WeaklyUp)], changed.Select(m => (NumberOf(m), m.Status)));
    }

    private static int NumberOf(Member member) => int.Parse(member.Address.Host!.Split('.')[3]);
}
