using AkkaHa.Core.Crm;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Storages;
using AkkaHa.Core.Tests.Placement;

namespace AkkaHa.Core.Tests.Storages;

public sealed class StorageFailureTests
{
    private static readonly StorageSight Up = new(IsUp: true);
    private static readonly StorageSight Down = new(IsUp: false);
    private static readonly StorageSight Failed = new(IsUp: false, HasFailed: true);

    [Fact]
    public void A_guest_whose_node_has_lost_its_storage_is_started_where_the_storage_is_reached_and_the_others_go_on()
    {
        var cluster = Nodes(3);
        cluster.Add(1, on: 1).Add(2, On(2, "rbd"), on: 1).Run();
        cluster.See(1, "nfs", Failed);
        cluster.Run();

        Assert.NotEqual("pve1", cluster.Where(1));
        Assert.NotNull(cluster.Where(1));
        Assert.Equal("pve1", cluster.Where(2));
        Assert.Null(cluster[1].LostStorage);
        Assert.Null(cluster[1].Reason);
    }

    [Fact]
    public void A_short_outage_keeps_new_guests_away_and_moves_none()
    {
        var cluster = Nodes(2);
        cluster.Add(1, on: 1).Run();
        cluster.See(1, "nfs", Down);
        cluster.Add(2, on: 1).Run();

        Assert.Equal("pve1", cluster.Where(1));
        Assert.Equal("pve2", cluster.Where(2));
    }

    [Fact]
    public void A_guest_that_hangs_with_its_storage_is_killed_and_not_asked_to_shut_down()
    {
        var cluster = Nodes(2);
        cluster.Add(1, on: 1).Run();
        cluster.See(1, "nfs", Failed);

        cluster.Give(Assert.IsType<LeaveStorage>(Assert.Single(Manager.Decide(cluster.State, cluster.Seen(), ManagerSettings.Default))));

        var stop = Assert.IsType<Order.Stop>(Assert.Single(Orders.Outstanding(cluster.State, cluster.Seen())));
        Assert.Equal(TimeSpan.Zero, stop.Within);
        Assert.Equal(Cluster.Node(1), stop.Session.Node);
    }

    [Fact]
    public void Where_no_node_reaches_the_storage_the_guest_waits_for_it_where_it_is()
    {
        var cluster = Nodes(2);
        cluster.Add(1, on: 1).Run();
        cluster.See(1, "nfs", Failed);
        cluster.See(2, "nfs", Down);
        cluster.Run();

        Assert.Equal("pve1", cluster.Where(1));
        Assert.Equal(["vm:1 is left on pve1, which does not reach its storage nfs: no other node can run it now"], StorageFailures.Problems(cluster.State, cluster.Seen()));

        cluster.See(2, "nfs", Up);
        cluster.Run();
        Assert.Equal("pve2", cluster.Where(1));
    }

    [Fact]
    public void A_guest_that_is_to_be_stopped_waits_for_an_operator_and_starts_where_the_storage_is_reached()
    {
        var cluster = Nodes(2);
        cluster.Add(1, Cluster.Definition(1) with { OnStorageFailure = StorageFailurePolicy.Stop }, on: 1).Run();
        cluster.See(1, "nfs", Failed);
        cluster.Run();

        Assert.Equal(ActualState.Error, cluster[1].Actual);
        Assert.Contains("did not reach the storage nfs", cluster[1].Reason, StringComparison.Ordinal);
        Assert.Empty(cluster[1].MayRun);
        Assert.Null(cluster[1].RetryAt);

        cluster.Give(new ClearError(Cluster.Vm(1)));
        Assert.Equal("pve2", cluster.Run().Where(1));
    }

    [Fact]
    public void A_guest_that_is_to_be_left_alone_is_left_alone_and_told_of()
    {
        var cluster = Nodes(2);
        cluster.Add(1, Cluster.Definition(1) with { OnStorageFailure = StorageFailurePolicy.Nothing }, on: 1).Run();
        cluster.See(1, "nfs", Failed);
        cluster.Run();

        Assert.Equal("pve1", cluster.Where(1));
        Assert.Contains("its on-storage-failure is nothing", Assert.Single(StorageFailures.Problems(cluster.State, cluster.Seen())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_dies_while_a_guest_leaves_it_for_a_storage_changes_nothing_about_where_it_starts()
    {
        var cluster = Nodes(3);
        cluster.Add(1, on: 1).Run();
        cluster.See(1, "nfs", Failed);
        cluster.Give(Manager.Decide(cluster.State, cluster.Seen(), ManagerSettings.Default)[0]);
        cluster.Kill(1);
        cluster.Run();

        Assert.NotNull(cluster.Where(1));
        Assert.Null(cluster[1].LostStorage);
    }

    [Fact]
    public void A_disk_on_storage_that_is_not_shared_is_refused_with_the_way_out()
    {
        var cluster = Nodes(2);
        cluster.See(1, "local", new StorageSight(IsUp: true, IsShared: false));
        string? Refusal(string storage) => Submissions.Refusal(
            cluster.State, new AddResource(On(1, storage), RequestedState.Started), cluster.Seen(), cluster.Settings);

        Assert.Null(Refusal("nfs"));
        Assert.Contains("lies on the storage local, which is not shared", Refusal("local"), StringComparison.Ordinal);
        Assert.Contains("Move the disk to a shared storage (nfs, rbd)", Refusal("local"), StringComparison.Ordinal);
        Assert.Contains("no node has a storage nsf; expected one of local, nfs, rbd", Refusal("nsf"), StringComparison.Ordinal);
    }

    private static Cluster Nodes(int count)
    {
        var cluster = new Cluster(count);
        for (var node = 1; node <= count; node++)
        {
            cluster.See(node, "nfs", Up);
            cluster.See(node, "rbd", Up);
        }

        return cluster;
    }

    private static ResourceDefinition On(int vm, string storage) => Cluster.Definition(vm) with { Disks = [new DiskDefinition(storage, $"/{vm}")] };
}
