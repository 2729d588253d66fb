using System.Collections.Immutable;

namespace Akka.Persistence;

public abstract partial class Eventsourced
{
    private readonly string _writerGuid;
    private readonly LinkedList<IPendingHandlerInvocation> _pendingInvocations = new();
    private List<IPersistentEnvelope> _batch = [];
    private bool _isWriteInProgress;
    private long _assignedSequenceNr;
    private int _stashingInvocations;

    /// <summary>Persists an event. Until the handler has run, no other command is handled: they wait in the internal stash.</summary>
    /// <param name="event">The event.</param>
    /// <param name="handler">Called when the event is durable; changes state and answers.</param>
    /// <exception cref="InvalidOperationException">The actor is still recovering.</exception>
    public void Persist<TEvent>(TEvent @event, Action<TEvent> handler)
    {
        DemandRecovered();
        Enlist(@event, handler, stashing: true);
        _batch.Add(new AtomicWrite(Represent(@event)));
    }

    /// <summary>Persists events, all or none. Until the handler has run for each, no other command is handled.</summary>
    /// <param name="events">The events, in order.</param>
    /// <param name="handler">Called for each event when all are durable.</param>
    /// <exception cref="InvalidOperationException">The actor is still recovering.</exception>
    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) => PersistTogether(events, handler, stashing: true);

    /// <summary>Persists an event; commands go on meanwhile.</summary>
    /// <param name="event">The event.</param>
    /// <param name="handler">Called when the event is durable; handlers are called in the order of the events.</param>
    /// <exception cref="InvalidOperationException">The actor is still recovering.</exception>
    public void PersistAsync<TEvent>(TEvent @event, Action<TEvent> handler)
    {
        DemandRecovered();
        Enlist(@event, handler, stashing: false);
        _batch.Add(new AtomicWrite(Represent(@event)));
    }

    /// <summary>Persists events, all or none; commands go on meanwhile.</summary>
    /// <param name="events">The events, in order.</param>
    /// <param name="handler">Called for each event when all are durable.</param>
    /// <exception cref="InvalidOperationException">The actor is still recovering.</exception>
    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) => PersistTogether(events, handler, stashing: false);

    /// <summary>Calls a handler after those of all events that are on their way to the journal; at once if there are none. Nothing is persisted.</summary>
    /// <param name="evt">Passed to the handler.</param>
    /// <param name="handler">Called when its turn comes.</param>
    /// <exception cref="InvalidOperationException">The actor is still recovering.</exception>
    public void DeferAsync<TEvent>(TEvent evt, Action<TEvent> handler)
    {
        DemandRecovered();
        if (_pendingInvocations.Count == 0)
        {
            handler(evt);
            return;
        }

        Enlist(evt, handler, stashing: false);
        _batch.Add(new DeferredEvent(evt!, Sender));
    }

    /// <summary>Deletes this actor's events up to a sequence number; answered by <see cref="DeleteMessagesSuccess"/> or <see cref="DeleteMessagesFailure"/>.</summary>
    /// <param name="toSequenceNr">The last event that goes; <see cref="long.MaxValue"/> means all so far. What a snapshot does not hold is lost.</param>
    public void DeleteMessages(long toSequenceNr)
    {
        if (toSequenceNr == long.MaxValue || toSequenceNr <= LastSequenceNr)
            Journal.Tell(new DeleteMessagesTo(PersistenceId, toSequenceNr, Self), Self);
        else
            Self.Tell(
                new DeleteMessagesFailure(
                    new ArgumentOutOfRangeException(
                        nameof(toSequenceNr), $"{PersistenceId} has events up to {LastSequenceNr}, so those up to {toSequenceNr} cannot be deleted."),
                    toSequenceNr),
                Self);
    }

    private void PersistTogether<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler, bool stashing)
    {
        DemandRecovered();
        ArgumentNullException.ThrowIfNull(events);
        var representations = ImmutableArray.CreateBuilder<IPersistentRepresentation>();
        foreach (var @event in events)
        {
            Enlist(@event, handler, stashing);
            representations.Add(Represent(@event));
        }

        if (representations.Count > 0) _batch.Add(new AtomicWrite(representations.ToImmutable()));
    }

    private void DemandRecovered()
    {
        if (IsRecovering)
            throw new InvalidOperationException($"{PersistenceId} is still recovering. Events can be persisted from RecoveryCompleted on.");
    }

    private void Enlist<TEvent>(TEvent @event, Action<TEvent> handler, bool stashing)
    {
        if (@event is null) throw new ArgumentNullException(nameof(@event), $"{PersistenceId} wants to persist null, which is no event.");
        ArgumentNullException.ThrowIfNull(handler);
        Action<object> invoke = o => handler((TEvent)o);
        if (stashing)
        {
            _stashingInvocations++;
            _pendingInvocations.AddLast(new StashingHandlerInvocation(@event, invoke));
        }
        else
        {
            _pendingInvocations.AddLast(new AsyncHandlerInvocation(@event, invoke));
        }
    }

    private Persistent Represent<TEvent>(TEvent @event) =>
        new(@event!, ++_assignedSequenceNr, PersistenceId, sender: Sender, writerGuid: _writerGuid);

    /// <summary>Hands the collected events to the journal, unless a batch is still on its way: then they go together when it is answered.</summary>
    private void FlushBatch()
    {
        if (_isWriteInProgress || _batch.Count == 0) return;
        Journal.Tell(new WriteMessages(_batch, Self, _instanceId), Self);
        _batch = [];
        _isWriteInProgress = true;
    }

    /// <summary>Handles a journal's answers to writes; true if the message was one.</summary>
    private bool ReceiveWriteResponse(object message)
    {
        switch (message)
        {
            case WriteMessageSuccess success:
                if (success.ActorInstanceId == _instanceId)
                {
                    LastSequenceNr = success.Persistent.SequenceNr;
                    InvokeHandler(success.Persistent.Payload);
                }

                return true;
            case LoopMessageSuccess loop:
                if (loop.ActorInstanceId == _instanceId) InvokeHandler(loop.Message);
                return true;
            case WriteMessageRejected rejected:
                if (rejected.ActorInstanceId == _instanceId)
                {
                    LastSequenceNr = rejected.Persistent.SequenceNr;
                    PopInvocation(failed: false);
                    OnPersistRejected(rejected.Cause, rejected.Persistent.Payload, rejected.Persistent.SequenceNr);
                }

                return true;
            case WriteMessageFailure failure:
                if (failure.ActorInstanceId == _instanceId) FailWrite(failure);
                return true;
            case WriteMessagesSuccessful successful:
                if (successful.ActorInstanceId is not 0 && successful.ActorInstanceId != _instanceId) return true;
                _isWriteInProgress = false;
                FlushBatch();
                return true;
            case WriteMessagesFailed:
                // The failures of the single events follow and stop the actor. What was collected meanwhile must not be written after the gap.
                return true;
            default:
                return false;
        }
    }

    private void FailWrite(WriteMessageFailure failure)
    {
        if (_phase == Phase.Stopping) return;
        try
        {
            OnPersistFailure(failure.Cause, failure.Persistent.Payload, failure.Persistent.SequenceNr);
        }
        finally
        {
            StopForGood();
        }
    }

    private void InvokeHandler(object payload)
    {
        var failed = true;
        try
        {
            _pendingInvocations.First!.Value.Handler(payload);
            failed = false;
        }
        finally
        {
            FlushBatch();
            PopInvocation(failed);
        }
    }

    private void PopInvocation(bool failed)
    {
        var invocation = _pendingInvocations.First!.Value;
        _pendingInvocations.RemoveFirst();
        if (invocation is StashingHandlerInvocation) _stashingInvocations--;
        ContinueWithCommands(failed);
    }
}
