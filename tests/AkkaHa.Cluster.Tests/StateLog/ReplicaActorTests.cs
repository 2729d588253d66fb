using System.Collections.Immutable;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaHa.Cluster.StateLog;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;

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

    private IActorRef Replica()
    {
        var node = TestNode.Context();
        return Sys.ActorOf(Props.Create(() => new ReplicaActor(node)));
    }

    private static Prepare Prepare(Epoch epoch) => new(new RequestHeader(TestNode.Pve2, epoch, ConfigurationVersion.None, null));
}
