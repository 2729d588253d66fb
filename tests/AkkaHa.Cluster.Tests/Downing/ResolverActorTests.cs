using AkkaHa.Cluster.Tests.Simulated;

namespace AkkaHa.Cluster.Tests.Downing;

public sealed class ResolverActorTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void A_single_cut_link_costs_one_of_the_two_nodes_and_it_comes_back_when_the_link_does(int count)
    {
        using var nodes = Formed(count);
        nodes.Cut(count - 1, count);

        nodes.Await(() => nodes.AreCluster([.. Enumerable.Range(1, count - 1)]), "all but one are a cluster");

        Assert.All(Enumerable.Range(1, count - 1), n => Assert.Equal(1, nodes.Starts(n)));
        nodes.Await(() => nodes.Starts(count) > 1, "the node that was downed has started anew");
        nodes.Network.HealAll();
        nodes.Await(() => nodes.AreCluster([.. Enumerable.Range(1, count)]), "all are a cluster again");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_that_loses_everything_in_one_direction_costs_one_node(bool towards)
    {
        using var nodes = Formed(3);
        nodes.Network.Cut(towards ? "n2" : "n3", towards ? "n3" : "n2");

        nodes.Await(() => nodes.AreCluster(1, 2), "n1 and n2 are a cluster");

        Assert.Equal(1, nodes.Starts(1));
        Assert.Equal(1, nodes.Starts(2));
    }

    [Fact]
    public void Of_two_and_three_the_three_stay_and_the_two_go_by_themselves()
    {
        using var nodes = Formed(5);
        nodes.Partition([1, 2], [3, 4, 5]);

        nodes.Await(() => nodes.AreCluster(3, 4, 5), "the three are a cluster");

        Assert.All([3, 4, 5], n => Assert.Equal(1, nodes.Starts(n)));
        nodes.Await(() => nodes.Starts(1) > 1 && nodes.Starts(2) > 1, "the two have ended their actor systems");
        nodes.Network.HealAll();
        nodes.Await(() => nodes.AreCluster(1, 2, 3, 4, 5), "all are a cluster again");
        Assert.All([3, 4, 5], n => Assert.Equal(1, nodes.Starts(n)));
    }

    [Fact]
    public void A_dead_node_is_removed_within_the_time_budget()
    {
        using var nodes = Formed(3);
        nodes.PowerOff(1);

        var took = nodes.Await(() => nodes.AreCluster(2, 3), "the others are a cluster");

        Assert.InRange(took, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5.6));
    }

    [Fact]
    public void A_link_that_flaps_costs_one_node_at_most_and_never_the_cluster()
    {
        using var nodes = Formed(5);
        nodes.Network.Flap("n4", "n5", TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(3.1), 20);

        nodes.Pass(60);

        Assert.All([1, 2, 3], n => Assert.Equal(1, nodes.Starts(n)));
        Assert.True(nodes.Starts(4) == 1 || nodes.Starts(5) == 1, nodes.ToString());
        nodes.Network.HealAll();
        nodes.Await(() => nodes.AreCluster(1, 2, 3, 4, 5), "all are a cluster again");
    }

    [Fact]
    public void A_node_that_stands_still_for_two_seconds_costs_nothing()
    {
        using var nodes = Formed(3);
        foreach (var number in new[] { 1, 2, 3 })
        {
            nodes.Freeze(number);
            nodes.Pass(2);
            nodes.Thaw(number);
            nodes.Pass(10);
        }

        Assert.All([1, 2, 3], n => Assert.Equal(1, nodes.Starts(n)));
        Assert.True(nodes.AreCluster(1, 2, 3), nodes.ToString());
    }

    [Fact]
    public void Of_two_nodes_and_an_arbiter_either_may_be_cut_off_or_the_arbiter_and_the_other_two_stay()
    {
        foreach (var lost in new[] { 1, 2, 3 })
        {
            using var nodes = Formed(3, arbiters: 1);
            int[] rest = [.. new[] { 1, 2, 3 }.Where(n => n != lost)];
            nodes.Partition([lost], rest);

            nodes.Await(() => nodes.AreCluster(rest), $"{string.Join(" and ", rest)} are a cluster");

            Assert.All(rest, n => Assert.Equal(1, nodes.Starts(n)));
        }
    }

    [Theory]
    [InlineData(3, "1|2 3", "2 3")]
    [InlineData(3, "3|1 2", "1 2")]
    [InlineData(3, "1|2|3", "")]
    [InlineData(4, "1|2 3 4", "2 3 4")]
    [InlineData(5, "1|2 3 4 5", "2 3 4 5")]
    [InlineData(5, "1|2|3 4 5", "3 4 5")]
    [InlineData(5, "1 2|3 4|5", "")]
    public void In_every_partition_the_majority_stays_and_where_there_is_none_nobody_does(int count, string parts, string stays)
    {
        using var nodes = Formed(count);
        int[][] groups = [.. parts.Split('|').Select(g => g.Split(' ').Select(int.Parse).ToArray())];
        int[] majority = [.. stays.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        for (var i = 0; i < groups.Length; i++)
        {
            foreach (var other in groups[(i + 1)..])
                nodes.Partition(groups[i], other);
        }

        nodes.Await(() => Enumerable.Range(1, count).Except(majority).All(n => nodes.Starts(n) > 1), "all others have ended their actor systems");
        if (majority.Length > 0)
            nodes.Await(() => nodes.AreCluster(majority), $"{stays} are a cluster");
        Assert.All(majority, n => Assert.Equal(1, nodes.Starts(n)));
        nodes.Network.HealAll();
        nodes.Await(() => nodes.AreCluster([.. Enumerable.Range(1, count)]), "all are a cluster again");
        Assert.All(majority, n => Assert.Equal(1, nodes.Starts(n)));
    }

    [Fact]
    public void Where_no_majority_is_left_anywhere_nobody_forms_a_cluster_until_one_comes_back()
    {
        using var nodes = Formed(4);
        nodes.Partition([1, 2], [3, 4]);

        nodes.Pass(40);

        Assert.DoesNotContain(nodes.Names, n => Akka.Cluster.Cluster.Get(nodes.System(n)).State.Members.Count(m => m.Status == Akka.Cluster.MemberStatus.Up) > 2);
        Assert.False(nodes.AreCluster(1, 2) || nodes.AreCluster(3, 4), nodes.ToString());
        nodes.Network.HealAll();
        nodes.Await(() => nodes.AreCluster(1, 2, 3, 4), "all are a cluster again");
    }

    private static SimulatedNodes Formed(int count, int arbiters = 0)
    {
        var nodes = new SimulatedNodes(count, arbiters);
        nodes.StartAll();
        nodes.Await(() => nodes.AreCluster([.. Enumerable.Range(1, count)]), $"{count} nodes form a cluster");
        nodes.Pass(5);
        return nodes;
    }
}
