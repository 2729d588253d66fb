using AkkaHa.Core.Model;
using AkkaHa.Core.Placement;
using AkkaHa.Core.Rules;

namespace AkkaHa.Core.Tests.Placement;

public class AffinityTests
{
    [Fact]
    public void Resources_that_are_strictly_apart_never_share_a_node()
    {
        var cluster = Ruled(3, AffinityKind.Apart, strict: true, 1, 2, 3);
        Assert.Equal(3, Enumerable.Range(1, 3).Select(cluster.Where).Distinct().Count());

        cluster.Kill(3);
        cluster.Run();

        Assert.Equal(ActualState.Recovery, cluster[3].Actual);
        Assert.Contains("vm:1 is there, which vm:3 is kept apart from", Why(cluster, 3), StringComparison.Ordinal);
    }

    [Fact]
    public void A_soft_rule_is_given_up_where_it_would_keep_a_resource_from_running()
    {
        var cluster = Ruled(3, AffinityKind.Apart, strict: false, 1, 2, 3);
        Assert.Equal(3, Enumerable.Range(1, 3).Select(cluster.Where).Distinct().Count());

        cluster.Kill(3);
        cluster.Run();

        Assert.NotNull(cluster.Where(3));
        Assert.Contains(RuleProblems.Of(cluster.State), p => p.Contains("soft apart) is not kept", StringComparison.Ordinal));
    }

    [Fact]
    public void Resources_that_belong_together_are_recovered_on_one_node_that_takes_them_all()
    {
        var cluster = new Cluster(3, memoryMib: 1000);
        for (var vm = 1; vm <= 3; vm++)
            cluster.Add(vm, Cluster.Definition(vm, 300), on: 3);
        cluster.Add(4, Cluster.Definition(4, 300), on: 1);
        cluster.Give(new PutAffinity(Cluster.Rule("trio", AffinityKind.Together, true, 1, 2, 3)));
        cluster.Run();

        cluster.Kill(3);
        cluster.Run();

        // pve1 has room for two of them only.
        Assert.All(Enumerable.Range(1, 3), vm => Assert.Equal("pve2", cluster.Where(vm)));
    }

    [Fact]
    public void A_resource_joins_those_it_belongs_with_even_on_a_fuller_node()
    {
        var cluster = new Cluster(3).Add(1, on: 1).Add(2, on: 1).Add(3, requested: RequestedState.Stopped);
        cluster.Give(new PutAffinity(Cluster.Rule("pair", AffinityKind.Together, true, 1, 3)));
        cluster.Run();
        cluster.Give(new Core.Lifecycle.SetRequested(Cluster.Vm(3), RequestedState.Started));
        cluster.Run();

        Assert.Equal("pve1", cluster.Where(3));
        Assert.Contains("vm:3 belongs together with vm:1, on pve1", Explain.Of(cluster.State, cluster.Seen(), cluster.Settings, Cluster.Vm(3))!
            .Decision.Candidates.Single(c => c.Node == Cluster.Node(2)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_one_of_those_that_belong_together_would_not_start_it_leads_the_others_to_another_node()
    {
        var cluster = new Cluster(3) { Fails = (id, node) => id == Cluster.Vm(3) && node == Cluster.Node(2) ? FailureCause.Guest : null };
        foreach (var vm in new[] { 1, 2, 3 })
            cluster.Add(vm, on: 3);
        cluster.Add(4, on: 1).Add(5, on: 1).Add(6, on: 2);
        cluster.Give(new PutAffinity(Cluster.Rule("trio", AffinityKind.Together, true, 1, 2, 3)));
        cluster.Run();
        cluster.Kill(3);
        cluster.Run();

        Assert.Equal("pve1", cluster.Where(3));
        // The others were started on pve2 before; what they belong with speaks for pve1 now.
        Assert.Equal("pve1", new PlacementRound(cluster.State, cluster.Seen(), cluster.Settings).Choose(cluster[1]).Chosen!.Node.Value);
    }

    [Fact]
    public void Rules_that_share_a_resource_tie_all_of_theirs()
    {
        var book = RuleBook.Empty
            .With(Cluster.Rule("a", AffinityKind.Together, true, 1, 2))
            .With(Cluster.Rule("b", AffinityKind.Together, true, 2, 3))
            .With(Cluster.Rule("c", AffinityKind.Together, false, 3, 4));

        Assert.Equal([Cluster.Vm(1), Cluster.Vm(2), Cluster.Vm(3)], [.. book.UnitOf(Cluster.Vm(1))]);
        Assert.Empty(book.UnitOf(Cluster.Vm(4)));
        Assert.Single(book.Units);
    }

    [Fact]
    public void The_group_of_one_draws_all_that_belongs_with_it()
    {
        var cluster = new Cluster(3);
        cluster.Give(new PutGroup(Cluster.Group("only2", (2, 1)) with { Restricted = true }));
        cluster.Add(1).Add(2, Cluster.Definition(2) with { Group = new GroupName("only2") }).Add(3);
        cluster.Give(new PutAffinity(Cluster.Rule("trio", AffinityKind.Together, true, 1, 2, 3)));
        cluster.Run();

        Assert.All(Enumerable.Range(1, 3), vm => Assert.Equal("pve2", cluster.Where(vm)));
    }

    private static Cluster Ruled(int nodes, AffinityKind kind, bool strict, params int[] vms)
    {
        var cluster = new Cluster(nodes);
        foreach (var vm in vms)
            cluster.Add(vm);
        cluster.Give(new PutAffinity(Cluster.Rule("rule", kind, strict, vms)));
        return cluster.Run();
    }

    private static string Why(Cluster cluster, int vm) => Explain.Of(cluster.State, cluster.Seen(), cluster.Settings, Cluster.Vm(vm))!.Decision.Why;

    [Fact]
    public void What_belongs_together_goes_back_together_to_the_node_that_its_group_prefers()
    {
        var cluster = new Cluster(3);
        cluster.Give(new PutGroup(Cluster.Group("web", (1, 1), (2, 2), (3, 2)) with { Failback = true }));
        cluster.Add(100, Cluster.Definition(100) with { Group = new GroupName("web") }).Add(101, Cluster.Definition(101) with { Failback = true });
        cluster.Give(new PutAffinity(Cluster.Rule("pair", AffinityKind.Together, strict: true, 100, 101)));
        cluster.Run();
        Assert.Equal(("pve1", "pve1"), (cluster.Where(100), cluster.Where(101)));
        cluster.Kill(1);
        cluster.Run();
        Assert.NotEqual("pve1", cluster.Where(100));
        Assert.Equal(cluster.Where(100), cluster.Where(101));

        cluster.PowerOn(Cluster.Node(1));
        cluster.Run();

        Assert.Equal(("pve1", "pve1"), (cluster.Where(100), cluster.Where(101)));
    }

    [Fact]
    public void Where_one_of_those_that_belong_together_does_not_fail_back_none_does()
    {
        var cluster = new Cluster(3);
        cluster.Give(new PutGroup(Cluster.Group("web", (1, 1), (2, 2), (3, 2)) with { Failback = true }));
        cluster.Add(100, Cluster.Definition(100) with { Group = new GroupName("web") }).Add(101, Cluster.Definition(101) with { Failback = false });
        cluster.Give(new PutAffinity(Cluster.Rule("pair", AffinityKind.Together, strict: true, 100, 101)));
        cluster.Run();
        cluster.Kill(1);
        cluster.Run();
        var there = cluster.Where(100);

        cluster.PowerOn(Cluster.Node(1));
        cluster.Run();

        Assert.Equal((there, there), (cluster.Where(100), cluster.Where(101)));
    }
}
