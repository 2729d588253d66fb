using System.Diagnostics;

namespace Akka.Cluster.Tests.Nodes;

public class JoiningSpecs : ClusterNodes
{
    [Fact]
    public async Task A_node_that_joins_itself_is_up_and_leads()
    {
        var node = Start();
        await node.JoinAsync(node.SelfAddress).WaitAsync(Patience);
        await AllUp(node);
        Assert.True(node.IsUp);
        Assert.Equal(node.SelfAddress, node.State.Leader);
    }

    [Fact]
    public async Task Nodes_that_join_one_all_see_all_up()
    {
        var nodes = await Form(4);
        Assert.All(nodes, n => Assert.Equal(nodes.Select(o => o.SelfAddress).Order(Member.AddressOrdering).First(), n.State.Leader));
    }

    [Fact]
    public async Task Three_nodes_that_start_together_are_up_within_a_second_and_a_half()
    {
        await Form(2);
        var clock = Stopwatch.StartNew();
        var nodes = Enumerable.Range(0, 3).Select(_ => Start()).ToArray();
        foreach (var node in nodes) node.JoinSeedNodes(nodes.Select(n => n.SelfAddress));
        await AllUp(nodes);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Seed_nodes_find_the_cluster_that_one_of_them_is_in()
    {
        var old = await Form(2);
        var young = Start();
        young.JoinSeedNodes([young.SelfAddress, old[0].SelfAddress, old[1].SelfAddress]);
        await AllUp([.. old, young]);
    }

    [Fact]
    public async Task A_node_that_joins_somebody_who_is_in_no_cluster_yet_is_let_in_as_soon_as_that_is()
    {
        var (first, second) = (Start(), Start());
        second.Join(first.SelfAddress);
        first.Join(first.SelfAddress);
        await AllUp(first, second);
    }

    [Fact]
    public async Task Nobody_is_up_before_enough_have_joined()
    {
        const string Three = "akka.cluster.min-nr-of-members = 3";
        var nodes = new[] { Start(Three), Start(Three), Start(Three) };
        var log = Record(nodes[0]);
        nodes[0].Join(nodes[0].SelfAddress);
        nodes[1].Join(nodes[0].SelfAddress);
        await Until(nodes[0], s => s.Members.Count == 2);
        nodes[2].Join(nodes[0].SelfAddress);
        await AllUp(nodes);
        var events = log.All.OfType<ClusterEvent.IMemberEvent>().ToList();
        Assert.All(events.Take(3), e => Assert.IsType<ClusterEvent.MemberJoined>(e));
    }

    [Fact]
    public async Task Members_carry_their_roles_and_version()
    {
        var first = Start("akka.cluster.roles = [voter, arbiter], akka.cluster.app-version = \"1.2.3\"");
        var second = Start("akka.cluster.app-version = \"1.2.4\"");
        first.Join(first.SelfAddress);
        second.Join(first.SelfAddress);
        await AllUp(first, second);
        var seen = second.State.Members.Single(m => m.UniqueAddress == first.SelfUniqueAddress);
        Assert.True(seen.HasRole("voter") && seen.HasRole("arbiter"));
        Assert.Equal("1.2.3", seen.AppVersion.Version);
        Assert.True(second.State.HasMoreThanOneAppVersion);
        Assert.Equal(first.SelfAddress, second.State.RoleLeader("arbiter"));
    }

    [Fact]
    public async Task A_callback_for_being_up_runs_when_it_is_and_at_once_when_it_was()
    {
        var node = Start();
        var (before, after) = (new TaskCompletionSource(), new TaskCompletionSource());
        node.RegisterOnMemberUp(before.SetResult);
        node.Join(node.SelfAddress);
        await before.Task.WaitAsync(Patience);
        node.RegisterOnMemberUp(after.SetResult);
        await after.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Joining_in_vain_is_reported()
    {
        var node = Start("akka.cluster.retry-unsuccessful-join-after = 0.3s");
        var failure = await Assert.ThrowsAsync<ClusterJoinFailedException>(() => node.JoinAsync(new Akka.Actor.Address("akka.tcp", "ha", "127.0.0.1", 1)).WaitAsync(Patience));
        Assert.Contains("127.0.0.1:1", failure.Message);
    }
}
