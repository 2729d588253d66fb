using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

public abstract partial class Eventsourced
{
    private Recovery _recovery = Recovery.Default;
    private ICancelable? _recoveryTimer;
    private TimeSpan _recoveryEventTimeout;
    private bool _eventSeenInInterval;
    private bool _holdsPermit;

    private void RequestRecovery()
    {
        _phase = Phase.WaitingForPermit;
        Extension.RecoveryPermitter.Tell(RequestRecoveryPermit.Instance, Self);
    }

    private void StartRecovery()
    {
        _holdsPermit = true;
        _recovery = Recovery;
        _recoveryEventTimeout = Extension.RecoveryEventTimeoutOf(JournalPluginId);
        _phase = Phase.LoadingSnapshot;
        StartRecoveryTimer(snapshot: true);
        LoadSnapshot(SnapshotterId, _recovery.FromSnapshot, _recovery.ToSequenceNr);
    }

    private void StartRecoveryTimer(bool snapshot)
    {
        _recoveryTimer?.Cancel();
        _eventSeenInInterval = false;
        _recoveryTimer = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(
            _recoveryEventTimeout, _recoveryEventTimeout, Self, new RecoveryTick(snapshot) { ActorInstanceId = _instanceId }, Self);
    }

    private void ReceiveWhileLoadingSnapshot(Receive receive, object message)
    {
        switch (message)
        {
            case LoadSnapshotResult result:
                if (result.Snapshot is { } selected)
                {
                    var offer = new SnapshotOffer(selected.Metadata, selected.Snapshot);
                    LastSequenceNr = selected.Metadata.SequenceNr;
                    if (!TryRecover(offer)) return;
                }

                StartReplay(result.ToSequenceNr);
                break;
            case LoadSnapshotFailed failed when Extension.IsSnapshotOptional(SnapshotPluginId):
                Log.Warning("{0}: the snapshot could not be loaded, so all events are replayed: {1}", PersistenceId, failed.Cause.Message);
                StartReplay(_recovery.ToSequenceNr);
                break;
            case LoadSnapshotFailed failed:
                FailRecovery(failed.Cause, null);
                break;
            case RecoveryTick tick:
                if (tick.Snapshot && tick.ActorInstanceId == _instanceId)
                    FailRecovery(
                        new RecoveryTimedOutException(
                            $"{PersistenceId}: the snapshot store did not answer within {_recoveryEventTimeout.TotalSeconds:0.###} s (recovery-event-timeout)."),
                        null);
                break;
            default:
                StashCommand(message);
                break;
        }
    }

    private void StartReplay(long toSequenceNr)
    {
        _phase = Phase.Replaying;
        StartRecoveryTimer(snapshot: false);
        Journal.Tell(
            new ReplayMessages(LastSequenceNr + 1, toSequenceNr, _recovery.ReplayMax, PersistenceId, Self) { ActorInstanceId = _instanceId }, Self);
    }

    private void ReceiveWhileReplaying(Receive receive, object message)
    {
        switch (message)
        {
            case ReplayedMessage replayed:
                if (!IsOfThisRecovery(replayed.ActorInstanceId)) return;
                _eventSeenInInterval = true;
                LastSequenceNr = replayed.Persistent.SequenceNr;
                TryRecover(replayed.Persistent.Payload);
                break;
            case RecoverySuccess success:
                if (IsOfThisRecovery(success.ActorInstanceId)) CompleteRecovery(success.HighestSequenceNr);
                break;
            case ReplayMessagesFailure failure:
                if (IsOfThisRecovery(failure.ActorInstanceId)) FailRecovery(failure.Cause, null);
                break;
            case RecoveryTick tick:
                if (tick.Snapshot || tick.ActorInstanceId != _instanceId) return;
                if (!_eventSeenInInterval)
                    FailRecovery(
                        new RecoveryTimedOutException(
                            $"{PersistenceId}: the journal sent no event after {LastSequenceNr} for {_recoveryEventTimeout.TotalSeconds:0.###} s "
                            + "(recovery-event-timeout)."),
                        null);
                _eventSeenInInterval = false;
                break;
            default:
                StashCommand(message);
                break;
        }
    }

    // An actor that restarted in the midst of its recovery still gets the rest of the former replay.
    private bool IsOfThisRecovery(int actorInstanceId) => actorInstanceId == 0 || actorInstanceId == _instanceId;

    private bool TryRecover(object message)
    {
        try
        {
            base.AroundReceive(RecoveryBehavior, message);
            return true;
        }
        catch (Exception e)
        {
            FailRecovery(e, message);
            return false;
        }
    }

    private bool RecoveryBehavior(object message) => ReceiveRecover(message) || message is SnapshotOffer or RecoveryCompleted;

    private void CompleteRecovery(long highestInJournal)
    {
        _recoveryTimer?.Cancel();
        // A journal that lost events must not make new ones hide below the snapshot.
        var highestSequenceNr = Math.Max(highestInJournal, LastSequenceNr);
        LastSequenceNr = highestSequenceNr;
        _assignedSequenceNr = highestSequenceNr;
        _phase = Phase.Commands;
        ReturnPermit();
        try
        {
            OnReplaySuccess();
            base.AroundReceive(RecoveryBehavior, RecoveryCompleted.Instance);
        }
        finally
        {
            FlushBatch();
            if (_stashingInvocations > 0) _phase = Phase.Persisting;
            else _internalStash.UnstashAll();
        }
    }

    private void FailRecovery(Exception cause, object? message)
    {
        _recoveryTimer?.Cancel();
        ReturnPermit();
        try
        {
            OnRecoveryFailure(cause, message);
        }
        finally
        {
            StopForGood();
        }
    }

    private void ReturnPermit()
    {
        if (!_holdsPermit) return;
        _holdsPermit = false;
        Extension.RecoveryPermitter.Tell(ReturnRecoveryPermit.Instance, Self);
    }
}
