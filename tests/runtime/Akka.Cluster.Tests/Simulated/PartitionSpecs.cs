using static Akka.Cluster.Tests.Simulated.SimulatedCluster;

namespace Akka.Cluster.Tests.Simulated;

public class PartitionSpecs
{
    private static readonly TimeSpan RemovalBound = TimeSpan.FromSeconds(0.3);

    public static TheoryData<long> Seeds => new(Enumerable.Range(1, 3).Select(n => (long)n));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Three_nodes_that_start_together_are_up_within_a_second_and_a_half(long seed)
    {
        using var cluster = new SimulatedCluster(seed);
        var names = new[] { "n1", "n2", "n3" };
        foreach (var name in names) cluster.Start(name);
        foreach (var name in names) cluster[name].JoinSeedNodes(names.Select(n => cluster[n].SelfAddress));
        Assert.InRange(cluster.Await(() => cluster.AllUp(names), "three are up"), TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_member_is_removed_within_three_tenths_of_a_second_of_the_decision(long seed)
    {
        using var cluster = new SimulatedCluster(seed);
        var names = cluster.Form(5);
        cluster.PowerOff("n5");
        var left = names[..4];
        cluster.Await(() => left.All(n => cluster[n].State.Unreachable.Count == 1), "all find n5 unreachable");
        cluster["n3"].Down(new Akka.Actor.Address("akka.tcp", "ha", "n5", 2552));
        Assert.InRange(cluster.Await(() => cluster.AllUp(left), "n5 is removed everywhere"), TimeSpan.Zero, RemovalBound);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_ten_nodes_split_seven_to_three_the_seven_stay_and_the_three_end(long seed)
    {
        using var cluster = new SimulatedCluster(seed, StaticQuorum(6));
        var names = cluster.Form(10);
        cluster.Network.Partition(names[..7], names[7..]);
        cluster.Await(() => cluster.AllUp(names[..7]) && names[7..].All(cluster.HasEnded), "seven stay and three end");
        cluster.Network.HealAll();
        cluster.Pass(10);
        Assert.True(cluster.AllUp(names[..7]), cluster.ToString());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_link_that_is_dead_in_one_direction_only_parts_as_well(long seed)
    {
        using var cluster = new SimulatedCluster(seed, StaticQuorum(6));
        var names = cluster.Form(10);
        foreach (var from in names[..7])
            foreach (var to in names[7..]) cluster.Network.Cut(from, to);
        cluster.Await(() => cluster.AllUp(names[..7]) && names[7..].All(cluster.HasEnded), "seven stay and three end");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_node_that_slept_longer_than_the_detector_allows_is_removed_and_ends_when_it_wakes(long seed)
    {
        using var cluster = new SimulatedCluster(seed, StaticQuorum(3));
        var names = cluster.Form(5);
        cluster.Machine("n2").Freeze();
        var awake = names.Where(n => n != "n2").ToArray();
        cluster.Await(() => cluster.AllUp(awake), "the sleeper is removed");
        cluster.Pass(20);
        cluster.Machine("n2").Thaw();
        cluster.Await(() => cluster.HasEnded("n2"), "the sleeper ends");
        Assert.True(cluster.AllUp(awake), cluster.ToString());
        cluster.Pass(30);
        Assert.True(cluster.AllUp(awake), cluster.ToString());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_node_that_slept_and_was_removed_can_come_back_as_a_new_incarnation(long seed)
    {
        using var cluster = new SimulatedCluster(seed, StaticQuorum(2));
        var names = cluster.Form(3);
        cluster.Machine("n1").Freeze();
        cluster.Await(() => cluster.AllUp("n2", "n3"), "the sleeper is removed");
        cluster.Machine("n1").Thaw();
        cluster.Await(() => cluster.HasEnded("n1"), "the sleeper ends");
        cluster.Start("n1").Join(cluster["n2"].SelfAddress);
        cluster.Await(() => cluster.AllUp(names), "all three are up again");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_short_sleep_does_no_harm(long seed)
    {
        using var cluster = new SimulatedCluster(seed, StaticQuorum(2));
        var names = cluster.Form(3);
        cluster.Machine("n3").Freeze();
        cluster.Pass(3.5);
        cluster.Machine("n3").Thaw();
        cluster.Await(() => cluster.AllUp(names), "all are in reach again");
        cluster.Pass(20);
        Assert.True(cluster.AllUp(names), cluster.ToString());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void With_static_quorum_both_ends_of_a_single_cut_link_go_and_the_rest_stays(long seed)
    {
        using var cluster = new SimulatedCluster(seed, StaticQuorum(3));
        var names = cluster.Form(5);
        cluster.Network.Partition(["n2"], ["n4"]);
        cluster.Await(() => cluster.AllUp("n1", "n3", "n5") && cluster.HasEnded("n2") && cluster.HasEnded("n4"), "three stay and both ends go");
        Assert.Equal(5, names.Length);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_partition_that_heals_before_the_decision_costs_nothing(long seed)
    {
        using var cluster = new SimulatedCluster(seed, StaticQuorum(3));
        var names = cluster.Form(5);
        cluster.Network.Partition(names[..3], names[3..]);
        cluster.Pass(3.5);
        cluster.Network.HealAll();
        cluster.Await(() => cluster.AllUp(names), "all are in reach again");
        cluster.Pass(20);
        Assert.True(cluster.AllUp(names), cluster.ToString());
    }
}
