using AkkaHa.Core.Crm;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Rules;
using AkkaHa.Core.Tests.Placement;

namespace AkkaHa.Core.Tests.Rules;

public class RuleRepairTests
{
    [Fact]
    public void Resources_that_shall_run_together_from_now_on_are_brought_together_where_most_of_them_are()
    {
        var cluster = new Cluster(3).Add(1, on: 1).Add(2, on: 2).Add(3, on: 2).Run();

        cluster.Give(new PutAffinity(Cluster.Rule("trio", AffinityKind.Together, true, 1, 2, 3)));
        cluster.Run();

        Assert.All(Enumerable.Range(1, 3), vm => Assert.Equal("pve2", cluster.Where(vm)));
    }

    [Fact]
    public void Of_resources_that_shall_run_apart_from_now_on_the_first_stays()
    {
        var cluster = new Cluster(3).Add(1, on: 1).Add(2, on: 1).Add(3, on: 1).Run();

        cluster.Give(new PutAffinity(Cluster.Rule("apart", AffinityKind.Apart, true, 1, 2, 3)));
        cluster.Run();

        Assert.Equal(["pve1", "pve2", "pve3"], Enumerable.Range(1, 3).Select(cluster.Where));
    }

    [Fact]
    public void A_resource_outside_the_group_that_it_is_restricted_to_moves_into_it()
    {
        var cluster = new Cluster(3).Add(1, on: 1).Run();
        cluster.Give(new PutGroup(Cluster.Group("web", (3, 1)) with { Restricted = true }));

        cluster.Give(new SetResource(cluster[1].Definition with { Group = new GroupName("web") }));
        cluster.Run();

        Assert.Equal("pve3", cluster.Where(1));
    }

    [Fact]
    public void Those_that_belong_together_follow_the_one_that_would_not_start_with_them()
    {
        var cluster = new Cluster(3) { Fails = (id, node) => id == Cluster.Vm(3) && node == Cluster.Node(2) ? FailureCause.Guest : null };
        foreach (var vm in new[] { 1, 2, 3 })
            cluster.Add(vm, on: 3);
        cluster.Add(4, on: 1).Add(5, on: 1).Add(6, on: 2);
        cluster.Give(new PutAffinity(Cluster.Rule("trio", AffinityKind.Together, true, 1, 2, 3)));
        cluster.Run();

        cluster.Kill(3);
        cluster.Run();

        Assert.All(Enumerable.Range(1, 3), vm => Assert.Equal("pve1", cluster.Where(vm)));
    }

    [Fact]
    public void What_no_node_can_mend_stays_where_it_is_and_is_told()
    {
        var cluster = new Cluster(3, memoryMib: 100).Add(1, on: 1).Add(2, on: 2).Run();

        cluster.Give(new PutAffinity(Cluster.Rule("pair", AffinityKind.Together, true, 1, 2)));
        cluster.Run();

        Assert.Equal(["pve1", "pve2"], Enumerable.Range(1, 2).Select(cluster.Where));
        Assert.Contains(RuleProblems.Of(cluster.State), p => p.StartsWith("affinity pair (strict together) is not kept", StringComparison.Ordinal));
    }

    [Fact]
    public void A_move_of_one_moves_all_that_belongs_with_it()
    {
        var cluster = new Cluster(3).Add(1, on: 1).Add(2, on: 1).Add(3, on: 1).Add(4, on: 1);
        cluster.Give(new PutAffinity(Cluster.Rule("a", AffinityKind.Together, true, 1, 2)));
        cluster.Give(new PutAffinity(Cluster.Rule("b", AffinityKind.Together, true, 2, 3)));
        cluster.Run();
        var move = new MoveResource(Cluster.Vm(1), Cluster.Node(2), MoveKind.Migrate, "an operator asked");

        Assert.Null(Submissions.Refusal(cluster.State, move, cluster.Seen(), cluster.Settings));
        foreach (var command in Submissions.Whole(cluster.State, move))
            cluster.Give(command);
        cluster.Run();

        Assert.Equal(["pve2", "pve2", "pve2", "pve1"], Enumerable.Range(1, 4).Select(cluster.Where));
    }

    [Fact]
    public void A_node_that_does_not_take_all_that_belongs_together_takes_none_of_it()
    {
        var cluster = new Cluster(3, memoryMib: 200).Add(1, on: 1).Add(2, on: 1).Add(3, Cluster.Definition(3, 100), on: 2);
        cluster.Give(new PutAffinity(Cluster.Rule("pair", AffinityKind.Together, true, 1, 2)));
        cluster.Run();

        Assert.Contains(
            "it does not take all of vm:1, vm:2, which belong together",
            Submissions.Refusal(cluster.State, new MoveResource(Cluster.Vm(1), Cluster.Node(2), MoveKind.Migrate, ""), cluster.Seen(), cluster.Settings),
            StringComparison.Ordinal);
    }
}
