using System.Runtime.ExceptionServices;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <content>Creation, failure, suspension, restart and end.</content>
public partial class ActorCell
{
    // Who brought this cell to a stop: itself, or the child whose failure it escalates; null when it has not failed.
    private IActorRef? _perpetrator;

    /// <summary>True while the actor is neither restarting nor ending.</summary>
    protected bool IsNormal => ChildrenState.IsNormal;

    /// <summary>True while the actor is ending, and after.</summary>
    protected bool IsTerminating => ChildrenState.IsTerminating;

    internal TimerScheduler? Timers { get; private set; }

    /// <summary>How many waits of asynchronous handlers hold the mailbox; these suspensions are no failures.</summary>
    internal int AwaitedTasks { get; set; }

    private int FaultSuspendCount => Mailbox.SuspendCount - AwaitedTasks;

    private bool IsSuspendedByFailure => FaultSuspendCount > 0;

    /// <summary>Makes the instance of the actor.</summary>
    protected virtual ActorBase CreateNewActorInstance() => Props.NewActor();

    private ActorBase NewActor()
    {
        _behavior = null;
        _lowerBehaviors = null;
        var instance = CreateNewActorInstance();
        instance.SupervisorStrategyOfProps = Props.SupervisorStrategy;
        if (instance is IActorStash stashing)
            stashing.Stash = StashFactory.CreateStash(this, stashing);
        if (instance is IWithTimers timing)
            timing.Timers = Timers = new TimerScheduler(this);
        (instance as IInitializableActor)?.Init();
        _behavior ??= instance.ReceiveDelegate;
        return instance;
    }

    private void Create(ActorInitializationException? failure)
    {
        if (failure is not null)
            throw failure;
        try
        {
            _actor = NewActor();
            _actor.AroundPreStart();
            PublishLifecycle("Started");
        }
        catch (Exception cause)
        {
            if (_actor is not null)
                ClearActor();
            throw new ActorInitializationException(_self, "Exception during creation", cause);
        }

        CheckReceiveTimeout();
    }

    private void Supervised(IActorRef child)
    {
        if (IsTerminating)
            return;
        if (InitChild((IInternalActorRef)child) is not null)
            PublishLifecycle("now supervising", child);
    }

    private void FaultSuspend()
    {
        SuspendNonRecursive();
        SuspendChildren();
    }

