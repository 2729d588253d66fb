using AkkaHa.Core.Crm;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Tests.Placement;

namespace AkkaHa.Core.Tests.Crm;

public sealed class MovedByHandTests
{
    [Fact]
    public void A_guest_that_was_moved_by_hand_behind_HAs_back_is_adopted_where_it_runs_and_started_nowhere_else()
    {
        var cluster = MovedTo(2);
        var starts = cluster.Starts.Count;
        cluster.Run();

        Assert.Equal("pve2", cluster.Where(1));
        Assert.Equal(starts, cluster.Starts.Count);
        Assert.Equal([cluster[1].Owner!.Value.Boot], cluster[1].MayRun);
    }

    [Fact]
    public void An_adopted_guest_takes_orders_again()
    {
        var cluster = MovedTo(2).Run();
        Assert.Equal(GuestState.Running, cluster.Seen().Reports[Cluster.Node(2)].Of(Cluster.Vm(1))!.State);

        cluster.Give(new SetRequested(Cluster.Vm(1), RequestedState.Stopped));
        cluster.Run();

        Assert.Equal(ActualState.Stopped, cluster[1].Actual);
        Assert.Equal(GuestState.Stopped, cluster.Seen().Reports[Cluster.Node(2)].Of(Cluster.Vm(1))!.State);
    }

    [Fact]
    public void An_adopted_guest_is_no_older_than_the_orders_before_it()
    {
        var cluster = MovedTo(2);
        var before = cluster[1].Token;
        cluster.Run();

        Assert.True(cluster[1].Token > before);
        Assert.Empty(Orders.Outstanding(cluster.State, cluster.Seen()));
    }

    [Fact]
    public void A_guest_that_several_nodes_run_by_hand_is_started_and_adopted_nowhere_before_they_were_asked_again()
    {
        var cluster = MovedTo(2);
        cluster.RunByHand(1, node: 3);
        var starts = cluster.Starts.Count;
        cluster.Run();

        Assert.Equal(ActualState.Recovery, cluster[1].Actual);
        Assert.Equal(starts, cluster.Starts.Count);
    }

    [Fact]
    public void A_guest_that_runs_by_hand_while_its_old_node_is_lost_waits_for_the_proof()
    {
        var cluster = new Cluster(3).Add(1, on: 1).Run();
        cluster.Lose(1);
        cluster.RunByHand(1, node: 2);
        cluster.Run();

        Assert.Equal(ActualState.Fence, cluster[1].Actual);
    }

    /// <summary>It ran on pve1, ended there, and runs on another node that was never ordered to.</summary>
    private static Cluster MovedTo(int node)
    {
        var cluster = new Cluster(3).Add(1, on: 1).Run();
        cluster.Die(1, node: 1);
        cluster.RunByHand(1, node);
        return cluster;
    }
}
