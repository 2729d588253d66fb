using Akka.Configuration;

namespace Akka.Persistence.Tests.Specs;

/// <summary>What snapshots do on every snapshot store.</summary>
public abstract class SnapshotSpecs(Config config) : PersistenceSpec(config)
{
    [Fact]
    public void A_recovery_starts_from_the_newest_snapshot_and_replays_what_came_after()
    {
        var ledger = Start();
        Ask(ledger, new Add("a", "b"));
        ExpectAdded("a", "b");
        TakeSnapshotAt(ledger, 2);
        Ask(ledger, new Add("c"));
        ExpectAdded("c");
        TakeSnapshotAt(ledger, 3);
        Ask(ledger, new Add("d"));
        ExpectAdded("d");
        Stop(ledger);

        Sys.ActorOf(Ledger.Props(Id, Observer.Ref));
        ObserveThat(what => what == "offered 3");
        ObserveThat(what => what == "recovered a b c d at 4");
    }

    [Fact]
    public void Events_that_a_snapshot_holds_may_be_deleted()
    {
        var ledger = Start();
        Ask(ledger, new Add("a", "b"));
        ExpectAdded("a", "b");
        TakeSnapshotAt(ledger, 2);
        Ask(ledger, new DeleteEntries(2));
        Observer.ExpectMsg(new DeleteMessagesSuccess(2), Patience);
        Ask(ledger, new Add("c"));
        ExpectAdded("c");
        Stop(ledger);
        Start("a b c at 3", skipOffer: true);
    }

    [Fact]
    public void A_snapshot_that_is_taken_again_at_the_same_event_replaces_the_former()
    {
        var ledger = Start();
        Ask(ledger, new Add("a"));
        ExpectAdded("a");
        TakeSnapshotAt(ledger, 1);
        TakeSnapshotAt(ledger, 1);
        Ask(ledger, new DropSnapshot(1));
        Observer.ExpectMsg<DeleteSnapshotSuccess>(Patience);
        Stop(ledger);
        Start("a at 1");
    }

    [Fact]
    public void A_deleted_snapshot_is_not_offered()
    {
        var ledger = Start();
        Ask(ledger, new Add("a"));
        ExpectAdded("a");
        TakeSnapshotAt(ledger, 1);
        Ask(ledger, new Add("b"));
        ExpectAdded("b");
        TakeSnapshotAt(ledger, 2);
        Ask(ledger, new DropSnapshots(new SnapshotSelectionCriteria(2)));
        Observer.ExpectMsg<DeleteSnapshotsSuccess>(Patience);
        Stop(ledger);
        Start("a b at 2");
    }

    [Fact]
    public void Deleting_snapshots_up_to_a_sequence_number_keeps_the_newer_ones()
    {
        var ledger = Start();
        foreach (var (text, sequenceNr) in new[] { ("a", 1), ("b", 2), ("c", 3) })
        {
            Ask(ledger, new Add(text));
            ExpectAdded(text);
            TakeSnapshotAt(ledger, sequenceNr);
        }

        Ask(ledger, new DropSnapshots(new SnapshotSelectionCriteria(2)));
        Observer.ExpectMsg<DeleteSnapshotsSuccess>(Patience);
        Stop(ledger);
        var again = Sys.ActorOf(Ledger.Props(Id, Observer.Ref, new Recovery(new SnapshotSelectionCriteria(2))));
        ObserveThat(what => what == "recovered a b c at 3");
        Stop(again);
        Sys.ActorOf(Ledger.Props(Id, Observer.Ref));
        ObserveThat(what => what == "offered 3");
        ObserveThat(what => what == "recovered a b c at 3");
    }

    [Fact]
    public void A_recovery_can_start_from_an_older_snapshot_and_from_none()
    {
        var ledger = Start();
        Ask(ledger, new Add("a"));
        ExpectAdded("a");
        TakeSnapshotAt(ledger, 1);
        Ask(ledger, new Add("b"));
        ExpectAdded("b");
        TakeSnapshotAt(ledger, 2);
        Stop(ledger);

        ledger = Sys.ActorOf(Ledger.Props(Id, Observer.Ref, new Recovery(new SnapshotSelectionCriteria(1))));
        ObserveThat(what => what == "offered 1");
        ObserveThat(what => what == "recovered a b at 2");
        Stop(ledger);
        Start("a b at 2", new Recovery(SnapshotSelectionCriteria.None));
    }

    private void TakeSnapshotAt(Actor.IActorRef ledger, long sequenceNr)
    {
        Ask(ledger, new TakeSnapshot());
        Assert.Equal(sequenceNr, Observer.ExpectMsg<SaveSnapshotSuccess>(Patience).Metadata.SequenceNr);
    }
}
