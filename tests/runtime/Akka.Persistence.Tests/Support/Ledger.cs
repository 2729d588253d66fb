using Akka.Actor;

namespace Akka.Persistence.Tests;

/// <summary>A persistent actor whose state is the list of its entries, and that tells an observer about its life.</summary>
public class Ledger : UntypedPersistentActor
{
    private readonly IActorRef _observer;
    private readonly Recovery _recovery;
    private readonly List<string> _entries = [];
    private bool _setsAside;

    public Ledger(string persistenceId, IActorRef observer, Recovery? recovery = null)
    {
        PersistenceId = persistenceId;
        _observer = observer;
        _recovery = recovery ?? Recovery.Default;
    }

    public override string PersistenceId { get; }

    public override Recovery Recovery => _recovery;

    public static Props Props(string persistenceId, IActorRef observer, Recovery? recovery = null) =>
        Actor.Props.Create(() => new Ledger(persistenceId, observer, recovery));

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case Entry { Text: "poison" }:
                throw new InvalidOperationException("this entry cannot be read back");
            case Entry entry:
                _entries.Add(entry.Text);
                break;
            case SnapshotOffer { Snapshot: Page page } offer:
                _entries.Clear();
                _entries.AddRange(page.Entries);
                Observe($"offered {offer.Metadata.SequenceNr}");
                break;
            case RecoveryCompleted:
                Observe($"recovered {string.Join(' ', _entries)}".TrimEnd() + $" at {LastSequenceNr}");
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        if (_setsAside && message is not GoOn)
        {
            Stash.Stash();
            return;
        }

        switch (message)
        {
            case Add add:
                foreach (var text in add.Texts) Persist(new Entry(text), Apply);
                break;
            case AddAll add:
                PersistAll(add.Texts.Select(text => new Entry(text)), Apply);
                break;
            case AddAsync add:
                foreach (var text in add.Texts) PersistAsync(new Entry(text), Apply);
                Sender.Tell(new Observed("going on"));
                break;
            case AddAllAsync add:
                PersistAllAsync(add.Texts.Select(text => new Entry(text)), Apply);
                Sender.Tell(new Observed("going on"));
                break;
            case AddNested nested:
                Persist(new Entry(nested.Outer), outer =>
                {
                    Apply(outer);
                    Persist(new Entry(nested.Inner), Apply);
                });
                break;
            case AddThenDefer defer:
                PersistAsync(new Entry(defer.Text), Apply);
                DeferAsync(defer.Note, note => Sender.Tell(new Observed(note)));
                break;
            case AddAfterAwaiting add:
                RunTask(async () =>
                {
                    await add.Awaited;
                    Persist(new Entry(add.Text), Apply);
                });
                break;
            case AddThenThrow add:
                Persist(new Entry(add.Text), Apply);
                throw new InvalidOperationException("the handler fails after it persisted");
            case SetAside:
                _setsAside = true;
                break;
            case GoOn goOn:
                _setsAside = false;
                Persist(new Entry(goOn.Text), entry =>
                {
                    Apply(entry);
                    Stash.UnstashAll();
                });
                break;
            case Read:
                Sender.Tell(new Content([.. _entries], LastSequenceNr));
                break;
            case TakeSnapshot:
                SaveSnapshot(new Page([.. _entries]));
                break;
            case DeleteEntries delete:
                DeleteMessages(delete.ToSequenceNr);
                break;
            case DropSnapshot drop:
                DeleteSnapshot(drop.SequenceNr);
                break;
            case DropSnapshots drop:
                DeleteSnapshots(drop.Criteria);
                break;
            case Crash crash:
                throw new InvalidOperationException(crash.Why);
            case SaveSnapshotSuccess or SaveSnapshotFailure or DeleteMessagesSuccess or DeleteMessagesFailure or DeleteSnapshotSuccess or DeleteSnapshotsSuccess
                or DeleteSnapshotFailure or DeleteSnapshotsFailure:
                _observer.Tell(message);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        Observe($"failed {((Entry)@event).Text}: {cause.Message}");
        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Observe($"rejected {((Entry)@event).Text}: {cause.Message}");
        base.OnPersistRejected(cause, @event, sequenceNr);
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        Observe($"recovery failed: {reason.Message}");
        base.OnRecoveryFailure(reason, message);
    }

    private void Apply(Entry entry)
    {
        _entries.Add(entry.Text);
        Sender.Tell(new Added(entry.Text, LastSequenceNr));
    }

    private void Observe(string what) => _observer.Tell(new Observed(what));
}
