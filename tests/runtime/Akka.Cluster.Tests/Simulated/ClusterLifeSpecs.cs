using static Akka.Cluster.Tests.Simulated.SimulatedCluster;

namespace Akka.Cluster.Tests.Simulated;

public class ClusterLifeSpecs
{
    public static TheoryData<long> Seeds => new(Enumerable.Range(1, 3).Select(n => (long)n));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_member_that_joins_while_another_is_out_of_reach_becomes_weakly_up_and_then_up(long seed)
    {
        using var cluster = new SimulatedCluster(seed, "akka.cluster.allow-weakly-up-members = 3s");
        cluster.Form(3);
        cluster.PowerOff("n3");
        cluster.Await(() => cluster["n1"].State.Unreachable.Count == 1, "n3 is out of reach");
        cluster.Start("n4").Join(cluster["n1"].SelfAddress);
        cluster.Await(() => cluster["n2"].State.Members.Any(m => m.Status == MemberStatus.WeaklyUp && m.Address.Host == "n4"), "n4 is weakly up");
        cluster["n1"].Down(cluster["n1"].State.Unreachable.Single().Address);
        cluster.Await(() => cluster.AllUp("n1", "n2", "n4"), "n4 is up");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_wall_clock_that_jumps_changes_nothing(long seed)
    {
        using var cluster = new SimulatedCluster(seed, StaticQuorum(2));
        var names = cluster.Form(3);
        cluster.Machine("n1").ShiftWallClock(TimeSpan.FromDays(400));
        cluster.Machine("n2").ShiftWallClock(TimeSpan.FromDays(-400));
        cluster.Pass(20);
        Assert.True(cluster.AllUp(names), cluster.ToString());
        cluster.PowerOff("n3");
        cluster.Await(() => cluster.AllUp("n1", "n2"), "n3 is removed");
        cluster.Machine("n1").ShiftWallClock(TimeSpan.FromDays(400));
        cluster.Pass(20);
        Assert.NotEmpty(cluster["n1"].ReadView.Gossip.Tombstones);
    }

    [Fact]
    public void Waiting_for_a_node_to_join_and_to_leave_stays_in_the_simulation()
    {
        using var cluster = new SimulatedCluster(1);
        var names = cluster.Form(2);
        var third = cluster.Start("n3");
        Assert.False(Waiting(() => third.JoinAsync(cluster["n1"].SelfAddress)).IsFaulted);
        Assert.True(cluster.AllUp([.. names, "n3"]));
        Assert.False(Waiting(() => third.LeaveAsync()).IsFaulted);
        cluster.Await(() => cluster.AllUp(names), "n3 has left");

        Task Waiting(Func<Task> operation)
        {
            Task? waiting = null;
            cluster.Machine("n3").Execute(() => waiting = operation());
            cluster.Await(() => waiting is { IsCompleted: true }, "the waiting ends");
            return waiting!;
        }
    }

    [Fact]
    public void A_tombstone_is_forgotten_after_its_time()
    {
        using var cluster = new SimulatedCluster(1, "akka.cluster.prune-gossip-tombstones-after = 60s");
        cluster.Form(3);
        cluster["n1"].Leave(cluster["n3"].SelfAddress);
        cluster.Await(() => cluster.AllUp("n1", "n2"), "n3 has left");
        cluster.Pass(55);
        Assert.Single(cluster["n2"].ReadView.Gossip.Tombstones);
        cluster.Pass(10);
        Assert.Empty(cluster["n1"].ReadView.Gossip.Tombstones);
        Assert.Empty(cluster["n2"].ReadView.Gossip.Tombstones);
        Assert.True(cluster.AllUp("n1", "n2"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_machine_that_restarts_at_once_is_a_new_member_on_the_old_address(long seed)
    {
        using var cluster = new SimulatedCluster(seed, StaticQuorum(2));
        var names = cluster.Form(3);
        var old = cluster["n2"].SelfUniqueAddress;
        cluster.PowerOff("n2");
        cluster.Network.PowerOn("n2");
        cluster.Start("n2").Join(cluster["n1"].SelfAddress);
        Assert.InRange(cluster.Await(() => cluster.AllUp(names), "the new incarnation is up"), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.NotEqual(old, cluster["n2"].SelfUniqueAddress);
        Assert.Contains(old, cluster["n3"].ReadView.Gossip.Tombstones);
        var byAge = cluster["n1"].State.Members.Order(Member.AgeOrdering).Select(m => m.Address.Host);
        Assert.Equal("n2", byAge.Last());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Ten_nodes_form_a_cluster_within_two_seconds_and_nobody_is_left_behind(long seed)
    {
        using var cluster = new SimulatedCluster(seed);
        var names = Enumerable.Range(1, 10).Select(n => $"n{n}").ToArray();
        foreach (var name in names) cluster.Start(name);
        foreach (var name in names) cluster[name].JoinSeedNodes([cluster["n1"].SelfAddress, cluster["n2"].SelfAddress, cluster["n3"].SelfAddress]);
        Assert.InRange(cluster.Await(() => cluster.AllUp(names), "ten are up"), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_joiner_whose_contact_dies_before_it_told_anybody_joins_through_another(long seed)
    {
        using var cluster = new SimulatedCluster(seed, StaticQuorum(2));
        cluster.Form(3);
        var welcomed = cluster.Start("n4");
        cluster.Network.Partition(["n2"], ["n1", "n3"]);
        welcomed.Join(cluster["n2"].SelfAddress);
        cluster.Await(() => welcomed.State.Members.Count == 4, "n4 was welcomed");
        cluster.PowerOff("n2");
        cluster.Await(() => cluster.AllUp("n1", "n3", "n4"), "n4 is up with the others");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void With_a_phi_accrual_detector_a_dead_member_is_found_and_a_slow_one_is_not(long seed)
    {
        const string Phi = "akka.cluster.failure-detector { implementation-class = \"Akka.Remote.PhiAccrualFailureDetector, Akka.Remote\", heartbeat-interval = 1s, acceptable-heartbeat-pause = 3s }";
        using var cluster = new SimulatedCluster(seed, Phi);
        var names = cluster.Form(3);
        cluster.Pass(30);
        cluster.Machine("n2").Freeze();
        cluster.Pass(2);
        cluster.Machine("n2").Thaw();
        cluster.Pass(30);
        Assert.True(cluster.AllUp(names), cluster.ToString());
        cluster.PowerOff("n3");
        Assert.InRange(cluster.Await(() => cluster["n1"].State.Unreachable.Count == 1, "n3 is found"), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
    }
}
