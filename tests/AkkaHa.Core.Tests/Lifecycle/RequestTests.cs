using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Tests.Placement;

namespace AkkaHa.Core.Tests.Lifecycle;

public class RequestTests
{
    [Fact]
    public void Ignored_ends_by_itself_at_its_time_and_what_was_wanted_before_is_wanted_again()
    {
        var cluster = new Cluster(3).Add(1).Run();
        cluster.Give(new SetRequested(Cluster.Vm(1), RequestedState.Ignored) { Until = cluster.Clock + TimeSpan.FromMinutes(30) });
        cluster.Die(1, 1);
        cluster.Run();
        Assert.Equal(ActualState.Stopped, cluster[1].Actual);

        cluster.Clock += TimeSpan.FromMinutes(29);
        Assert.Null(cluster.Run().Where(1));
        cluster.Clock += TimeSpan.FromMinutes(1);

        Assert.NotNull(cluster.Run().Where(1));
        Assert.Null(cluster[1].RequestEnd);
    }

    [Fact]
    public void Only_ignored_ends_by_itself_and_only_stopped_has_a_time_to_shut_down()
    {
        var cluster = new Cluster(1).Add(1).Run();

        Assert.Contains("only 'ignored'", cluster.TryGive(new SetRequested(Cluster.Vm(1), RequestedState.Stopped) { Until = cluster.Clock }), StringComparison.Ordinal);
        Assert.Contains("'stopped' alone", cluster.TryGive(new SetRequested(Cluster.Vm(1), RequestedState.Started) { StopWithin = TimeSpan.Zero }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RequestedState.Ignored)]
    [InlineData(RequestedState.Disabled)]
    public void What_HA_was_told_to_leave_alone_is_neither_started_nor_stopped(RequestedState requested)
    {
        var cluster = new Cluster(3).Add(1).Run();
        cluster.Give(new SetRequested(Cluster.Vm(1), requested));
        var starts = cluster.Run().Starts.Count;
        Assert.Equal("pve1", cluster.Where(1));

        cluster.Kill(1);
        cluster.Run();

        Assert.Equal(starts, cluster.Starts.Count);
        Assert.Equal(ActualState.Stopped, cluster[1].Actual);
    }

    [Fact]
    public void A_guest_that_runs_already_when_it_is_added_is_adopted_where_it_runs()
    {
        var cluster = new Cluster(3);
        cluster.RunByHand(1, node: 3);

        cluster.Add(1).Run();

        Assert.Empty(cluster.Starts);
        Assert.Equal("pve3", cluster.Where(1));
        Assert.Equal([Cluster.Node(3)], cluster[1].MayRun.Select(b => b.Node));
    }

    [Fact]
    public void A_boot_that_cannot_answer_keeps_an_added_resource_from_being_started_until_it_is_proven()
    {
        var cluster = new Cluster(3);
        cluster.Lose(3);
        cluster.Add(1).Run();
        Assert.Empty(cluster.Starts);
        Assert.Equal(ActualState.Fence, cluster[1].Actual);

        var node = cluster.State.Nodes[Cluster.Node(3)];
        cluster.Give(new Core.Failures.ProveBoot(new Proof(node.Admitted!.Value, ProofKind.Device, "bmc", node.DenialIndex!.Value)));

        Assert.Equal("pve1", cluster.Run().Where(1));
    }

    [Fact]
    public void A_guest_that_was_moved_by_hand_while_ignored_is_found_where_it_is()
    {
        var cluster = new Cluster(3).Add(1).Run();
        cluster.Give(new SetRequested(Cluster.Vm(1), RequestedState.Ignored));
        cluster.Die(1, 1);
        cluster.RunByHand(1, node: 2);
        cluster.Run();

        cluster.Give(new SetRequested(Cluster.Vm(1), RequestedState.Started));
        cluster.Run();

        Assert.Single(cluster.Starts);
        Assert.Equal("pve2", cluster.Where(1));
    }

    [Fact]
    public void A_guest_found_where_it_shall_not_run_is_stopped()
    {
        var cluster = new Cluster(2);
        cluster.RunByHand(1, node: 2);

        cluster.Add(1, requested: RequestedState.Stopped).Run();

        Assert.Equal(ActualState.Stopped, cluster[1].Actual);
        Assert.Empty(cluster[1].MayRun);
    }

    [Fact]
    public void A_resource_that_was_removed_while_it_runs_can_be_added_again_and_runs_on()
    {
        var cluster = new Cluster(3).Add(1).Run();
        cluster.Give(new RemoveResource(Cluster.Vm(1)));
        cluster.Run();

        cluster.Add(1).Run();

        Assert.Single(cluster.Starts);
        Assert.Equal("pve1", cluster.Where(1));
    }

    [Fact]
    public void A_report_from_before_the_question_is_no_answer()
    {
        var cluster = new Cluster(2);
        cluster.Add(1);
        var seen = cluster.Seen();

        Assert.All(seen.Reports.Values, r => Assert.True(r.AsOf < cluster[1].UnheardSince));
        Assert.Empty(Core.Crm.Manager.Decide(cluster.State, seen, Core.Crm.ManagerSettings.Default));
        Assert.Equal([Cluster.Node(1), Cluster.Node(2)], Core.Crm.Orders.ToBeAsked(cluster.State, seen));
    }
}
