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
    public void A_node_that_has_seen_who_finds_it_unreachable_is_connected_by_a_detour()
    {
        var gossip = GossipOf(StrategySpecs.Up(3)).WithReachability(Reachability.Empty.Unreachable(Node(1), Node(2))).SeenBy(Node(2));
        Assert.True(SbrView.Of(StateOf(3, gossip)).IndirectlyConnected.SetEquals([Node(1), Node(2)]));
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
        foreach (var there in new[] { 5, 6, 7 }) reachability = reachability.Unreachable(Node(1), Node(there));
        var view = ViewOf(1, 7, reachability);
        Assert.True(Resolution.Of(view, new KeepMajority(null)).ToDown.SetEquals([Node(1), Node(2), Node(3), Node(4)]));
        Assert.True(Resolution.Of(view, new StaticQuorum(2, null)).ToDown.SetEquals(Enumerable.Range(1, 7).Select(n => Node(n))));
    }

    private static SbrView ViewOf(int self, int nodes, Reachability reachability) =>
        SbrView.Of(StateOf(self, GossipOf(StrategySpecs.Up(nodes)).WithReachability(reachability)));
}
