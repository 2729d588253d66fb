using AkkaHa.Core.Failures;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Tests.Placement;

namespace AkkaHa.Core.Tests.Lifecycle;

public class StopFailureTests
{
    private static readonly NodeName _pve1 = Cluster.Node(1);
    private readonly Cluster _cluster = new(3);

    private NodeRecord Node => _cluster.State.Nodes[_pve1];

    [Fact]
    public void A_guest_that_cannot_be_stopped_is_an_error_and_costs_its_node_nothing_by_default()
    {
        _cluster.Add(100, on: 1).Run();
        Stop(100);

        Assert.Equal(ActualState.Error, _cluster[100].Actual);
        Assert.Contains("could not be stopped on pve1: it does not die", _cluster[100].Reason, StringComparison.Ordinal);
        Assert.True(Node.IsOnline);
    }

    [Fact]
    public void Where_the_resource_says_so_its_nodes_healthy_guests_move_away_and_it_is_fenced_and_the_guest_starts_nowhere_by_that()
    {
        _cluster.Add(100, Cluster.Definition(100) with { OnStopFailure = StopFailurePolicy.Fence }, on: 1).Add(101, on: 1).Run();
        Assert.Equal("pve1", _cluster.Where(101));

        Stop(100);

        Assert.Equal((NodeCondition.Lost, true), (Node.Condition, Node.Fence?.Open));
        Assert.Contains("vm:100 could not be stopped on pve1 (it does not die)", Node.Reason, StringComparison.Ordinal);
        Assert.NotEqual("pve1", _cluster.Where(101));
        Assert.Equal(ActualState.Fence, _cluster[100].Actual);
        _cluster.Give(new ProveBoot(new Proof(Node.Admitted!.Value, ProofKind.Device, "bmc", Node.DenialIndex!.Value)));
        _cluster.Run();
        Assert.Equal(ActualState.Stopped, _cluster[100].Actual);
    }

    [Fact]
    public void The_node_is_a_member_still_but_is_not_admitted_with_that_guest_before_it_is_fenced()
    {
        _cluster.Add(100, Cluster.Definition(100) with { OnStopFailure = StopFailurePolicy.Fence }, on: 1).Run();
        Stop(100);
        var report = _cluster.Seen().Reports[_pve1];

        Assert.NotNull(_cluster.TryGive(new AdmitBoot(report)));
        Assert.NotNull(_cluster.TryGive(new AdmitBoot(report with { Session = report.Session with { StartedAtNanos = 9 } })));
        Assert.Equal(NodeCondition.Lost, Node.Condition);
    }

    [Fact]
    public void What_cannot_move_away_holds_the_fencing_up_for_a_while_only()
    {
        _cluster.Add(100, Cluster.Definition(100) with { OnStopFailure = StopFailurePolicy.Fence }, on: 1).Add(101, on: 1).Run();
        _cluster.StopsFail.Add(Cluster.Vm(101));
        Stop(100);
        Assert.True(Node is { IsOnline: true, Condemned.Id.Number: 100 });
        Assert.True(Node.IsEvacuated);

        _cluster.Clock += TimeSpan.FromMinutes(3);
        _cluster.Run();

        Assert.Equal(NodeCondition.Lost, Node.Condition);
    }

    [Fact]
    public void A_guest_that_ends_after_all_saves_its_node()
    {
        _cluster.Add(100, Cluster.Definition(100) with { OnStopFailure = StopFailurePolicy.Fence }, on: 1).Add(101, on: 1).Run();
        _cluster.StopsFail.Add(Cluster.Vm(101));
        Stop(100);

        _cluster.Die(100, 1);
        _cluster.Run();

        Assert.Null(Node.Condemned);
        Assert.True(Node.IsOnline);
        Assert.Equal(ActualState.Stopped, _cluster[100].Actual);
    }

    [Fact]
    public void A_node_whose_fencing_would_cost_the_majority_is_not_fenced_and_the_resource_is_in_error()
    {
        var two = new Cluster(2);
        two.Add(100, Cluster.Definition(100) with { OnStopFailure = StopFailurePolicy.Fence }, on: 1).Run();
        two.StopsFail.Add(Cluster.Vm(100));
        two.Give(new SetRequested(Cluster.Vm(100), RequestedState.Stopped));
        two.Run();

        Assert.Equal(ActualState.Error, two[100].Actual);
        Assert.True(two.State.Nodes[_pve1].IsOnline);
    }

    private void Stop(int number)
    {
        _cluster.StopsFail.Add(Cluster.Vm(number));
        _cluster.Give(new SetRequested(Cluster.Vm(number), RequestedState.Stopped));
        _cluster.Run();
    }
}
