using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaHa.Cluster.Events;
using AkkaHa.Cluster.Storage;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Storage;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Tests.Storage;

public sealed class StorageActorTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FakeStorageProbe _nfs = new("nfs");
    private readonly FakeStorageProbe _local = new("local", isShared: false);
    private readonly TestProbe _events;
    private readonly TestProbe _lrm;

    public StorageActorTests()
    {
        _events = CreateTestProbe();
        _lrm = CreateTestProbe();
    }

    [Fact]
    public void A_storage_that_fails_is_down_at_once_for_new_guests_and_failed_after_a_while_for_those_that_run()
    {
        Start();
        Seen("nfs", s => s is { IsUp: true, IsShared: true });
        Seen("local", s => s is { IsUp: true, IsShared: false });

        _nfs.Fails = true;
        Seen("nfs", s => s is { IsUp: false, HasFailed: false });
        Event(EventKinds.StorageDown, "pve1 does not reach the storage nfs");
        Seen("nfs", s => s is { IsUp: false, HasFailed: true });
        Event(EventKinds.StorageDown, "what runs on it is given up");

        _nfs.Fails = false;
        Seen("nfs", s => s is { IsUp: true, HasFailed: false });
        Event(EventKinds.StorageUp, "pve1 reaches the storage nfs again");
    }

    [Fact]
    public void A_storage_that_hangs_holds_up_no_other_one()
    {
        _nfs.Hangs = true;
        Start();
        Seen("local", s => s.IsUp);
        var before = _local.Probes;

        AwaitCondition(() => _local.Probes > before + 3, Patience);
        Assert.Equal(1, _nfs.Probes);
    }

    [Fact]
    public async Task Operators_are_told_latency_use_and_the_last_error_also_when_it_works_again()
    {
        _nfs.Fails = true;
        var actor = Start();
        Seen("nfs", s => !s.IsUp);
        _nfs.Fails = false;
        Seen("nfs", s => s.IsUp);

        var own = await actor.Ask<OwnStorages>(OwnStoragesRequest.Instance, Patience);

        var nfs = own.Storages.Single(s => s.Storage == "nfs");
        Assert.Equal((true, TimeSpan.FromMilliseconds(3), 250L, 1000L), (nfs.IsAvailable, nfs.Latency, nfs.UsedBytes, nfs.TotalBytes));
        Assert.Equal("nfs failed: Input/output error", nfs.LastError);
        Assert.False(own.Storages.Single(s => s.Storage == "local").IsShared);
    }

    private IActorRef Start()
    {
        var node = TestNode.Context() with
        {
            Storages = [_nfs, _local],
            StorageProbing = new ProbeSettings { Interval = TimeSpan.FromMilliseconds(20), FailAfter = TimeSpan.FromMilliseconds(300) },
        };
        var (membership, events) = (CreateTestProbe().Ref, _events.Ref);
        var actor = Sys.ActorOf(Props.Create(() => new StorageActor(node, membership, events)), ActorNames.Storage);
        actor.Tell(WatchStorages.Instance, _lrm.Ref);
        return actor;
    }

    private void Seen(string storage, Func<StorageSight, bool> wanted) =>
        _lrm.FishForMessage(m => m is StoragesSeen seen && seen.Sights.TryGetValue(storage, out var sight) && wanted(sight), Patience);

    private void Event(string kind, string text) =>
        _events.FishForMessage(m => m is RecordEvent e && e.Kind == kind && e.Text.Contains(text, StringComparison.Ordinal), Patience);
}
