using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <content>How messages reach the behaviour.</content>
public partial class ActorCell
{
    private Stack<Receive>? _lowerBehaviors;
    private Receive? _behavior;
    private SystemMessage? _systemStash;

    /// <summary>Handles one message of the mailbox.</summary>
    /// <param name="envelope">The message with its sender.</param>
    public void Invoke(Envelope envelope)
    {
        var message = envelope.Message;
        _currentMessage = message;
        _currentSender = envelope.Sender;
        CurrentEnvelopeId++;
        try
        {
            if (message is IAutoReceivedMessage)
                AutoReceiveMessage(envelope);
            else
                ReceiveMessage(message);
            _currentMessage = null;
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }

        if (_receiveTimeout is not null)
            CheckReceiveTimeout(message is not INotInfluenceReceiveTimeout);
    }

    /// <summary>Handles a message at once, on the calling thread, and lets failures out.</summary>
    /// <param name="envelope">The message with its sender.</param>
    public void ReceiveMessageForTest(Envelope envelope)
    {
        UseThreadContext(() =>
        {
            (_currentMessage, _currentSender) = (envelope.Message, envelope.Sender);
            ReceiveMessage(envelope.Message);
        });
    }

    /// <inheritdoc/>
    public void Become(Receive receive)
    {
        ArgumentNullException.ThrowIfNull(receive);
        _behavior = receive;
    }

    /// <inheritdoc/>
    public void BecomeStacked(Receive receive)
    {
        ArgumentNullException.ThrowIfNull(receive);
        // The behaviour that an actor sets in its constructor has nothing below it.
        if (_behavior is not null)
            (_lowerBehaviors ??= new Stack<Receive>()).Push(_behavior);
        _behavior = receive;
    }

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(Handling(receive));

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(Handling(receive));

    /// <inheritdoc/>
    public void UnbecomeStacked()
    {
        if (_lowerBehaviors is { Count: > 0 })
            _behavior = _lowerBehaviors.Pop();
        else if (_actor is not null)
            _behavior = _actor.ReceiveDelegate;
    }

    /// <summary>Handles a message that is not for the behaviour alone.</summary>
    /// <param name="envelope">The message with its sender.</param>
    protected virtual void AutoReceiveMessage(Envelope envelope)
    {
        switch (envelope.Message)
        {
            case Terminated terminated:
                ReceivedTerminated(terminated);
                break;
            case TimerMessage timer:
                if (Timers?.Intercept(timer) is { } message)
                {
                    _currentMessage = message;
                    if (message is IAutoReceivedMessage)
                        AutoReceiveMessage(new Envelope(message, envelope.Sender));
                    else
                        ReceiveMessage(message);
                }

                break;
            case AddressTerminated address:
                AddressTerminated(address.Address);
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case PoisonPill:
                _self.Stop();
                break;
            case ActorSelectionMessage selection:
                Akka.Actor.ActorSelection.DeliverSelection(_self, _currentSender!, selection);
                break;
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            default:
                ReceiveMessage(envelope.Message);
                break;
        }
    }

    /// <summary>Gives a message to the behaviour.</summary>
    /// <param name="message">The message.</param>
    protected virtual void ReceiveMessage(object message) => _actor!.InvokeBehavior(_behavior!, message);

    /// <summary>Handles one message of the mailbox that is for the cell.</summary>
    internal void SystemInvoke(SystemMessage message)
    {
        if (ShouldStash(message))
        {
            Stash(message);
            return;
        }

        SystemInvokeGuarded(message);
        // What was put aside in one state is taken up, oldest first, as soon as the state allows it.
        var progressed = true;
        while (progressed && _systemStash is not null)
        {
            progressed = false;
            foreach (var waiting in UnstashSystem())
            {
                if (Mailbox.IsClosed)
                {
                    SystemImpl.Mailboxes.DeadLetterMailbox.SystemEnqueue(_self, waiting);
                }
                else if (ShouldStash(waiting))
                {
                    Stash(waiting);
                }
                else
                {
                    SystemInvokeGuarded(waiting);
                    progressed = true;
                }
            }
        }
    }

    private void SystemInvokeGuarded(SystemMessage message)
    {
        try
        {
            SystemInvokeOne(message);
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }
    }

    private void SystemInvokeOne(SystemMessage message)
    {
        switch (message)
        {
            case ActorTask task:
                TaskScheduler.Run(task.Task);
                break;
            case Failed failed:
                HandleFailed(failed);
                break;
            case DeathWatchNotification notice:
                WatchedActorTerminated(notice.Actor, notice.ExistenceConfirmed, notice.AddressTerminated);
                break;
            case Create create:
                Create(create.Failure);
                break;
            case Watch watch:
                AddWatcher(watch.Watchee, watch.Watcher);
                break;
            case Unwatch unwatch:
                RemWatcher(unwatch.Watchee, unwatch.Watcher);
                break;
            case Recreate recreate:
                FaultRecreate(recreate.Cause);
                break;
            case Akka.Dispatch.SysMsg.Suspend:
                FaultSuspend();
                break;
            case Resume resume:
                FaultResume(resume.CausedByFailure);
                break;
            case Akka.Dispatch.SysMsg.Terminate:
                Terminate();
                break;
            case Supervise supervise:
                Supervised(supervise.Child);
                break;
        }
    }

    private bool ShouldStash(SystemMessage message)
    {
        if (ChildrenState.IsWaitingForChildren)
            return message.StashWhenWaitingForChildren;
        // A handler that awaits is still handling its message: its instance is not replaced in the middle of it.
        return message is Recreate ? AwaitedTasks > 0 : IsSuspendedByFailure && message.StashWhenFailed;
    }

    /// <summary>Puts a message for the cell aside until its state allows it.</summary>
    /// <param name="message">The message.</param>
    protected void Stash(SystemMessage message)
    {
        message.Next = _systemStash;
        _systemStash = message;
    }

    /// <summary>Takes back all that was put aside, oldest first.</summary>
    private List<SystemMessage> UnstashSystem()
    {
        SystemMessage? oldest = null;
        for (var message = _systemStash; message is not null;)
        {
            var next = message.Next;
            message.Next = oldest;
            oldest = message;
            message = next;
        }

        _systemStash = null;
        var result = new List<SystemMessage>();
        for (var message = oldest; message is not null;)
        {
            var next = message.Next;
            message.Unlink();
            result.Add(message);
            message = next;
        }

        return result;
    }

    private static Receive Handling(UntypedReceive receive)
    {
        ArgumentNullException.ThrowIfNull(receive);
        return message =>
        {
            receive(message);
            return true;
        };
    }
}
