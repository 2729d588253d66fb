using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Tests.StateLog;

public class ReplicaTests
{
    private static readonly NodeName Node = new("pve1");
    private static readonly Epoch First = new(1, Node, 1);

    [Fact]
    public void It_answers_nothing_before_its_start_is_counted()
    {
        var recovered = Replica.Recover(Node, LogSettings.Default, []);

        Assert.Throws<InvariantViolation>(() => recovered.Step(new Prepare(new RequestHeader(Node, First, ConfigurationVersion.None, null))));
    }

    [Fact]
    public void Its_journal_gives_back_what_it_was()
    {
        var world = new LogWorld(LogSettings.Default, "pve1", "pve2");
        foreach (var node in world.Nodes.Values)
            world.StartReplica(node);
        world.Campaign(world["pve1"], First, [.. world.Nodes.Keys]);
        while (world.Wire.Count > 0)
        {
            var envelope = world.Wire[0];
            world.Wire.RemoveAt(0);
            world.Deliver(envelope);
            world.Sync(world.Nodes[envelope.To]);
        }
        var live = world["pve2"].Replica!;

        var recovered = Replica.Recover(live.Node, LogSettings.Default, world["pve2"].Durable);

        Assert.Equal((live.Id, live.StartCounter, live.PromisedEpoch, live.AcceptedEpoch), (recovered.Id, recovered.StartCounter, recovered.PromisedEpoch, recovered.AcceptedEpoch));
        Assert.Equal(live.Log.Entries, recovered.Log.Entries);
        Assert.Equal(live.Configuration, recovered.Configuration);
        Assert.True(recovered.CommitIndex <= live.CommitIndex);
    }

    [Fact]
    public void A_gap_in_the_journal_is_a_fault_of_the_disk_and_not_passed_over()
    {
        JournalEvent[] events =
        [
            new ReplicaCreated(LogWorld.ReplicaId(1)),
            new ReplicaStarted(1),
            new Promised(First),
            new EntriesAppended(First, [new LogEntry(1, First, new NoOp())], -1, ImmutableSortedDictionary<NodeName, Acknowledgement>.Empty),
        ];

        var violation = Assert.Throws<InvariantViolation>(() => Replica.Recover(Node, LogSettings.Default, events));
        Assert.Equal("The log ends with entry -1, and entry 1 was to follow: there would be a gap.", violation.Message);
    }

    [Fact]
    public void A_snapshot_above_what_is_committed_is_refused()
    {
        var replica = Replica.Recover(Node, LogSettings.Default, []).Start(LogWorld.ReplicaId(1)).Next;

        Assert.Throws<InvariantViolation>(() => replica.TakeSnapshot(0, History.Empty));
    }

    [Fact]
    public void A_replica_started_fewer_times_than_its_configuration_says_is_not_the_voter()
    {
        var replica = Replica.Recover(Node, LogSettings.Default, []).Start(LogWorld.ReplicaId(1)).Next;
        var named = new Voter(Node, replica.Id, 5);

        var step = replica.Step(new Prepare(new RequestHeader(Node, First, new ConfigurationVersion(1, 0), named)));

        Assert.Empty(step.Persist);
        Assert.Equal(new Refusal.NotAVoter(LearnerReason.RolledBack), Assert.IsType<Refused>(step.ThenSend[0].Reply).Why);
    }
}
