using System.Collections.Immutable;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaHa.Cluster.StateLog;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Tests.StateLog;

public sealed class ReplicaActorTests() : TestKit("""
    akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
    akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
    """)
{
    private static readonly Epoch _first = new(1, TestNode.Pve2, 1);

    [Fact]
    public void A_promise_survives_a_restart_of_the_replica()
    {
        var replica = Replica();
        replica.Tell(Prepare(_first with { Number = 5 }), TestActor);
        var promise = ExpectMsg<Promise>();
        Watch(replica);
        replica.Tell(PoisonPill.Instance);
        ExpectTerminated(replica);

        var again = Replica();
        again.Tell(Prepare(_first), TestActor);

        var refused = ExpectMsg<Refused>();
        Assert.Equal(new Refusal.PromisedHigher(_first with { Number = 5 }), refused.Why);
        Assert.Equal(promise.Header.Replica, refused.Header.Replica);
        Assert.Equal(promise.Header.StartCounter + 1, refused.Header.StartCounter);
    }

    [Fact]
    public void Its_status_tells_the_state_that_its_committed_entries_make()
    {
        var replica = Replica();
        replica.Tell(Prepare(_first), TestActor);
        var promise = ExpectMsg<Promise>();
        var voters = ImmutableSortedDictionary<NodeName, Voter>.Empty
            .Add(TestNode.Pve1, new Voter(TestNode.Pve1, promise.Header.Replica, promise.Header.StartCounter));
        var genesis = new LogEntry(0, _first, new Genesis(Guid.NewGuid(), voters));
        var header = new RequestHeader(TestNode.Pve2, _first, new ConfigurationVersion(1, 0), voters[TestNode.Pve1]);
        replica.Tell(
            new Append(header, -1, Epoch.None, [genesis], 0, 1, ImmutableSortedDictionary<NodeName, Acknowledgement>.Empty), TestActor);
        Assert.Equal(0, ExpectMsg<Appended>().MatchIndex);

        replica.Tell(ReplicaStatusRequest.Instance, TestActor);

        Assert.Equal(0, ExpectMsg<ReplicaStatus>().Committed.AppliedIndex);
    }

    [Fact]
    public void A_snapshot_stands_for_the_journal_and_the_replica_comes_back_as_it_was()
    {
        var node = TestNode.Context() with { Log = LogSettings.Default with { SnapshotEvery = 20 } };
        var replica = Replica(node);
        replica.Tell(Prepare(_first), TestActor);
        var promise = ExpectMsg<Promise>();
        var voters = ImmutableSortedDictionary<NodeName, Voter>.Empty
            .Add(TestNode.Pve1, new Voter(TestNode.Pve1, promise.Header.Replica, promise.Header.StartCounter));
        var header = new RequestHeader(TestNode.Pve2, _first, new ConfigurationVersion(1, 0), voters[TestNode.Pve1]);
        for (var index = 0; index < 100; index++)
        {
            LogCommand command = index == 0 ? new Genesis(Guid.NewGuid(), voters) : new NoOp();
            replica.Tell(
                new Append(header, index - 1, index == 0 ? Epoch.None : _first, [new LogEntry(index, _first, command)], index, 1, ImmutableSortedDictionary<NodeName, Acknowledgement>.Empty),
                TestActor);
            Assert.Equal(index, ExpectMsg<Appended>().MatchIndex);
        }

        AwaitAssert(() =>
        {
            Sys.ActorOf(Props.Create(() => new ReplicaReader(TestNode.Pve1, node.Log, TestActor)));
            var read = ExpectMsg<ReadReplica>().Replica!;
            Assert.InRange(read.Log.FirstIndex, 60, 99);
            Assert.Equal((promise.Header.Replica, 99L, _first), (read.Id, read.Log.LastIndex, read.PromisedEpoch));
        });
        Watch(replica);
        replica.Tell(PoisonPill.Instance);
        ExpectTerminated(replica);

        var again = Replica(node);
        again.Tell(ReplicaIdentityRequest.Instance, TestActor);
        Assert.Equal(promise.Header.StartCounter + 1, ExpectMsg<ReplicaIdentity>().StartCounter);
        again.Tell(ReplicaStatusRequest.Instance, TestActor);
        Assert.InRange(ExpectMsg<ReplicaStatus>().Committed.AppliedIndex, 98, 99);
    }

    [Fact]
    public void A_replica_that_may_vote_is_not_reset_on_anybodys_word()
    {
        var replica = Replica();
        replica.Tell(Prepare(_first), TestActor);
        var promise = ExpectMsg<Promise>();
        var header = new RequestHeader(TestNode.Pve2, _first, ConfigurationVersion.None, null);

        replica.Tell(new ResetReplica(header, promise.Header.Replica), TestActor);
        replica.Tell(new RolledBackNotice(header, new Acknowledgement(promise.Header.Replica, _first, 5)), TestActor);
        replica.Tell(ReplicaIdentityRequest.Instance, TestActor);
        Assert.Equal(promise.Header.Replica, ExpectMsg<ReplicaIdentity>().Replica);

        // Now it knows that it has forgotten what it acknowledged.
        replica.Tell(new ResetReplica(header, promise.Header.Replica), TestActor);
        replica.Tell(ReplicaIdentityRequest.Instance, TestActor);
        Assert.NotEqual(promise.Header.Replica, ExpectMsg<ReplicaIdentity>().Replica);
    }

    private IActorRef Replica(NodeContext? context = null)
    {
        var node = context ?? TestNode.Context();
        return Sys.ActorOf(Props.Create(() => new ReplicaActor(node, ActorRefs.Nobody)));
    }

    private static Prepare Prepare(Epoch epoch) => new(new RequestHeader(TestNode.Pve2, epoch, ConfigurationVersion.None, null));
}
