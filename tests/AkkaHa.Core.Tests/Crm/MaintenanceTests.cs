using System.Collections.Immutable;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Rules;

namespace AkkaHa.Core.Tests.Crm;

public class MaintenanceTests
{
    private static readonly NodeName _pve1 = new("pve1");
    private static readonly NodeName _pve2 = new("pve2");
    private static readonly ResourceId _vm = ResourceId.Vm(100);

    [Fact]
    public void A_node_in_maintenance_is_emptied_by_migrations_and_takes_nothing_new()
    {
        var world = Running(3, 6);

        world.Give(new SetMaintenance(_pve1, true));

        Assert.True(world.Until(() => world.AllRun && world.On(_pve1) == 0), world.Tail);
        Assert.True(world.Phases[MigrationPhase.Arriving] > 0);
        world.Give(new MoveResource(world.Committed.Resources.Keys.First(), NotOn(world, _vm, except: _pve1), MoveKind.Relocate, "an operator asked"));
        Assert.True(world.Until(() => world.AllRun), world.Tail);
        Assert.Equal(0, world.On(_pve1));
    }

    [Fact]
    public void What_a_maintenance_moved_away_comes_back_only_where_failback_says_so()
    {
        var world = Running(3, 6, vm => vm with { Failback = vm.Id.Number % 2 == 0 });
        var there = world.Committed.Resources.Values.Where(r => r.Owner?.Node == _pve1).Select(r => r.Id).ToList();
        world.Give(new SetMaintenance(_pve1, true));
        Assert.True(world.Until(() => world.AllRun && world.On(_pve1) == 0), world.Tail);

        world.Give(new SetMaintenance(_pve1, false));

        Assert.True(world.Until(() => world.AllRun && world.On(_pve1) == there.Count(id => id.Number % 2 == 0)), world.Tail);
        world.Calm(300);
        Assert.Equal(there.Where(id => id.Number % 2 == 0), world.Committed.Resources.Values.Where(r => r.Owner?.Node == _pve1).Select(r => r.Id));
    }

    [Fact]
    public void A_reboot_under_the_default_policy_freezes_the_guests_until_the_node_is_back()
    {
        var world = Running(3, 3);
        var there = world.Committed.Resources.Values.Where(r => r.Owner?.Node == _pve1).Select(r => r.Id).ToList();

        world.Give(new BeginLeave(_pve1, LeaveKind.Reboot));
        Assert.True(world.Until(() => there.All(id => world.Committed.Resources[id] is { Actual: ActualState.Frozen, MayRun.IsEmpty: true })), world.Tail);
        world.Node(_pve1).PowerOff();
        world.Calm(600);
        Assert.All(there, id => Assert.Equal(ActualState.Frozen, world.Committed.Resources[id].Actual));
        world.Node(_pve1).PowerOn();

        Assert.True(world.Until(() => world.AllRun && there.All(id => world.Committed.Resources[id].Owner?.Node == _pve1)), world.Tail);
    }

