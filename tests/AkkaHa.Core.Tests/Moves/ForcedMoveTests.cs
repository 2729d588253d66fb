using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Rules;
using AkkaHa.Core.Tests.Placement;

namespace AkkaHa.Core.Tests.Moves;

public class ForcedMoveTests
{
    private readonly Cluster _cluster = new(3, memoryMib: 100) { MigratesLive = true };

    public ForcedMoveTests()
    {
        // What the nodes can do is known from their next admission on.
        foreach (var node in _cluster.State.Nodes.Values)
            Give(node with { MigratesLive = true });
        _cluster.Add(100, on: 1).Add(101, on: 2).Run();
    }

    [Fact]
    public void A_node_without_room_by_its_settings_takes_a_live_migration_by_force_alone()
    {
        Assert.Contains("MiB of memory free and 64 MiB are needed. --force moves it there all the same", Refusal(2), StringComparison.Ordinal);
        Assert.Null(Refusal(2, force: true));
        Assert.Contains("for a live migration only", Refusal(2, force: true, MoveKind.Relocate), StringComparison.Ordinal);
    }

    [Fact]
    public void A_quarantined_node_takes_one_by_force_alone()
    {
        Give(_cluster.State.Nodes[Cluster.Node(3)] with { IsQuarantined = true });

        Assert.Contains("ends its quarantine. --force moves it there all the same", Refusal(3), StringComparison.Ordinal);
        Assert.Null(Refusal(3, force: true));
    }

    [Fact]
    public void Force_breaks_no_rule()
    {
        _cluster.Give(new PutAffinity(Cluster.Rule("apart", AffinityKind.Apart, strict: true, 100, 101)));

        Assert.Contains("--force does not change that", Refusal(2, force: true), StringComparison.Ordinal);
        Assert.DoesNotContain("--force", Refusal(2), StringComparison.Ordinal);
    }

    private string? Refusal(int node, bool force = false, MoveKind kind = MoveKind.Migrate) => MoveChecks.Refusal(
        _cluster.State, new MoveResource(Cluster.Vm(100), Cluster.Node(node), kind, "for the test") { IsForced = force }, _cluster.Seen(), _cluster.Settings);

    private void Give(NodeRecord node) => _cluster.Change(state => state.With(node));
}
