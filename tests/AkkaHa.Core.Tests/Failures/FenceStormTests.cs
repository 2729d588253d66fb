using AkkaHa.Core.Failures;
using AkkaHa.Core.Model;
using AkkaHa.Core.Tests.Placement;

namespace AkkaHa.Core.Tests.Failures;

public class FenceStormTests
{
    private readonly Cluster _cluster = new(9);

    [Fact]
    public void As_many_nodes_as_the_limit_are_fenced_without_being_asked()
    {
        Lose(6, 7, 8, 9);

        Assert.Equal(4, _cluster.State.Nodes.Values.Count(n => n.Fence is { Open: true }));
    }

    [Fact]
    public void More_nodes_at_once_wait_for_an_operator_each_and_are_told_of_once()
    {
        Lose(5, 6, 7, 8, 9);

        Assert.All(_cluster.State.Nodes.Values, n => Assert.Null(n.Fence));
        Assert.Equal(5, _cluster.State.Incidents.Count(i => i.Text.Contains("before an operator says 'akkaha fence approve", StringComparison.Ordinal)));
        Assert.Contains("held back: 5 nodes were lost at once, more than akkaha.fencing.storm-limit = 4", Told(9), StringComparison.Ordinal);

        _cluster.Give(new ApproveFencing(Cluster.Node(9)));
        _cluster.Run();

        Assert.True(_cluster.State.Nodes[Cluster.Node(9)].Fence?.Open);
        Assert.Equal("", Told(9));
        Assert.Equal(1, _cluster.State.Nodes.Values.Count(n => n.Fence is not null));
    }

    [Fact]
    public void A_node_that_was_proven_off_a_moment_ago_belongs_to_the_storm_and_one_of_long_ago_does_not()
    {
        var state = _cluster.State;
        var then = _cluster.Clock;
        foreach (var number in new[] { 5, 6, 7, 8 })
        {
            _cluster.Give(new LoseNode(state.Nodes[Cluster.Node(number)].Admitted!.Value, "for the test") { At = then });
            var node = _cluster.State.Nodes[Cluster.Node(number)];
            _cluster.Give(new ProveBoot(new Proof(node.Admitted!.Value, ProofKind.Device, "bmc", node.DenialIndex!.Value)));
        }

        Assert.Equal(4, FenceStorm.Size(_cluster.State, then + TimeSpan.FromSeconds(59)));
        Assert.Equal(0, FenceStorm.Size(_cluster.State, then + FenceStorm.Window));
    }

    [Fact]
    public void Only_the_fencing_of_a_lost_node_can_be_approved()
    {
        Assert.Contains("only the fencing of a lost node", _cluster.TryGive(new ApproveFencing(Cluster.Node(9))), StringComparison.Ordinal);
        Assert.Contains("it is no node of this cluster", _cluster.TryGive(new ApproveFencing(Cluster.Node(10))), StringComparison.Ordinal);
    }

    private void Lose(params int[] numbers)
    {
        foreach (var number in numbers)
            _cluster.Lose(number);
        _cluster.Run();
    }

    private string Told(int number) => FenceStorm.Describe(_cluster.State, _cluster.State.Nodes[Cluster.Node(number)], _cluster.Clock, limit: 4);
}
