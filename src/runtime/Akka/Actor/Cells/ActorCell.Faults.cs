using System.Runtime.ExceptionServices;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <content>Failure, suspension and restart.</content>
public partial class ActorCell
{
    // Who brought this cell to a stop: itself, or the child whose failure it escalates; null when it has not failed.
    private IActorRef? _perpetrator;

    /// <summary>True while the actor is neither restarting nor ending.</summary>
    protected bool IsNormal => ChildrenState.IsNormal;

    /// <summary>How many waits of asynchronous handlers hold the mailbox; these suspensions are no failures.</summary>
    internal int AwaitedTasks { get; set; }

    private int FaultSuspendCount => Mailbox.SuspendCount - AwaitedTasks;

    private bool IsSuspendedByFailure => FaultSuspendCount > 0;

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
}
