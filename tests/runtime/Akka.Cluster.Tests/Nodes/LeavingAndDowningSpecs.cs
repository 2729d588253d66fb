using Akka.Actor;

namespace Akka.Cluster.Tests.Nodes;

public class LeavingAndDowningSpecs : ClusterNodes
{
    [Fact]
    public async Task A_node_that_leaves_exits_and_ends_its_actor_system()
    {
        var nodes = await Form(3);
        var log = Record(nodes[0]);
        await nodes[2].LeaveAsync().WaitAsync(Patience);
        await AllUp(nodes[0], nodes[1]);
        await nodes[2].System.WhenTerminated.WaitAsync(Patience);
        Assert.True(nodes[2].IsTerminated);
        var removed = await log.Next<ClusterEvent.MemberRemoved>(_ => true);
        Assert.Equal(MemberStatus.Exiting, removed.PreviousStatus);
        Assert.IsType<CoordinatedShutdown.ClusterLeavingReason>(CoordinatedShutdown.Get(nodes[2].System).ShutdownReason);
    }

    [Fact]
    public async Task The_leader_can_leave()
    {
        var nodes = (await Form(3)).OrderBy(n => n.SelfUniqueAddress).ToArray();
        nodes[1].Leave(nodes[0].SelfAddress);
        await AllUp(nodes[1], nodes[2]);
        await nodes[0].System.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task The_last_node_can_leave()
    {
        var node = (await Form(1))[0];
        await node.LeaveAsync().WaitAsync(Patience);
        await node.System.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task Ending_the_actor_system_leaves_the_cluster_first()
    {
        var nodes = await Form(3);
        var log = Record(nodes[0]);
        await nodes[1].System.Terminate().WaitAsync(Patience);
        await AllUp(nodes[0], nodes[2]);
        Assert.Equal(MemberStatus.Exiting, (await log.Next<ClusterEvent.MemberRemoved>(_ => true)).PreviousStatus);
    }

    [Fact]
    public async Task A_crashed_node_is_found_unreachable_and_removed_when_it_is_downed()
    {
        var nodes = await Form(3);
        var log = Record(nodes[0]);
        await Crash(nodes[2]);
        await log.Next<ClusterEvent.UnreachableMember>(e => e.Member.UniqueAddress == nodes[2].SelfUniqueAddress);
        nodes[1].Down(nodes[2].SelfAddress);
        await AllUp(nodes[0], nodes[1]);
        Assert.Equal(MemberStatus.Down, (await log.Next<ClusterEvent.MemberRemoved>(_ => true)).PreviousStatus);
    }

    [Fact]
    public async Task A_node_that_is_downed_while_it_lives_ends_its_actor_system()
    {
        var nodes = await Form(3);
        nodes[0].Down(nodes[2].SelfAddress);
        await nodes[2].System.WhenTerminated.WaitAsync(Patience);
        Assert.IsType<CoordinatedShutdown.ClusterDowningReason>(CoordinatedShutdown.Get(nodes[2].System).ShutdownReason);
        await AllUp(nodes[0], nodes[1]);
    }

    [Fact]
    public async Task A_downed_node_hears_of_its_own_end_and_reports_nobody_else_as_removed()
    {
        var nodes = await Form(3, "akka.cluster.run-coordinated-shutdown-when-down = off");
        var log = Record(nodes[2]);
        nodes[0].Down(nodes[2].SelfAddress);
        await log.Next<ClusterEvent.ClusterShuttingDown>(_ => true);
        var removed = await log.Next<ClusterEvent.MemberRemoved>(_ => true);
        Assert.Equal((nodes[2].SelfUniqueAddress, MemberStatus.Down), (removed.Member.UniqueAddress, removed.PreviousStatus));
        Assert.Single(log.All.OfType<ClusterEvent.MemberRemoved>());
    }

    [Fact]
    public async Task With_the_coordinated_shutdown_turned_off_only_the_cluster_ends()
    {
        var nodes = await Form(2, "akka.cluster.run-coordinated-shutdown-when-down = off");
        var removed = new TaskCompletionSource();
        nodes[1].RegisterOnMemberRemoved(removed.SetResult);
        nodes[0].Down(nodes[1].SelfAddress);
        await removed.Task.WaitAsync(Patience);
        Assert.True(nodes[1].IsTerminated);
        Assert.False(nodes[1].System.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task A_crashed_node_that_restarts_on_its_address_takes_the_place_of_the_old_one()
    {
        var nodes = await Form(3);
        var log = Record(nodes[0]);
        await Crash(nodes[2]);
        var again = Start(port: nodes[2].SelfAddress.Port!.Value);
        Assert.Equal(nodes[2].SelfAddress, again.SelfAddress);
        again.Join(nodes[0].SelfAddress);
        await AllUp(nodes[0], nodes[1], again);
        var removed = await log.Next<ClusterEvent.MemberRemoved>(_ => true);
        Assert.Equal(nodes[2].SelfUniqueAddress, removed.Member.UniqueAddress);
        var oldest = nodes[0].State.Members.Order(Member.AgeOrdering).Select(m => m.UniqueAddress).ToList();
        Assert.Equal([nodes[0].SelfUniqueAddress, again.SelfUniqueAddress], [oldest[0], oldest[2]]);
    }

    [Fact]
    public async Task A_node_that_left_can_come_back_on_its_address()
    {
        var nodes = await Form(2);
        await nodes[1].LeaveAsync().WaitAsync(Patience);
        await nodes[1].System.WhenTerminated.WaitAsync(Patience);
        var again = Start(port: nodes[1].SelfAddress.Port!.Value);
        again.Join(nodes[0].SelfAddress);
        await AllUp(nodes[0], again);
    }
}
