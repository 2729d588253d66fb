using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Rules;
using AkkaHa.Core.Tests.Placement;

namespace AkkaHa.Core.Tests.Rules;

public class RuleCommandTests
{
    [Fact]
    public void Commands_that_cannot_be_are_refused_with_what_was_expected_and_change_nothing()
    {
        var cluster = new Cluster(3).Add(1).Add(2).Run();
        cluster.Give(new PutGroup(Cluster.Group("web", (1, 1))));
        cluster.Give(new SetResource(cluster[1].Definition with { Group = new GroupName("web") }));

        Refused(cluster, new PutGroup(Cluster.Group("db", (9, 1))), "pve9 is no node of this cluster; expected some of pve1, pve2, pve3");
        Refused(cluster, new PutGroup(Cluster.Group("db")), "one node at least");
        Refused(cluster, new PutGroup(Cluster.Group("web", (2, 1))) { MustBeNew = true }, "there is a group of that name");
        Refused(cluster, new RemoveGroup(new GroupName("web")), "in use by vm:1");
        Refused(cluster, new RemoveGroup(new GroupName("db")), "there is no group db; expected one of web");
        Refused(cluster, new PutAffinity(Cluster.Rule("r", AffinityKind.Apart, true, 1)), "two resources at least");
        Refused(cluster, new PutAffinity(Cluster.Rule("r", AffinityKind.Apart, true, 1, 9)), "vm:9 is no resource");
        Refused(cluster, new RemoveAffinity(new RuleName("r")), "no such affinity rule");
        Refused(cluster, new SetResource(cluster[2].Definition with { Group = new GroupName("db") }), "there is no group db; expected one of web");
        Refused(cluster, new SetRequested(Cluster.Vm(9), RequestedState.Started), "no such resource");
        Refused(cluster, new AddResource(Cluster.Definition(3), RequestedState.Started) { Node = Cluster.Node(9) }, "pve9 is no node");
    }

