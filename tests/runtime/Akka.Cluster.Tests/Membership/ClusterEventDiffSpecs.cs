using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests;

public class ClusterEventDiffSpecs
{
    [Fact]
    public void Each_new_status_is_an_event()
    {
        var before = StateOf(1, GossipOf(Member(1), Member(2, MemberStatus.Joining), Member(3), Member(4), Member(5)));
        var after = StateOf(1, GossipOf(Member(1), Member(2), Member(3, MemberStatus.Leaving), Member(4, MemberStatus.Down), Member(5), Member(6, MemberStatus.Joining)));
        Assert.Equal(
            [
                new ClusterEvent.MemberUp(Member(2)), new ClusterEvent.MemberLeft(Member(3, MemberStatus.Leaving)),
                new ClusterEvent.MemberDowned(Member(4, MemberStatus.Down)), new ClusterEvent.MemberJoined(Member(6, MemberStatus.Joining)),
            ],
            ClusterEventDiff.Between(before, after));
    }

    [Fact]
    public void A_removed_member_is_reported_with_what_it_was()
    {
        var before = StateOf(1, GossipOf(Member(1), Member(2, MemberStatus.Down), Member(3, MemberStatus.Exiting), Member(4)));
        var events = ClusterEventDiff.Between(before, StateOf(1, GossipOf(Member(1)))).OfType<ClusterEvent.MemberRemoved>().ToList();
        Assert.Equal([MemberStatus.Down, MemberStatus.Exiting, MemberStatus.Down], events.Select(e => e.PreviousStatus));
        Assert.All(events, e => Assert.Equal(MemberStatus.Removed, e.Member.Status));
    }

    [Fact]
    public void Going_out_of_reach_and_coming_back_are_events_once()
    {
        var reached = StateOf(1, GossipOf(Member(1), Member(2)));
        var lost = StateOf(1, reached.Gossip.WithReachability(Reachability.Empty.Unreachable(Node(1), Node(2))));
        var lostByTwo = StateOf(1, lost.Gossip.WithReachability(lost.Gossip.Reachability.Unreachable(Node(2), Node(1))));
        Assert.Contains(new ClusterEvent.UnreachableMember(Member(2)), ClusterEventDiff.Between(reached, lost));
        Assert.DoesNotContain(ClusterEventDiff.Between(lost, lostByTwo), e => e is ClusterEvent.UnreachableMember);
        Assert.Contains(new ClusterEvent.ReachableMember(Member(2)), ClusterEventDiff.Between(lost, reached));
    }

    [Fact]
    public void A_new_leader_is_an_event()
    {
        var before = StateOf(2, GossipOf(Member(1, roles: "voter"), Member(2, roles: "voter")));
        var after = StateOf(2, before.Gossip.WithReachability(Reachability.Empty.Unreachable(Node(2), Node(1))));
        var events = ClusterEventDiff.Between(before, after);
        Assert.Contains(new ClusterEvent.LeaderChanged(Node(2).Address), events);
        Assert.Contains(new ClusterEvent.RoleLeaderChanged("voter", Node(2).Address), events);
    }
}
