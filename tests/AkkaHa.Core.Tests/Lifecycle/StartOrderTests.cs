using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Placement;
using AkkaHa.Core.Tests.Placement;

namespace AkkaHa.Core.Tests.Lifecycle;

public class StartOrderTests
{
    [Fact]
    public void A_lower_boot_order_is_started_first_and_what_has_none_waits_for_nobody()
    {
        var cluster = new Cluster(2);
        cluster.Add(1, Cluster.Definition(1) with { BootOrder = 3 }).Add(2, Cluster.Definition(2) with { BootOrder = 1 })
            .Add(3, Cluster.Definition(3) with { BootOrder = 2 }).Add(4).Run();

        Assert.Equal([2, 3, 1], cluster.Starts.Select(s => s.Id.Number).Where(n => n != 4));
        Assert.NotNull(cluster.Where(4));
    }

    [Fact]
    public void A_lower_boot_order_that_fits_nowhere_holds_nobody_up()
    {
        var cluster = new Cluster(2, memoryMib: 100);
        cluster.Add(1, Cluster.Definition(1, 500) with { BootOrder = 1 }).Add(2, Cluster.Definition(2) with { BootOrder = 2 }).Run();

        Assert.Equal(ActualState.Recovery, cluster[1].Actual);
        Assert.NotNull(cluster.Where(2));
    }

    [Fact]
    public void A_resource_starts_after_those_it_depends_on_are_ready()
    {
        var cluster = new Cluster(2);
        cluster.StartingUp.Add(Cluster.Vm(2));
        cluster.Add(2).Add(1, Cluster.Definition(1) with { After = [Cluster.Vm(2)] }).Run();
        Assert.NotNull(cluster.Where(2));
        Assert.Contains("it waits for vm:2, which is not ready yet", Why(cluster, 1), StringComparison.Ordinal);

        cluster.StartingUp.Clear();
        cluster.Run();

        Assert.NotNull(cluster.Where(1));
        Assert.Equal([2, 1], cluster.Starts.Select(s => s.Id.Number));
    }

    [Fact]
    public void A_dependency_is_waited_for_no_longer_than_its_timeout()
    {
        var cluster = new Cluster(2, memoryMib: 100);
        cluster.Add(2, Cluster.Definition(2, 500)).Add(1, Cluster.Definition(1) with { After = [Cluster.Vm(2)], ReadinessTimeout = TimeSpan.FromSeconds(60) }).Run();
        Assert.Null(cluster.Where(1));

        cluster.Clock += TimeSpan.FromSeconds(61);

        Assert.NotNull(cluster.Run().Where(1));
    }

    [Fact]
    public void A_dependency_that_is_not_wanted_is_not_waited_for()
    {
        var cluster = new Cluster(2).Add(2, requested: RequestedState.Stopped).Add(1, Cluster.Definition(1) with { After = [Cluster.Vm(2)] }).Run();

        Assert.NotNull(cluster.Where(1));
    }

    [Fact]
    public void A_start_delay_counts_from_the_moment_that_what_it_waits_for_runs()
    {
        var cluster = new Cluster(2);
        cluster.StartingUp.Add(Cluster.Vm(2));
        cluster.Add(2).Add(1, Cluster.Definition(1) with { After = [Cluster.Vm(2)], StartDelay = TimeSpan.FromSeconds(30) }).Run();
        cluster.StartingUp.Clear();
        cluster.Clock += TimeSpan.FromSeconds(29);
        Assert.Null(cluster.Run().Where(1));
        Assert.Contains("its start delay lasts until", Why(cluster, 1), StringComparison.Ordinal);

        cluster.Clock += TimeSpan.FromSeconds(1);

        Assert.NotNull(cluster.Run().Where(1));
    }

    [Fact]
    public void Dependencies_in_a_circle_are_refused()
    {
        var cluster = new Cluster(2).Add(1).Add(2, Cluster.Definition(2) with { After = [Cluster.Vm(1)] }).Run();

        Assert.Contains("themselves started after it", cluster.TryGive(new SetResource(cluster[1].Definition with { After = [Cluster.Vm(2)] })), StringComparison.Ordinal);
        Assert.Contains("after itself", cluster.TryGive(new SetResource(cluster[1].Definition with { After = [Cluster.Vm(1)] })), StringComparison.Ordinal);
        Assert.Contains("vm:9, which is no resource", cluster.TryGive(new SetResource(cluster[1].Definition with { After = [Cluster.Vm(9)] })), StringComparison.Ordinal);
    }

    private static string Why(Cluster cluster, int vm) => Explain.Of(cluster.State, cluster.Seen(), cluster.Settings, Cluster.Vm(vm))!.Decision.Why;
}