    [Fact]
    public void A_group_without_a_live_node_is_refused_unless_it_is_forced()
    {
        var cluster = new Cluster(3);
        cluster.Kill(3);

        Refused(cluster, new PutGroup(Cluster.Group("db", (3, 1))), "none of its nodes (pve3) is online");
        cluster.Give(new PutGroup(Cluster.Group("db", (3, 1))) { AllowOffline = true });
        cluster.Add(1, Cluster.Definition(1) with { Group = new GroupName("db") });
        Assert.Contains(RuleProblems.Of(cluster.State), p => p.StartsWith("group db has no live node", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_command_again_is_accepted_and_changes_nothing()
    {
        var cluster = new Cluster(3).Add(1).Add(2).Run();
        var group = new PutGroup(Cluster.Group("web", (1, 1))) { MustBeNew = true };
        var rule = new PutAffinity(Cluster.Rule("r", AffinityKind.Apart, true, 1, 2));
        cluster.Give(group);
        cluster.Give(rule);
        var before = cluster.State;

        cluster.Give(group);
        cluster.Give(rule);
        cluster.Give(new AddResource(Cluster.Definition(1) with { Uuid = Guid.NewGuid() }, RequestedState.Started));
        cluster.Give(new ClearError(Cluster.Vm(1)));

        Assert.Equal(before with { AppliedIndex = cluster.State.AppliedIndex }, cluster.State);
    }

    [Fact]
    public void Rules_that_contradict_each_other_are_refused_with_the_reason()
    {
        var cluster = new Cluster(3).Add(1).Add(2).Add(3).Add(4).Run();
        cluster.Give(new PutAffinity(Cluster.Rule("tie", AffinityKind.Together, true, 1, 2)));
        cluster.Give(new PutAffinity(Cluster.Rule("tie2", AffinityKind.Together, true, 2, 3)));

        Refused(cluster, new PutAffinity(Cluster.Rule("split", AffinityKind.Apart, true, 1, 3)), "split keeps vm:1 and vm:3 apart, which other rules tie together");
        cluster.Give(new PutAffinity(Cluster.Rule("soft", AffinityKind.Apart, false, 1, 3)));
        cluster.Add(5);
        Refused(cluster, new PutAffinity(Cluster.Rule("many", AffinityKind.Apart, true, 1, 4, 5, 2)), "apart");
    }

    [Fact]
    public void More_resources_apart_than_nodes_and_groups_leave_are_refused()
    {
        var cluster = new Cluster(3).Add(1).Add(2).Add(3).Add(4).Run();
        Refused(cluster, new PutAffinity(Cluster.Rule("four", AffinityKind.Apart, true, 1, 2, 3, 4)), "too few nodes");

        cluster.Give(new PutGroup(Cluster.Group("one", (1, 1)) with { Restricted = true }));
        cluster.Give(new PutAffinity(Cluster.Rule("pair", AffinityKind.Apart, true, 1, 2)));
        cluster.Give(new SetResource(cluster[1].Definition with { Group = new GroupName("one") }));
        Refused(cluster, new SetResource(cluster[2].Definition with { Group = new GroupName("one") }), "too few nodes");
    }

    [Fact]
    public void Resources_tied_together_need_a_node_that_all_their_groups_allow()
    {
        var cluster = new Cluster(3).Add(1).Add(2).Run();
        cluster.Give(new PutGroup(Cluster.Group("one", (1, 1)) with { Restricted = true }));
        cluster.Give(new PutGroup(Cluster.Group("two", (2, 1)) with { Restricted = true }));
        cluster.Give(new SetResource(cluster[1].Definition with { Group = new GroupName("one") }));
        cluster.Give(new SetResource(cluster[2].Definition with { Group = new GroupName("two") }));

        Refused(cluster, new PutAffinity(Cluster.Rule("tie", AffinityKind.Together, true, 1, 2)), "their restricted groups have no node in common");
        cluster.Give(new PutGroup(Cluster.Group("two", (1, 1), (2, 1)) with { Restricted = true }));
        cluster.Give(new PutAffinity(Cluster.Rule("tie", AffinityKind.Together, true, 1, 2)));
        Refused(cluster, new PutGroup(Cluster.Group("two", (2, 1)) with { Restricted = true }), "no node in common");
    }

    [Fact]
    public void A_resource_that_rules_name_is_removed_only_with_purge_and_then_the_rules_are_rid_of_it()
    {
        var cluster = new Cluster(3).Add(1).Add(2).Add(3, Cluster.Definition(3) with { After = [Cluster.Vm(1)] }).Run();
        cluster.Give(new PutAffinity(Cluster.Rule("pair", AffinityKind.Apart, true, 1, 2)));
        Refused(cluster, new RemoveResource(Cluster.Vm(1)), "the affinity rule pair names it");

        cluster.Give(new RemoveResource(Cluster.Vm(1)) { Purge = true });

        Assert.Empty(cluster.State.Affinity);
        Assert.Empty(cluster[3].Definition.After);
    }

    [Fact]
    public void A_change_on_top_of_another_operators_is_refused_by_its_digest()
    {
        var cluster = new Cluster(3).Add(1).Run();
        var digest = cluster[1].ChangedIndex;
        cluster.Give(new SetResource(cluster[1].Definition with { MemoryMib = 128 }) { Digest = digest });

        Refused(cluster, new SetResource(cluster[1].Definition with { MemoryMib = 256 }) { Digest = digest }, "it was changed meanwhile; expected the digest");
        Refused(cluster, new SetRequested(Cluster.Vm(1), RequestedState.Stopped) { Digest = digest }, "it was changed meanwhile");
        Assert.Equal(128, cluster[1].Definition.MemoryMib);
    }

    private static void Refused(Cluster cluster, Core.StateLog.LogCommand command, string why)
    {
        var before = cluster.State;
        var refusal = cluster.TryGive(command);
        Assert.NotNull(refusal);
        Assert.Contains(why, refusal, StringComparison.Ordinal);
        Assert.Equal(before with { AppliedIndex = cluster.State.AppliedIndex }, cluster.State);
    }
}
