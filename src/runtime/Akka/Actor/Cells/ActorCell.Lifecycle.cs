using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <content>Creation and end.</content>
public partial class ActorCell
{
    /// <summary>True while the actor is ending, and after.</summary>
    protected bool IsTerminating => ChildrenState.IsTerminating;

    internal TimerScheduler? Timers { get; private set; }

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
