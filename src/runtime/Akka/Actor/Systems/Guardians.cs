using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The root of the actors, and the parent of the actors of users.</summary>
public class GuardianActor : ActorBase, IRequiresMessageQueue<IUnboundedMessageQueueSemantics>
{
    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated:
                Context.Stop(Self);
                return true;
            case StopChild stop:
                Context.Stop(stop.Child);
                return true;
            default:
                Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                return true;
        }
    }
}

/// <summary>The parent of the actors of the runtime. It outlives the actors of users, and lets those who asked for it finish after them.</summary>
public class SystemGuardianActor : ActorBase, IRequiresMessageQueue<IUnboundedMessageQueueSemantics>
{
    private readonly IActorRef _userGuardian;
    private readonly HashSet<IActorRef> _terminationHooks = [];

    /// <summary>Called by the runtime.</summary>
    /// <param name="userGuardian">The parent of the actors of users.</param>
    public SystemGuardianActor(IActorRef userGuardian) => _userGuardian = userGuardian;

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(_userGuardian):
                Context.Become(Terminating);
                foreach (var hook in _terminationHooks)
                    hook.Tell(TerminationHook.Instance, Self);
                StopWhenAllTerminationHooksDone();
                return true;
            case Terminated terminated:
                _terminationHooks.Remove(terminated.ActorRef);
                return true;
            case StopChild stop:
                Context.Stop(stop.Child);
                return true;
            case RegisterTerminationHook when !Sender.Equals(Context.System.DeadLetters):
                _terminationHooks.Add(Sender);
                Context.Watch(Sender);
                return true;
            default:
                Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                return true;
        }
    }

    /// <summary>Its children live on: a restart of the guardian must not end the runtime's own actors.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="message">What it was handling.</param>
    protected override void PreRestart(Exception reason, object message)
    {
    }

    private bool Terminating(object message)
    {
        switch (message)
        {
            case Terminated terminated:
                StopWhenAllTerminationHooksDone(terminated.ActorRef);
                return true;
            case TerminationHookDone:
                StopWhenAllTerminationHooksDone(Sender);
                return true;
            default:
                Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                return true;
        }
    }

    private void StopWhenAllTerminationHooksDone(IActorRef done)
    {
        _terminationHooks.Remove(done);
        StopWhenAllTerminationHooksDone();
    }

    private void StopWhenAllTerminationHooksDone()
    {
        if (_terminationHooks.Count > 0)
            return;
        Context.System.EventStream.StopDefaultLoggers((Internal.ActorSystemImpl)Context.System);
        Context.Stop(Self);
    }
}

/// <summary>Above the root: it judges the root's failure and hears of its end, which is the end of the system.</summary>
public class RootGuardianSupervisor : MinimalActorRef
{
    private readonly TaskCompletionSource<Status> _termination;
    private readonly ILoggingAdapter _log;
    private volatile bool _stopped;

    internal RootGuardianSupervisor(ActorPath root, IActorRefProvider provider, TaskCompletionSource<Status> termination, ILoggingAdapter log)
    {
        Path = root / "_root-guardian-supervisor";
        Provider = provider;
        _termination = termination;
        _log = log;
    }

    /// <summary>Why the system ended by itself; null if it did not.</summary>
    public Exception? CauseOfTermination { get; private set; }

    /// <inheritdoc/>
    public override ActorPath Path { get; }

    /// <inheritdoc/>
    public override IActorRefProvider Provider { get; }

    /// <inheritdoc/>
    public override bool IsTerminated => _stopped;

    /// <inheritdoc/>
    public override void Stop() => _stopped = true;

    /// <inheritdoc/>
    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Failed failed when !_stopped:
                CauseOfTermination = failed.Cause;
                ((IInternalActorRef)failed.Child).Stop();
                break;
            case DeathWatchNotification:
                Stop();
                _termination.TrySetResult(CauseOfTermination is null ? Status.Success.Instance : new Status.Failure(CauseOfTermination));
                break;
            case Supervise or Watch or Unwatch:
                break;
            default:
                if (!_stopped)
                    _log.Error("{0} received unexpected system message [{1}]", Path, message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
        if (!_stopped)
            _log.Error("{0} received unexpected message [{1}]", Path, message);
    }
}