    [Fact]
    public void A_shutdown_under_the_default_policy_has_the_guests_start_elsewhere()
    {
        var world = Running(3, 6);

        world.Give(new BeginLeave(_pve1, LeaveKind.Shutdown));

        Assert.True(world.Until(() => world.AllRun && world.On(_pve1) == 0), world.Tail);
        Assert.Empty(Evacuations.Left(world.Committed, world.Committed.Nodes[_pve1]));
        Assert.EndsWith("; empty", Evacuations.Progress(world.Committed, world.Committed.Nodes[_pve1]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_frozen_guest_can_be_had_elsewhere_by_an_operators_word()
    {
        var world = Running(3, 3);
        var frozen = world.Committed.Resources.Values.First(r => r.Owner?.Node == _pve1).Id;
        world.Give(new BeginLeave(_pve1, LeaveKind.Reboot));
        Assert.True(world.Until(() => world.Committed.Resources[frozen].Actual == ActualState.Frozen), world.Tail);

        world.Give(new Thaw(frozen));

        Assert.True(world.Until(() => world.Committed.Resources[frozen] is { Actual: ActualState.Started, Owner: { } at } && at.Node != _pve1), world.Tail);
    }

    [Fact]
    public void Maintenance_is_refused_for_a_node_that_is_not_online_or_not_known()
    {
        var world = Running(3, 3);
        world.Node(_pve1).PowerOff();
        Assert.True(world.Until(() => !world.Committed.Nodes[_pve1].IsOnline), world.Tail);

        Assert.Contains("it is not online", world.Refusal(new SetMaintenance(_pve1, true)), StringComparison.Ordinal);
        Assert.Contains("expected one of pve1, pve2, pve3", world.Refusal(new SetMaintenance(new NodeName("pve9"), true)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_was_lost_too_often_gets_nothing_before_it_is_released()
    {
        var world = Running(3, 6);
        for (var loss = 0; loss < 5; loss++)
        {
            world.Node(_pve1).PowerOff();
            Assert.True(world.Until(() => !world.Committed.Nodes[_pve1].IsOnline), world.Tail);
            world.Node(_pve1).PowerOn();
            Assert.True(world.Until(() =>
            {
                world.Node(_pve1).PowerOn();
                return world.Committed.Nodes[_pve1].IsOnline && world.AllRun;
            }), world.Tail);
        }

        Assert.True(world.Committed.Nodes[_pve1].IsQuarantined);
        world.Node(_pve2).PowerOff();
        Assert.True(world.Until(() => !world.Committed.Nodes[_pve2].IsOnline && world.AllRun), world.Tail);
        Assert.Equal(0, world.On(_pve1));
        world.Give(new ReleaseNode(_pve1));
        Assert.False(world.Committed.Nodes[_pve1].IsQuarantined);
    }

    [Fact]
    public void A_disarmed_cluster_loses_fences_and_starts_nothing_until_it_is_armed()
    {
        var world = Running(3, 6);
        world.Give(new SetArmed(false, "a switch is replaced"));
        world.Node(_pve1).PowerOff();
        world.Calm(600);
        Assert.True(world.Committed.Nodes[_pve1].IsOnline);

        world.Give(new SetArmed(true, ""));

        Assert.True(world.Until(() => world.AllRun && world.On(_pve1) == 0), world.Tail);
    }

    [Fact]
    public void A_guest_moves_back_to_the_node_that_its_group_prefers_if_the_group_fails_back()
    {
        var world = Running(3, 3);
        var group = new ResourceGroup(new GroupName("web"), world.Committed.Nodes.Keys.ToImmutableSortedDictionary(n => n, n => n == _pve1 ? 1 : 2)) { Failback = true };
        world.Give(new PutGroup(group));
        world.Give(new SetResource(world.Committed.Resources[_vm].Definition with { Group = group.Name }));

        Assert.True(world.Until(() => world.Committed.Resources[_vm] is { Actual: ActualState.Started, Owner: { } at } && at.Node == _pve1), world.Tail);
    }

    [Theory]
    [InlineData(RequestedState.Ignored, "it is ignored")]
    [InlineData(RequestedState.Stopped, "it is requested stopped")]
    public void What_HA_leaves_alone_or_does_not_run_is_not_moved(RequestedState requested, string reason)
    {
        var world = Running(3, 3);
        world.Give(new SetRequested(_vm, requested));

        Assert.Contains(reason, world.Refusal(new MoveResource(_vm, NotOn(world, _vm), MoveKind.Migrate, "an operator asked")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_moves_already_is_not_moved_again()
    {
        var world = Running(3, 3);
        world.Give(new MoveResource(_vm, NotOn(world, _vm), MoveKind.Migrate, "an operator asked"));

        Assert.Contains("it is migrating now", world.Refusal(new MoveResource(_vm, _pve1, MoveKind.Relocate, "again")), StringComparison.Ordinal);
    }

    private static World Running(int nodes, int resources, Func<ResourceDefinition, ResourceDefinition>? shape = null)
    {
        var world = new World(1, nodes, 0);
        Assert.True(world.Until(() => world.Committed.Nodes.Count == nodes), world.Tail);
        foreach (var vm in Enumerable.Range(100, resources).Select(n => World.DefinitionOf(ResourceId.Vm(n))))
            world.Give(new AddResource(shape?.Invoke(vm) ?? vm, RequestedState.Started));
        Assert.True(world.Until(() => world.AllRun && world.On(_pve1) == resources / nodes), world.Tail);
        return world;
    }

    private static NodeName NotOn(World world, ResourceId id, NodeName? except = null) =>
        world.Committed.Nodes.Keys.First(n => n != world.Committed.Resources[id].Owner?.Node && n != except);
}
