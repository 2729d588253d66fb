using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Tests.Placement;

namespace AkkaHa.Core.Tests.Lifecycle;

public class StartFailureTests
{
    [Fact]
    public void A_start_is_tried_again_on_the_node_before_another_one_is_taken()
    {
        var failures = 3;
        var cluster = new Cluster(3) { Fails = (_, _) => failures-- > 0 ? FailureCause.Guest : null };
        cluster.Add(1, Cluster.Definition(1) with { MaxRestart = 2 }, on: 2).Run();

        Assert.Equal(["pve2", "pve2", "pve2", "pve1"], cluster.Starts.Select(s => s.Node.Value));
        Assert.Equal("pve1", cluster.Where(1));
    }

    [Fact]
    public void After_the_last_allowed_relocation_the_resource_is_in_error_until_an_operator_ends_it()
    {
        var failures = 3;
        var cluster = new Cluster(3) { Fails = (_, _) => failures-- > 0 ? FailureCause.Guest : null };
        cluster.Add(1, Cluster.Definition(1) with { MaxRestart = 0, MaxRelocate = 2 }, on: 2).Run();

        Assert.Equal(ActualState.Error, cluster[1].Actual);
        Assert.Null(cluster[1].RetryAt);
        Assert.Equal(3, cluster.Starts.Select(s => s.Node).Distinct().Count());
        Assert.Contains("its start failed on pve1, pve2, pve3", cluster[1].Reason, StringComparison.Ordinal);

        cluster.Clock += TimeSpan.FromDays(1);
        cluster.Run();
        Assert.Equal(ActualState.Error, cluster[1].Actual);
        cluster.Give(new ClearError(Cluster.Vm(1)));
        Assert.NotNull(cluster.Run().Where(1));
    }

    [Fact]
    public void A_guest_that_its_node_killed_at_the_end_of_the_lease_is_started_again_and_counts_as_no_failure()
    {
        var cluster = new Cluster(3);
        cluster.Add(1, Cluster.Definition(1) with { MaxRestart = 0, MaxRelocate = 0 }, on: 2).Run();
        for (var time = 0; time < 5; time++)
        {
            cluster.Die(1, 2, FailureCause.SelfFence);
            cluster.Run();
        }

        Assert.Equal("pve2", cluster.Where(1));
        cluster.Die(1, 2);
        cluster.Run();
        Assert.Equal(ActualState.Error, cluster[1].Actual);
    }

    [Fact]
    public void Where_there_is_no_other_node_the_failed_one_is_tried_again()
    {
        var failures = 2;
        var cluster = new Cluster(1) { Fails = (_, _) => failures-- > 0 ? FailureCause.Guest : null };
        cluster.Add(1).Run();

        Assert.Equal("pve1", cluster.Where(1));
    }

    [Fact]
    public void An_error_whose_cause_can_pass_is_tried_again_with_growing_pauses()
    {
        var isUp = false;
        var cluster = new Cluster(2) { Fails = (_, _) => isUp ? null : FailureCause.Storage };
        cluster.Add(1, Cluster.Definition(1) with { MaxRestart = 0, MaxRelocate = 0 }).Run();

        var pauses = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(ActualState.Error, cluster[1].Actual);
            var pause = cluster[1].RetryAt!.Value - cluster.Clock;
            pauses.Add(pause.TotalSeconds);
            cluster.Clock += pause - TimeSpan.FromSeconds(1);
            var tries = cluster.Starts.Count;
            Assert.Equal(tries, cluster.Run().Starts.Count);
            cluster.Clock += TimeSpan.FromSeconds(1);
            Assert.Equal(tries + 1, cluster.Run().Starts.Count);
        }

        Assert.Equal([10, 20, 40, 80, 160, 320, 600, 600, 600], pauses);
        isUp = true;
        cluster.Clock += TimeSpan.FromMinutes(10);
        Assert.NotNull(cluster.Run().Where(1));
        Assert.Equal(0, cluster[1].Retries);
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_no_resource_wait_for_ever()
    {
        var isUp = false;
        var cluster = new Cluster(1) { Fails = (_, _) => isUp ? null : FailureCause.Storage };
        cluster.Add(1).Run();
        Assert.Equal(ActualState.Error, cluster[1].Actual);

        isUp = true;
        cluster.Clock -= TimeSpan.FromDays(365);

        Assert.NotNull(cluster.Run().Where(1));
    }

    [Fact]
    public void A_node_that_a_resource_would_not_start_on_is_avoided_for_a_while_only()
    {
        var cluster = new Cluster(2) { Fails = (_, node) => node == Cluster.Node(1) ? FailureCause.Guest : null };
        cluster.Give(new Core.Rules.PutGroup(Cluster.Group("first", (1, 1), (2, 2))));
        cluster.Add(1, Cluster.Definition(1) with { Group = new GroupName("first") }).Run();
        Assert.Equal("pve2", cluster.Where(1));
        cluster.Fails = (_, _) => null;

        cluster.Die(1, 2);
        Assert.Equal("pve2", cluster.Run().Where(1));
        cluster.Clock += TimeSpan.FromMinutes(11);
        cluster.Die(1, 2);

        Assert.Equal("pve1", cluster.Run().Where(1));
    }

    [Fact]
    public void A_stop_that_fails_never_leads_to_a_start_elsewhere()
    {
        var cluster = new Cluster(3).Add(1).Run();
        var before = cluster.Starts.Count;
        cluster.Give(new SetRequested(Cluster.Vm(1), RequestedState.Stopped));
        cluster.Give(new OrderStop(Cluster.Vm(1)));
        cluster.Give(new ParkResource(Cluster.Vm(1), "it would not stop"));
        cluster.Give(new SetRequested(Cluster.Vm(1), RequestedState.Started));
        cluster.Run();

        Assert.Equal(before, cluster.Starts.Count);
        Assert.Equal("pve1", cluster.Where(1));
    }
}
