using Akka.Cluster.SBR;
using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests.SBR;

public class IndirectlyConnectedSpecs
{
    [Fact]
    public void Both_ends_of_a_single_cut_link_go_and_the_rest_stays()
    {
        var view = ViewOf(1, 5, Reachability.Empty.Unreachable(Node(4), Node(5)).Unreachable(Node(5), Node(4)));
        Assert.True(view.IndirectlyConnected.SetEquals([Node(4), Node(5)]));
        Assert.True(Resolution.Of(view, new KeepMajority(null)).ToDown.SetEquals([Node(4), Node(5)]));
        Assert.True(Resolution.Of(view, new StaticQuorum(3, null)).ToDown.SetEquals([Node(4), Node(5)]));
    }

    [Fact]
    public void A_last_word_of_a_node_that_is_cut_off_says_nothing_about_the_links_of_this_side()
    {
        var reachability = Reachability.Empty.Unreachable(Node(5), Node(1)).Unreachable(Node(5), Node(2));
        foreach (var here in new[] { 1, 2, 3, 4 }) reachability = reachability.Unreachable(Node(here), Node(5));
        var view = ViewOf(1, 5, reachability);
        Assert.Empty(view.IndirectlyConnected);
        Assert.True(view.Unreachable.SetEquals([Node(5)]));
    }

    [Fact]
    public void Where_not_everybody_monitors_everybody_a_side_is_who_is_reached_through_others()
    {
        // Of thirty nodes twelve are cut off; each finds unreachable whom it monitors over there, and knows nothing of the rest.
        var nodes = Enumerable.Range(1, 30).Select(n => Node(n)).ToList();
        var reachability = Reachability.Empty;
        foreach (var observer in nodes.Take(18))
            foreach (var subject in HeartbeatRing.ReceiversOf(observer, nodes, new HashSet<UniqueAddress>(nodes.Skip(18)), 5).Where(nodes.Skip(18).Contains))
                reachability = reachability.Unreachable(observer, subject);
        var gossip = GossipOf(StrategySpecs.Up(30)).WithReachability(reachability);
        foreach (var self in new[] { 1, 7, 18 })
        {
            var view = SbrView.Of(StateOf(self, gossip), 5);
            Assert.Empty(view.IndirectlyConnected);
            Assert.True(view.Unreachable.SetEquals(nodes.Skip(18)));
        }
    }

    [Fact]
    public void In_a_clean_partition_nobody_is_indirectly_connected()
    {
        var reachability = Reachability.Empty;
        foreach (var here in new[] { 1, 2, 3 })
            foreach (var there in new[] { 4, 5 }) reachability = reachability.Unreachable(Node(here), Node(there));
        Assert.Empty(ViewOf(1, 5, reachability).IndirectlyConnected);
    }

    [Fact]
    public void With_a_partition_beside_the_cut_link_the_strategy_decides_about_the_rest()
    {
        // 1-2-3-4 | 5-6-7, and the link between 3 and 4 is cut.
        var reachability = Reachability.Empty.Unreachable(Node(3), Node(4)).Unreachable(Node(4), Node(3));
        foreach (var here in new[] { 1, 2, 3, 4 })
            foreach (var there in new[] { 5, 6, 7 }) reachability = reachability.Unreachable(Node(here), Node(there));
        var view = ViewOf(1, 7, reachability);
        Assert.True(Resolution.Of(view, new KeepMajority(null)).ToDown.SetEquals([Node(1), Node(2), Node(3), Node(4)]));
        Assert.True(Resolution.Of(view, new StaticQuorum(2, null)).ToDown.SetEquals(Enumerable.Range(1, 7).Select(n => Node(n))));
    }

    private static SbrView ViewOf(int self, int nodes, Reachability reachability) =>
        SbrView.Of(StateOf(self, GossipOf(StrategySpecs.Up(nodes)).WithReachability(reachability)), 9);
}
