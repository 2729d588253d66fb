using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Tests.Crm;

public class AuditTests
{
    private static readonly ResourceId _vm = ResourceId.Vm(100);

    [Fact]
    public void A_second_copy_is_stopped_and_the_ordered_one_goes_on_with_the_resource_in_error()
    {
        var (world, owner, other) = Running();
        world.ByHand.Add(_vm);
        world.Node(other).StartInSight(_vm);

        Assert.True(world.Until(() => world.Committed.Resources[_vm] is { Actual: ActualState.Error, IsSplit: false, MayRun.Count: 1 }), world.Tail);

        Assert.Contains(_vm, world.Node(owner).Running);
        Assert.DoesNotContain(_vm, world.Node(other).Running);
        Assert.StartsWith("split-brain", world.Committed.Resources[_vm].Reason, StringComparison.Ordinal);
        Assert.Contains(world.Committed.Incidents, i => i.Subject == "vm:100");
        world.Give(new ClearError(_vm));
        Assert.True(world.Until(() => world.AllRun), world.Tail);
        Assert.Contains(_vm, world.Node(owner).Running);
    }

    [Fact]
    public void Where_HA_ordered_neither_copy_all_are_stopped()
    {
        var (world, _, other) = Running();
        world.Give(new SetRequested(_vm, RequestedState.Disabled));
        world.Node(world.Committed.Resources[_vm].Owner!.Value.Node).Crash(_vm);
        Assert.True(world.Until(() => world.Committed.Resources[_vm].MayRun.IsEmpty), world.Tail);
        world.ByHand.Add(_vm);
        foreach (var node in world.Nodes)
            node.StartInSight(_vm);

        Assert.True(world.Until(() => world.Committed.Resources[_vm] is { Actual: ActualState.Error, MayRun.IsEmpty: true }), world.Tail);

        Assert.All(world.Nodes, node => Assert.DoesNotContain(_vm, node.Running));
        Assert.Contains("all are stopped", world.Committed.Resources[_vm].Reason, StringComparison.Ordinal);
        Assert.NotNull(other.Value);
    }

    [Fact]
    public void A_guest_that_was_moved_by_hand_while_it_was_ignored_is_adopted_where_it_runs()
    {
        var (world, owner, other) = Running();
        world.Give(new SetRequested(_vm, RequestedState.Ignored));
        world.Node(owner).Crash(_vm);
        world.ByHand.Add(_vm);
        world.Node(other).StartInSight(_vm);
        Assert.True(world.Until(() => world.Committed.Resources[_vm].Owner is null), world.Tail);

        world.Give(new SetRequested(_vm, RequestedState.Started));

        Assert.True(world.Until(() => world.Committed.Resources[_vm] is { Actual: ActualState.Started, Owner: { } at } && at.Node == other), world.Tail);
        Assert.Equal([_vm], world.Node(other).Running);
    }

    private static (World World, NodeName Owner, NodeName Other) Running()
    {
        var world = new World(7, 3, 1);
        Assert.True(world.Until(() => world.AllRun && world.Committed.Nodes.Count == 3), world.Tail);
        var owner = world.Committed.Resources[_vm].Owner!.Value.Node;
        return (world, owner, world.Committed.Nodes.Keys.First(n => n != owner));
    }
}
