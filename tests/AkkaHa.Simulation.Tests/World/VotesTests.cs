using AkkaHa.Core.Model;
using AkkaHa.Protocol.Operator;
using AkkaHa.Simulation.World;
using Xunit.Abstractions;

namespace AkkaHa.Simulation.Tests.World;

public sealed class VotesTests(ITestOutputHelper output)
{
    private static readonly NodeName _n1 = new("n1");
    private static readonly NodeName _n2 = new("n2");
    private static readonly NodeName _n3 = new("n3");

    [Fact]
    public void A_node_whose_replica_was_lost_gets_its_vote_back_by_itself()
    {
        var world = Formed();
        var lost = Quorum(world, _n1).AnsweredBy == _n1 && Crm(world) == _n3 ? _n2 : _n3;
        world.Machine(lost).CutMains();
        world.Machine(lost).Disk.Wipe();
        world.RunFor(TimeSpan.FromSeconds(10));
        world.Machine(lost).RestoreMains();

        Await(world, () => Quorum(world, _n1) is { Electorate.Version.Index: > 0 } q && q.Voters.All(v => v.IsHeard && v.Replica.Contains("match", StringComparison.Ordinal)), "every voter is sound");

        Assert.StartsWith("is sound", Quorum(world, lost).OwnReplica, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_that_never_was_waits_for_all_its_voters_until_an_operator_begins_it()
    {
        var world = World();
        world.Machine(_n1).PowerOn();
        world.Machine(_n2).PowerOn();
        Await(world, () => world.Machine(_n1).Daemon is not null && Quorum(world, _n1).WaitsFor.Contains("akkaha cluster init", StringComparison.Ordinal), "the CRM says what it waits for");
        var daemon = world.Machine(_n1).Daemon;
        var crm = Crm(world);
        world.RunFor(TimeSpan.FromSeconds(60));
        // A CRM that nobody can follow does not leave its place to another that could do no better.
        Assert.Equal(crm, Crm(world));
        Assert.Same(daemon, world.Machine(_n1).Daemon);

        Assert.IsType<CommandAccepted>(Call(world, _n1, InitCluster.Instance));
        Await(world, () => Status(world, _n2) is { IsStale: false }, "a CRM leads");
        Assert.Contains("has come into being already", Assert.IsType<CommandRefused>(Call(world, _n2, InitCluster.Instance)).Reason, StringComparison.Ordinal);

        world.Machine(_n3).PowerOn();
        Await(world, () => Quorum(world, _n3).OwnReplica.StartsWith("is sound", StringComparison.Ordinal), "the node that was missing has its vote");
    }

    [Fact]
    public void Votes_are_taken_and_given_one_at_a_time()
    {
        var world = Formed();
        var other = Crm(world) == _n3 ? _n2 : _n3;

        Assert.IsType<CommandAccepted>(Call(world, _n1, new ChangeVoter(VoterChange.Remove, other)));
        Await(world, () => Quorum(world, _n1).Electorate.Voters.Count == 2, "two voters are left");
        Assert.Contains($"{other} has no vote", Assert.IsType<CommandRefused>(Call(world, _n1, new ChangeVoter(VoterChange.Remove, other))).Reason, StringComparison.Ordinal);
        Assert.Contains("is none of the nodes", Assert.IsType<CommandRefused>(Call(world, _n1, new ChangeVoter(VoterChange.Add, new NodeName("n9")))).Reason, StringComparison.Ordinal);

        Assert.IsType<CommandAccepted>(Call(world, other, new ChangeVoter(VoterChange.Add, other)));
        Await(world, () => Quorum(world, other) is { Electorate.Voters.Count: 3 } q && q.OwnReplica.StartsWith("is sound", StringComparison.Ordinal), "three voters are there again");
        Assert.Contains("the voters would stay the same", Assert.IsType<CommandRefused>(Call(world, _n1, new ChangeVoter(VoterChange.Replace, other))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_majority_is_left_an_operator_begins_a_new_generation_and_nodes_of_the_old_one_join_it()
    {
        var world = Formed();
        var refusedWhileQuorate = Assert.IsType<CommandRefused>(Call(world, _n1, new ForceExpected(2, [_n3], true)));
        Assert.Contains("a majority of the votes is here", refusedWhileQuorate.Reason, StringComparison.Ordinal);
        world.Machine(_n2).CutMains();
        world.Machine(_n3).CutMains();
        Await(world, () => Quorum(world, _n1) is { IsQuorate: false }, "n1 has no quorum");

        Assert.Contains("leaves 1 votes and not 2", Refused(new ForceExpected(2, [_n2, _n3], true)), StringComparison.Ordinal);
        Assert.Contains("n9 has no vote", Refused(new ForceExpected(1, [_n2, new NodeName("n9")], true)), StringComparison.Ordinal);
        Assert.Contains("n2 is not proven off", Refused(new ForceExpected(1, [_n2, _n3], false)), StringComparison.Ordinal);
        Assert.IsType<CommandAccepted>(Call(world, _n1, new ForceExpected(1, [_n2, _n3], true)));
        Await(world, () => Status(world, _n1) is { IsStale: false, IsQuorate: true }, "n1 leads alone");
        Assert.Equal(2, Quorum(world, _n1).Electorate.Version.Generation);

        world.Machine(_n2).RestoreMains();
        world.Machine(_n3).RestoreMains();
        Await(world, () => Status(world, _n3) is { IsStale: false, CrmNode.Value: "n1" }, "the old ones are in the new cluster");
        var joined = Quorum(world, _n2);
        Assert.Equal(2, joined.Electorate.Version.Generation);
        Assert.StartsWith("has no vote", joined.OwnReplica, StringComparison.Ordinal);
        Assert.IsType<CommandAccepted>(Call(world, _n2, new ChangeVoter(VoterChange.Add, _n2)));
        Assert.IsType<CommandAccepted>(Call(world, _n2, new ChangeVoter(VoterChange.Add, _n3)));
        Await(world, () => Quorum(world, _n3) is { Electorate.Voters.Count: 3 } q && q.OwnReplica.StartsWith("is sound", StringComparison.Ordinal), "all three vote again");

        string Refused(ForceExpected command) => Assert.IsType<CommandRefused>(Call(world, _n1, command)).Reason;
    }

    private SimulatedWorld World() =>
        new(new WorldSettings { Seed = 11, Nodes = [_n1, _n2, _n3], ActorLogLevel = "WARNING", HasBmcs = false }, output.WriteLine);

    private SimulatedWorld Formed()
    {
        var world = World();
        world.PowerOn();
        Await(world, () => Status(world, _n1) is { IsStale: false }, "the cluster is formed");
        return world;
    }

    private static NodeName? Crm(SimulatedWorld world) => Status(world, _n1)?.CrmNode;

    private static ClusterStatus? Status(SimulatedWorld world, NodeName node) => Call(world, node, StatusRequest.Instance) as ClusterStatus;

    private static QuorumStatus Quorum(SimulatedWorld world, NodeName node) =>
        Call(world, node, QuorumRequest.Instance) as QuorumStatus
        ?? new QuorumStatus { AnsweredBy = node, Electorate = new(default, [node]), WaitsFor = "no answer" };

    private static object? Call(SimulatedWorld world, NodeName node, object message)
    {
        object? reply = null;
        if (world.Machine(node).Daemon?.Ask(message, r => reply = r) != true)
            return null;
        world.RunUntil(() => reply is not null, TimeSpan.FromSeconds(30));
        return reply;
    }

    private static void Await(SimulatedWorld world, Func<bool> condition, string what)
    {
        var until = world.Elapsed + TimeSpan.FromSeconds(120);
        while (!condition())
        {
            Assert.True(world.Oracles.Violation is null, world.Oracles.Violation?.ToString());
            Assert.True(world.Elapsed < until, $"within two minutes of virtual time it did not come to it that {what}");
            world.RunFor(TimeSpan.FromMilliseconds(500));
        }
    }
}
