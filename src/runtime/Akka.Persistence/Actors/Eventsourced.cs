using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>
/// An actor whose state is the sum of its events. A command handler decides and persists events; an event's handler, called when the event is
/// durable, changes the state; after a start the events are replayed through <see cref="ReceiveRecover"/>.
/// </summary>
public abstract partial class Eventsourced : ActorBase, IPersistentIdentity, IPersistenceStash, IPersistenceRecovery
{
    /// <summary>Holds for everything that may stay stashed over a restart: all but what belongs to one incarnation's conversation with journal and store.</summary>
    public static readonly Func<Envelope, bool> UnstashFilterPredicate =
        envelope => envelope.Message is not (WriteMessageSuccess or ReplayedMessage or LoopMessageSuccess or RecoveryTick);

    private static int _lastInstanceId;

    private readonly int _instanceId = Interlocked.Increment(ref _lastInstanceId);
    private readonly IStash _internalStash;
    private CommandStash? _commandStash;
    private ILoggingAdapter? _log;
    private IActorRef? _journal;
    private IActorRef? _snapshotStore;

    /// <summary>Creates the actor; its recovery starts before its first command is handled.</summary>
    protected Eventsourced()
    {
        Extension = Akka.Persistence.Persistence.Instance.Apply(Context.System);
        _writerGuid = Extension.NextWriterGuid();
        // As large as the actor's mailbox allows (stash-capacity); the stash for the actor's own use has no bound.
        _internalStash = StashFactory.CreateStash(Context, typeof(IWithStash));
    }

    /// <summary>The persistence extension of this actor's system.</summary>
    protected PersistenceExtension Extension { get; }

    /// <summary>Where this actor logs.</summary>
    protected virtual ILoggingAdapter Log => _log ??= Context.GetLogger();

    /// <inheritdoc/>
    public abstract string PersistenceId { get; }

    /// <inheritdoc/>
    public virtual Recovery Recovery => Recovery.Default;

    /// <inheritdoc/>
    public virtual IStashOverflowStrategy InternalStashOverflowStrategy => Extension.DefaultInternalStashOverflowStrategy;

    /// <summary>For commands that this actor's own code sets aside. What is unstashed is handled before anything that was sent later.</summary>
    public IStash Stash
    {
        get => _commandStash!;
        // The actor cell puts a stash in as soon as the actor is made.
        set => _commandStash = new CommandStash(value, _internalStash);
    }

    /// <inheritdoc/>
    public string JournalPluginId { get; protected set; } = "";

    /// <inheritdoc/>
    public string SnapshotPluginId { get; protected set; } = "";

    /// <summary>The journal of this actor.</summary>
    public IActorRef Journal => _journal ??= Extension.JournalFor(JournalPluginId);

    /// <summary>The snapshot store of this actor.</summary>
    public IActorRef SnapshotStore => _snapshotStore ??= Extension.SnapshotStoreFor(SnapshotPluginId);

    /// <summary>The id that this actor's snapshots are kept under: its <see cref="PersistenceId"/>.</summary>
    public string SnapshotterId => PersistenceId;

    /// <summary>Whether events are still replayed. False from <see cref="RecoveryCompleted"/> on.</summary>
    public bool IsRecovering => _phase is Phase.WaitingForPermit or Phase.LoadingSnapshot or Phase.Replaying;

    /// <summary>Whether all events were replayed.</summary>
    public bool IsRecoveryFinished => !IsRecovering;

    /// <summary>Sequence number of the last event that was written or replayed; 0 if there is none.</summary>
    public long LastSequenceNr { get; private set; }

    /// <summary>The sequence number that a snapshot taken now has.</summary>
    public long SnapshotSequenceNr => LastSequenceNr;

    /// <summary>Handles a replayed event, a <see cref="SnapshotOffer"/>, or <see cref="RecoveryCompleted"/>. It only changes state; persisting waits for <see cref="RecoveryCompleted"/>.</summary>
    /// <param name="message">What is replayed.</param>
    /// <returns>Whether it was handled.</returns>
    protected abstract bool ReceiveRecover(object message);

    /// <summary>Handles a command.</summary>
    /// <param name="message">The command.</param>
    /// <returns>Whether it was handled.</returns>
    protected abstract bool ReceiveCommand(object message);

    /// <summary>Called when a write failed, or it is not known whether it succeeded. The actor stops afterwards, whatever this does.</summary>
    /// <param name="cause">What went wrong.</param>
    /// <param name="event">The event that was not written.</param>
    /// <param name="sequenceNr">Its sequence number.</param>
    protected virtual void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "{0} could not persist event {1} ({2}) and stops: {3}", PersistenceId, sequenceNr, @event.GetType(), cause.Message);

    /// <summary>Called when a journal refused an event before writing anything. The actor goes on; the event's handler is not called.</summary>
    /// <param name="cause">Why it was refused.</param>
    /// <param name="event">The refused event.</param>
    /// <param name="sequenceNr">Its sequence number, which stays unused.</param>
    protected virtual void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "{0}: the journal refused event {1} ({2}), which is not persisted: {3}", PersistenceId, sequenceNr, @event.GetType(), cause.Message);

    /// <summary>Called when the recovery failed. The actor stops afterwards, whatever this does.</summary>
    /// <param name="reason">What went wrong.</param>
    /// <param name="message">The event or snapshot that could not be handled, if one is to blame.</param>
    protected virtual void OnRecoveryFailure(Exception reason, object? message = null)
    {
        if (message is null)
            Log.Error(reason, "{0} could not recover beyond event {1} and stops: {2}", PersistenceId, LastSequenceNr, reason.Message);
        else
            Log.Error(
                reason, "{0} could not handle {1} in its recovery (event {2}) and stops: {3}", PersistenceId, message.GetType(), LastSequenceNr, reason.Message);
    }

    /// <summary>Called when all events were replayed, before <see cref="RecoveryCompleted"/>.</summary>
    protected virtual void OnReplaySuccess()
    {
    }

    /// <inheritdoc/>
    protected override void Unhandled(object message)
    {
        switch (message)
        {
            case RecoveryCompleted:
                break;
            case SaveSnapshotFailure failure:
                Log.Warning("{0}: the snapshot {1} was not saved: {2}", PersistenceId, failure.Metadata, failure.Cause.Message);
                break;
            case DeleteSnapshotFailure failure:
                Log.Warning("{0}: the snapshot {1} was not deleted: {2}", PersistenceId, failure.Metadata, failure.Cause.Message);
                break;
            case DeleteSnapshotsFailure failure:
                Log.Warning("{0}: the snapshots with {1} were not deleted: {2}", PersistenceId, failure.Criteria, failure.Cause.Message);
                break;
            case DeleteMessagesFailure failure:
                Log.Warning("{0}: the events up to {1} were not deleted: {2}", PersistenceId, failure.ToSequenceNr, failure.Cause.Message);
                break;
            default:
                base.Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => PersistenceId;
}
