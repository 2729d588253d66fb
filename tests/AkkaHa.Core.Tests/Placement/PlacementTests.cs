using AkkaHa.Core.Model;
using AkkaHa.Core.Placement;
using AkkaHa.Core.Rules;

namespace AkkaHa.Core.Tests.Placement;

public class PlacementTests
{
    [Fact]
    public void The_node_with_the_fewest_guests_is_chosen_and_then_the_first_by_name()
    {
        var cluster = new Cluster(3);
        for (var vm = 101; vm <= 106; vm++)
            cluster.Add(vm).Run();

        Assert.Equal(["pve1", "pve2", "pve3", "pve1", "pve2", "pve3"], Enumerable.Range(101, 6).Select(cluster.Where));
    }

    [Fact]
    public void What_a_lost_node_ran_is_spread_over_the_others()
    {
        var cluster = new Cluster(4);
        for (var vm = 1; vm <= 9; vm++)
            cluster.Add(vm, on: 4);
        cluster.Run();
        Assert.All(Enumerable.Range(1, 9), vm => Assert.Equal("pve4", cluster.Where(vm)));

        cluster.Kill(4);
        cluster.Run();

        Assert.Equal([3, 3, 3], Enumerable.Range(1, 9).GroupBy(cluster.Where).OrderBy(g => g.Key).Select(g => g.Count()));
    }

    [Fact]
    public void A_resource_is_started_where_it_is_configured_although_another_node_is_emptier()
    {
        var cluster = new Cluster(3).Add(1, on: 2).Run();
        cluster.Add(2, on: 2).Run();

        Assert.Equal("pve2", cluster.Where(2));
    }

    [Fact]
    public void A_lower_priority_number_is_preferred_and_a_node_out_of_the_group_comes_last()
    {
        var cluster = new Cluster(5);
        cluster.Give(new PutGroup(Cluster.Group("web", (2, 2), (3, 1))));
        cluster.Add(1, Cluster.Definition(1) with { Group = new GroupName("web") }).Run();
        Assert.Equal("pve3", cluster.Where(1));

        cluster.Kill(3);
        cluster.Run();
        Assert.Equal("pve2", cluster.Where(1));

        cluster.Kill(2);
        cluster.Run();
        Assert.Equal("pve1", cluster.Where(1));
    }

    [Fact]
    public void A_restricted_group_keeps_a_resource_from_running_elsewhere_and_says_so()
    {
        var cluster = new Cluster(3);
        cluster.Give(new PutGroup(Cluster.Group("web", (2, 1)) with { Restricted = true }));
        cluster.Add(1, Cluster.Definition(1) with { Group = new GroupName("web") }).Run();
        cluster.Kill(2);
        cluster.Run();

        Assert.Equal(ActualState.Recovery, cluster[1].Actual);
        var why = Explain.Of(cluster.State, cluster.Seen(), cluster.Settings, Cluster.Vm(1))!.Decision.Why;
        Assert.Contains("pve1: vm:1 is restricted to the nodes of group web", why, StringComparison.Ordinal);
        Assert.Contains("pve2: it is offline", why, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_that_is_promised_already_is_not_promised_again_unless_overcommit_allows_it()
    {
        var cluster = new Cluster(2, memoryMib: 1000);
        cluster.Add(1, Cluster.Definition(1, 600)).Add(2, Cluster.Definition(2, 600)).Add(3, Cluster.Definition(3, 600)).Run();
        Assert.Equal(ActualState.Recovery, cluster[3].Actual);
        Assert.Contains("400 MiB of memory free and 600 MiB are needed", Explain.Of(cluster.State, cluster.Seen(), cluster.Settings, Cluster.Vm(3))!.Decision.Why, StringComparison.Ordinal);

        cluster.Settings = cluster.Settings with { MemoryOvercommit = 1.2 };
        cluster.Run();
        Assert.Equal("pve1", cluster.Where(3));
    }

    [Fact]
    public void Processors_are_limited_with_their_own_overcommit()
    {
        var cluster = new Cluster(1, cpus: 2) { Settings = new PlacementSettings(1, 2, 100) };
        cluster.Add(1, Cluster.Definition(1) with { Cpus = 3 }).Add(2, Cluster.Definition(2) with { Cpus = 2 }).Run();

        Assert.Equal("pve1", cluster.Where(1));
        Assert.Contains("room for 1 virtual processors", Explain.Of(cluster.State, cluster.Seen(), cluster.Settings, Cluster.Vm(2))!.Decision.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_does_not_reach_a_storage_takes_no_resource_of_it()
    {
        var cluster = new Cluster(3);
        cluster.Storages(1, ("nfs", false));
        cluster.Storages(2, ("local", true));
        cluster.Storages(3, ("nfs", true));
        cluster.Add(1).Run();

        Assert.Equal("pve3", cluster.Where(1));
        var nodes = Explain.Of(cluster.State, cluster.Seen(), cluster.Settings, Cluster.Vm(1))!.Decision.Candidates;
        Assert.Equal("it does not reach the storage nfs", nodes.Single(c => c.Node == Cluster.Node(1)).Refusal);
        Assert.Equal("it does not have the storage nfs", nodes.Single(c => c.Node == Cluster.Node(2)).Refusal);
    }

    [Fact]
    public void Starts_under_way_on_a_node_are_limited_and_what_waits_keeps_its_place()
    {
        var cluster = new Cluster(2) { Settings = new PlacementSettings(1, 8, StartsPerNode: 2) };
        for (var vm = 1; vm <= 9; vm++)
            cluster.Add(vm, on: 1);
        cluster.Add(10).Run();

        Assert.All(Enumerable.Range(1, 9), vm => Assert.Equal("pve1", cluster.Where(vm)));
        Assert.Equal("pve2", cluster.Where(10));
    }

    [Fact]
    public void Guests_that_HA_does_not_care_for_count_as_load()
    {
        var cluster = new Cluster(2);
        var seen = cluster.Seen();
        seen = seen with { Reports = seen.Reports.SetItem(Cluster.Node(1), seen.Reports[Cluster.Node(1)] with { Foreign = new ForeignLoad(1, 65_500, 0) }) };
        cluster.Add(1);

        var decision = new PlacementRound(cluster.State, seen, cluster.Settings).Choose(cluster[1] with { MayRun = [] });

        Assert.Equal("pve2", decision.Chosen!.Node.Value);
        Assert.Equal(Obstacle.Memory, decision.Candidates.Single(c => c.Node == Cluster.Node(1)).Obstacle);
    }

    [Fact]
    public void The_plan_for_a_failure_says_what_would_go_where_and_what_would_not_fit_and_changes_nothing()
    {
        var cluster = new Cluster(3, memoryMib: 1000);
        cluster.Add(1, Cluster.Definition(1, 700), on: 1).Add(2, Cluster.Definition(2, 700), on: 2).Add(3, Cluster.Definition(3, 200), on: 1).Run();
        var before = cluster.State;

        var plan = WhatIf.Fail(cluster.State, cluster.Seen(), cluster.Settings, [Cluster.Node(1)]);

        Assert.True(plan.KeepsQuorum);
        Assert.Equal("pve3", plan.Moves.Single(m => m.Resource == Cluster.Vm(1)).Decision.Chosen!.Node.Value);
        Assert.True(plan.AllFits);
        Assert.False(WhatIf.Fail(cluster.State, cluster.Seen(), cluster.Settings, [Cluster.Node(1), Cluster.Node(3)]).AllFits);
        Assert.Same(before, cluster.State);
    }
}
