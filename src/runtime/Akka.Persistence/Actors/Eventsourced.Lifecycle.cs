using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Akka.Pattern;

namespace Akka.Persistence;

public abstract partial class Eventsourced
{
    private Phase _phase = Phase.WaitingForPermit;
    private bool _asyncHandlerRunning;
    private bool _asyncHandlerEnded;

    private enum Phase
    {
        WaitingForPermit,
        LoadingSnapshot,
        Replaying,
        Commands,
        Persisting,
        Stopping,
    }

    /// <inheritdoc/>
    public override void AroundPreStart()
    {
        if (string.IsNullOrEmpty(PersistenceId))
            throw new ArgumentNullException(
                nameof(PersistenceId), $"The persistent actor {Self.Path} ({GetType()}) has no PersistenceId; its events need one.");

        WatchPlugins();
        RequestRecovery();
        base.AroundPreStart();
    }

    /// <inheritdoc/>
    public override void AroundPostRestart(Exception reason, object message)
    {
        WatchPlugins();
        RequestRecovery();
        base.AroundPostRestart(reason, message);
    }

    /// <inheritdoc/>
    public override void AroundPreRestart(Exception cause, object message)
    {
        _recoveryTimer?.Cancel();
        try
        {
            Stash.UnstashAll(UnstashFilterPredicate);
            _internalStash.UnstashAll(UnstashFilterPredicate);
        }
        finally
        {
            FlushBatch();
            base.AroundPreRestart(cause, PayloadOf(message));
        }
    }

    /// <inheritdoc/>
    public override void AroundPostStop()
    {
        _recoveryTimer?.Cancel();
        try
        {
            // They go back to the mailbox, and from there to the dead letters.
            Stash.UnstashAll(UnstashFilterPredicate);
            _internalStash.UnstashAll(UnstashFilterPredicate);
        }
        finally
        {
            base.AroundPostStop();
        }
    }

    /// <inheritdoc/>
    protected override bool AroundReceive(Receive receive, object message)
    {
        if (message is Terminated { ActorRef: var plugin } && IsPluginNeeded(plugin))
        {
            FailForLackOf(plugin);
            return true;
        }

        switch (_phase)
        {
            case Phase.WaitingForPermit:
                if (message is RecoveryPermitGranted) StartRecovery();
                else if (!IsLeftover(message)) StashCommand(message);
                break;
            case Phase.LoadingSnapshot:
                if (!IsLeftover(message)) ReceiveWhileLoadingSnapshot(receive, message);
                break;
            case Phase.Replaying:
                if (message is not (LoadSnapshotResult or LoadSnapshotFailed) && !IsWriteResponse(message)) ReceiveWhileReplaying(receive, message);
                break;
            case Phase.Commands:
                if (!ReceiveWriteResponse(message) && !IsLeftover(message)) HandleCommand(receive, message);
                break;
            case Phase.Persisting:
                if (!ReceiveWriteResponse(message) && !IsLeftover(message)) StashCommand(message);
                break;
            case Phase.Stopping:
                // What still arrives before the stop takes effect is dropped into the stash, and so reaches the dead letters.
                if (!IsWriteResponse(message) && !IsLeftover(message)) StashCommand(message);
                break;
        }

        return true;
    }

    /// <summary>Runs an asynchronous handler of a command. No other message is handled until its task has ended.</summary>
    /// <param name="action">The handler.</param>
    protected void RunTask(Func<Task> action)
    {
        if (_asyncHandlerRunning)
            throw new NotSupportedException($"{PersistenceId} started an asynchronous handler within another; one runs at a time.");
        _asyncHandlerRunning = true;
        ActorTaskScheduler.RunTask(async () =>
        {
            var failed = true;
            try
            {
                await action();
                failed = false;
            }
            finally
            {
                _asyncHandlerRunning = false;
                _asyncHandlerEnded = true;
                EndCommand(failed);
            }
        });
    }

    // A plugin that is missing or misspelt fails the start, not the first write; one that ends would leave its actors waiting for ever.
    private void WatchPlugins()
    {
        Context.Watch(Journal);
        Context.Watch(SnapshotStore);
    }

    private bool IsPluginNeeded(IActorRef plugin) =>
        plugin.Equals(Journal) || (plugin.Equals(SnapshotStore) && _phase is Phase.WaitingForPermit or Phase.LoadingSnapshot);

    private void FailForLackOf(IActorRef plugin)
    {
        if (_phase == Phase.Stopping) return;
        var cause = new IllegalStateException($"{plugin.Path.Name} has ended; why, its own log entry says. {PersistenceId} can do nothing without it.");
        if (IsRecovering)
        {
            FailRecovery(cause, null);
        }
        else if (_pendingInvocations.First is { } pending)
        {
            FailWrite(new WriteMessageFailure(new Persistent(pending.Value.Event, LastSequenceNr + 1, PersistenceId), cause, _instanceId));
        }
        else
        {
            Log.Error(cause, cause.Message);
            StopForGood();
        }
    }

    private static bool IsWriteResponse(object message) =>
        message is WriteMessageSuccess or WriteMessageFailure or WriteMessageRejected or LoopMessageSuccess or WriteMessagesSuccessful or WriteMessagesFailed;

    // Answers to questions of a former incarnation, or that came after the question was given up.
    private bool IsLeftover(object message) => message switch
    {
        RecoveryTick or RecoverySuccess or ReplayedMessage or ReplayMessagesFailure or RecoveryPermitGranted => _phase != Phase.LoadingSnapshot || message is not RecoveryTick,
        _ => IsRecovering && IsWriteResponse(message),
    };

    private static object PayloadOf(object message) => message switch
    {
        WriteMessageSuccess success => success.Persistent.Payload,
        LoopMessageSuccess loop => loop.Message,
        ReplayedMessage replayed => replayed.Persistent.Payload,
        _ => message,
    };

    private void HandleCommand(Receive receive, object message)
    {
        _asyncHandlerEnded = false;
        var failed = true;
        try
        {
            base.AroundReceive(receive, message);
            failed = false;
        }
        finally
        {
            // An asynchronous handler ends its command itself.
            if (!_asyncHandlerRunning && !_asyncHandlerEnded) EndCommand(failed);
        }
    }

    private void EndCommand(bool failed)
    {
        FlushBatch();
        ContinueWithCommands(failed);
    }

    /// <summary>Goes on with what waits, one at a time, so that each is handled before anything that was sent later; or waits itself if a write demands it.</summary>
    private void ContinueWithCommands(bool failed)
    {
        if (_phase == Phase.Stopping) return;
        if (_stashingInvocations > 0)
        {
            _phase = Phase.Persisting;
            return;
        }

        _phase = Phase.Commands;
        if (failed) _internalStash.UnstashAll();
        else _internalStash.Unstash();
    }

    private void StashCommand(object message)
    {
        try
        {
            _internalStash.Stash();
        }
        catch (StashOverflowException)
        {
            switch (InternalStashOverflowStrategy)
            {
                case DiscardToDeadLetterStrategy:
                    Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                    break;
                case ReplyToStrategy reply:
                    Sender.Tell(reply.Response, Self);
                    break;
                default:
                    throw;
            }
        }
    }

    private void StopForGood()
    {
        _phase = Phase.Stopping;
        Context.Stop(Self);
    }
}