    private void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            FaultCreate();
            return;
        }

        var perpetrator = _perpetrator;
        try
        {
            ResumeNonRecursive();
        }
        finally
        {
            if (causedByFailure is not null)
                _perpetrator = null;
        }

        foreach (var child in GetChildren())
            child.Resume(child.Equals(perpetrator) ? causedByFailure : null);
    }

    private void FaultCreate()
    {
        CancelReceiveTimeout();
        foreach (var child in GetChildren())
            Stop(child);
        if (!SetChildrenTerminationReason(SuspendReason.Creation.Instance))
            FinishCreate();
    }

    private void FinishCreate()
    {
        try
        {
            ResumeNonRecursive();
        }
        finally
        {
            _perpetrator = null;
        }

        try
        {
            Create(null);
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            // It never came to life, so there is nothing to restart: it is created.
            FaultCreate();
            return;
        }

        if (!IsNormal)
        {
            // It is restarting or ending already: this only takes back the suspension that came with it.
            FaultResume(null);
            return;
        }

        var failed = _actor;
        PublishLifecycle("restarting");
        var message = _currentMessage;
        try
        {
            failed.AroundPreRestart(cause, message!);
        }
        catch (Exception hookFailure)
        {
            Publish(new Error(
                new PreRestartException(_self, hookFailure, cause, message), _self.Path.ToString(), failed.GetType(), hookFailure.Message));
        }

        UnstashAll(failed);
        ClearActor();
        // Kept until the new instance stands, so that a failure in between is not taken for one of creation.
        _actor = failed;
        if (!SetChildrenTerminationReason(new SuspendReason.Recreation(cause)))
            FinishRecreate(cause);
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = GetChildren().ToArray();
        try
        {
            try
            {
                ResumeNonRecursive();
            }
            finally
            {
                _perpetrator = null;
            }

            _actor = null;
            _actor = NewActor();
            _actor.AroundPostRestart(cause, null!);
            PublishLifecycle("restarted");
            foreach (var child in survivors)
            {
                try
                {
                    child.Restart(cause);
                }
                catch (Exception failure)
                {
                    Publish(new Error(failure, _self.Path.ToString(), _actor.GetType(), $"restarting {child}"));
                }
            }

            CheckReceiveTimeout();
        }
        catch (Exception failure)
        {
            if (_actor is not null)
                ClearActor();
            HandleInvokeFailure(new PostRestartException(_self, failure, cause), survivors);
        }
    }

    private void Terminate()
    {
        SetReceiveTimeout(null);
        CancelReceiveTimeout();
        UnwatchWatchedActors();
        foreach (var child in GetChildren())
            Stop(child);
        var wasTerminating = IsTerminating;
        if (SetChildrenTerminationReason(SuspendReason.Termination.Instance))
        {
            if (wasTerminating)
                return;
            // No more messages while the children end.
            SuspendNonRecursive();
            _perpetrator = _self;
            PublishLifecycle("stopping");
            return;
        }

        SetTerminated();
        FinishTerminate();
    }

    private void FinishTerminate()
    {
        var actor = _actor;
        try
        {
            // An instance that a restart has parted with has had its hooks.
            if (actor is { IsCleared: false })
                actor.AroundPostStop();
        }
        catch (Exception failure)
        {
            Publish(new Error(failure, _self.Path.ToString(), actor!.GetType(), failure.Message));
        }
        finally
        {
            UnstashAll(actor);
            Dispatcher.Detach(this);
            Parent.SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true, addressTerminated: false));
            TellWatchersWeDied();
            UnwatchWatchedActors();
            PublishLifecycle("stopped");
            ClearActor();
            CancelReceiveTimeout();
        }
    }

    /// <summary>The actor failed while it handled a message: it waits for the judgement of its supervisor.</summary>
    internal void HandleInvokeFailure(Exception cause, params IInternalActorRef[] childrenNotToSuspend)
    {
        try
        {
            if (_perpetrator is not null)
                return;
            SuspendNonRecursive();
            var spared = new HashSet<IActorRef>(childrenNotToSuspend);
            if (_currentMessage is Failed failed)
            {
                _perpetrator = failed.Child;
                spared.Add(failed.Child);
            }
            else
            {
                _perpetrator = _self;
            }

            SuspendChildren(spared);
            Parent.SendSystemMessage(new Failed(_self, cause, _self.Path.Uid));
        }
        catch (Exception failure)
        {
            // Not even the failure could be handled: what remains is to end.
            Publish(new Error(failure, _self.Path.ToString(), _actor?.GetType() ?? GetType(),
                $"emergency stop: exception in failure handling for {cause.GetType()} {cause}"));
            foreach (var child in GetChildren())
                Stop(child);
            SetTerminated();
            FinishTerminate();
        }
    }

    private void HandleFailed(Failed failed)
    {
        SetCurrent(failed, failed.Child);
        if (!ChildrenState.TryGetByRef(failed.Child, out var stats) || stats.Uid != failed.Uid)
        {
            Publish(new Debug(_self.Path.ToString(), _actor?.GetType() ?? GetType(), $"dropping Failed({failed.Cause}) from {failed.Child}, which is no child of this incarnation"));
            return;
        }

        var strategy = _actor!.SupervisorStrategyInternal;
        if (!strategy.HandleFailure(this, failed.Child, failed.Cause, stats, ChildrenState.Stats.ToArray()))
            ExceptionDispatchInfo.Throw(failed.Cause);
        SetCurrent(null, null);
    }

    private void HandleChildTerminated(IActorRef child)
    {
        var goesOn = RemoveChildAndGetStateChange(child);
        if (_actor is not null)
        {
            try
            {
                _actor.SupervisorStrategyInternal.HandleChildTerminated(this, child, GetChildren());
            }
            catch (Exception failure)
            {
                Publish(new Error(failure, _self.Path.ToString(), _actor.GetType(), "HandleChildTerminated failed"));
                HandleInvokeFailure(failure);
            }
        }

        switch (goesOn)
        {
            case SuspendReason.Recreation recreation:
                FinishRecreate(recreation.Cause);
                break;
            case SuspendReason.Creation:
                FinishCreate();
                break;
            case SuspendReason.Termination:
                FinishTerminate();
                break;
        }
    }

    private void SuspendNonRecursive() => Dispatcher.Suspend(this);

    private void ResumeNonRecursive() => Dispatcher.Resume(this);

    private void SuspendChildren(ISet<IActorRef>? except = null)
    {
        foreach (var child in GetChildren())
        {
            if (except is null || !except.Contains(child))
                child.Suspend();
        }
    }

    private void UnstashAll(ActorBase? actor)
    {
        if (actor is not IActorStash { Stash: { } stash })
            return;
        try
        {
            stash.UnstashAll();
        }
        catch (Exception failure)
        {
            Publish(new Error(failure, _self.Path.ToString(), actor.GetType(), "Stashed messages could not be put back and are lost."));
        }
    }

    /// <summary>Parts with the instance.</summary>
    private void ClearActor()
    {
        var actor = _actor;
        _actor = null;
        _currentMessage = null;
        Timers?.CancelAll();
        Timers = null;
        _behavior = null;
        _lowerBehaviors = null;
        if (actor is null || actor.IsCleared)
            return;
        try
        {
            Props.Release(actor);
        }
        catch (Exception failure)
        {
            Publish(new Error(failure, _self.Path.ToString(), actor.GetType(), "An error occurred while the actor was disposed."));
        }

        actor.Clear(SystemImpl.DeadLetters);
    }
}
