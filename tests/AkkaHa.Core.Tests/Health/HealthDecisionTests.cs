using AkkaHa.Core.Health;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Tests.Placement;

namespace AkkaHa.Core.Tests.Health;

public sealed class HealthDecisionTests
{
    private static readonly HealthCheck Check = new(HealthKind.Tcp, "10.0.0.5:22");

    [Fact]
    public void A_node_looks_after_what_HA_runs_there_and_after_nothing_that_it_is_to_leave_alone()
    {
        var cluster = new Cluster(2);
        cluster.Add(1, With(1), on: 1).Add(2, on: 1).Add(3, With(3), on: 2).Add(4, With(4), RequestedState.Stopped).Run();
        Assert.Equal([Cluster.Vm(1)], Of(cluster, 1));
        Assert.Equal([Cluster.Vm(3)], Of(cluster, 2));

        cluster.Give(new SetRequested(Cluster.Vm(3), RequestedState.Ignored));
        Assert.Empty(Of(cluster, 2));
        cluster.Give(new SetArmed(false, "network work"));
        Assert.Empty(Of(cluster, 1));
    }

    [Fact]
    public void A_guest_that_hung_for_good_is_started_on_another_node_at_once()
    {
        var cluster = new Cluster(2);
        cluster.Add(1, With(1) with { MaxRestart = 5 }, on: 1).Run();

        cluster.Hang(1, node: 1);
        cluster.Run();

        Assert.Equal("pve2", cluster.Where(1));
    }

    [Fact]
    public void A_guest_that_hung_and_has_no_other_node_is_tried_again_after_a_pause()
    {
        var cluster = new Cluster(1);
        cluster.Add(1, With(1) with { MaxRelocate = 0 }, on: 1).Run();

        cluster.Hang(1, node: 1);
        cluster.Run();

        Assert.Equal(ActualState.Error, cluster[1].Actual);
        cluster.Clock += TimeSpan.FromSeconds(11);
        Assert.Equal("pve1", cluster.Run().Where(1));
    }

    [Fact]
    public void A_health_check_that_cannot_be_is_refused() =>
        Assert.Contains("'nowhere' is no HOST:PORT", new Cluster(1).TryGive(
            new AddResource(With(1) with { Health = Check with { Target = "nowhere" } }, RequestedState.Started)), StringComparison.Ordinal);

    private static ResourceDefinition With(int vm) => Cluster.Definition(vm) with { Health = Check };

    private static IEnumerable<ResourceId> Of(Cluster cluster, int node) => HealthDuties.Of(cluster.State)[Cluster.Node(node)].Keys;
}
