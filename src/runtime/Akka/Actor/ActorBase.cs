using Akka.Actor.Internal;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Gives the runtime an actor's context.</summary>
public interface IInternalActor
{
    /// <summary>The context.</summary>
    IActorContext ActorContext { get; }
}

/// <summary>
/// An instance of an actor. It handles one message at a time; a failure is judged by the supervisor, and a restart puts a new instance in its place.
/// </summary>
public abstract class ActorBase : IInternalActor
{
    private readonly ActorCell _cell;
    private IActorRef? _clearedSelf;
    private SupervisorStrategy? _supervisorStrategy;
    private Receive? _receiveDelegate;

    /// <summary>Takes the context from the cell that makes it.</summary>
    /// <exception cref="ActorInitializationException">It was made with <c>new</c> instead of <c>ActorOf</c>.</exception>
    protected ActorBase()
        => _cell = InternalCurrentActorCellKeeper.Current
            ?? throw new ActorInitializationException($"There is no active ActorContext, this is most likely due to use of the 'new' operator to create an actor. Make a [{GetType()}] with ActorOf and Props instead.");

    /// <summary>Who sent the message that is being handled; the dead letters if nobody did.</summary>
    protected IActorRef Sender => _cell.Sender;

    /// <summary>The reference of this actor.</summary>
    protected IActorRef Self => _clearedSelf ?? _cell.Self;

    /// <summary>The context of the actor that runs on this thread.</summary>
    /// <exception cref="NotSupportedException">No actor does.</exception>
    protected static IActorContext Context => CurrentCell;

    /// <summary>A behaviour that handles nothing.</summary>
    protected static Receive EmptyReceive { get; } = static _ => false;

    internal static ActorCell CurrentCell => InternalCurrentActorCellKeeper.Current
        ?? throw new NotSupportedException("There is no active ActorContext: Context can be used only by the actor itself, while it handles a message.");

    internal Receive ReceiveDelegate => _receiveDelegate ??= Receive;

    internal bool IsCleared => _clearedSelf is not null;

    internal SupervisorStrategy? SupervisorStrategyOfProps
    {
        set => _supervisorStrategy = value;
    }

    internal SupervisorStrategy SupervisorStrategyInternal => _supervisorStrategy ??= SupervisorStrategy();

    IActorContext IInternalActor.ActorContext => _cell;

    /// <summary>Called around <see cref="PreStart"/>.</summary>
    public virtual void AroundPreStart() => PreStart();

    /// <summary>Called around <see cref="PreRestart"/>.</summary>
    /// <param name="cause">Why it restarts.</param>
    /// <param name="message">What it was handling; null if nothing.</param>
    public virtual void AroundPreRestart(Exception cause, object message) => PreRestart(cause, message);

    /// <summary>Called around <see cref="PostRestart"/>.</summary>
    /// <param name="cause">Why it restarted.</param>
    /// <param name="message">Not used.</param>
    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    /// <summary>Called around <see cref="PostStop"/>.</summary>
    public virtual void AroundPostStop() => PostStop();

    internal bool InvokeBehavior(Receive receive, object message) => AroundReceive(receive, message);

    internal void Clear(IActorRef self) => _clearedSelf = self;

    /// <summary>Called around the behaviour.</summary>
    /// <param name="receive">The behaviour.</param>
    /// <param name="message">The message.</param>
    /// <returns>Whether it was handled.</returns>
    protected virtual bool AroundReceive(Receive receive, object message)
    {
        var handled = receive(message);
        if (!handled)
            Unhandled(message);
        return handled;
    }

    /// <summary>The first behaviour.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it was handled.</returns>
    protected abstract bool Receive(object message);

    /// <summary>Called for a message that no handler took: publishes an <see cref="UnhandledMessage"/>; for a <see cref="Terminated"/> the actor fails.</summary>
    /// <param name="message">The message.</param>
    /// <exception cref="DeathPactException">The message is a <see cref="Terminated"/>.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        _cell.SystemImpl.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>Replaces the present behaviour.</summary>
    /// <param name="receive">The new one.</param>
    protected void Become(Receive receive) => _cell.Become(receive);

    /// <summary>Puts a behaviour on top of the present one.</summary>
    /// <param name="receive">The new one.</param>
    protected void BecomeStacked(Receive receive) => _cell.BecomeStacked(receive);

    /// <summary>Goes back to the behaviour below the present one.</summary>
    protected void UnbecomeStacked() => _cell.UnbecomeStacked();

    /// <summary>Asks for a <see cref="ReceiveTimeout"/> after every so long without messages.</summary>
    /// <param name="timeout">How long; null for never.</param>
    protected void SetReceiveTimeout(TimeSpan? timeout) => _cell.SetReceiveTimeout(timeout);

    /// <summary>How failures of children are judged; asked once for each instance.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.DefaultStrategy;

    /// <summary>Called before the first message.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>Called on the failed instance before a new one takes its place: stops all children and calls <see cref="PostStop"/>.</summary>
    /// <param name="reason">Why it restarts.</param>
    /// <param name="message">What it was handling; null if nothing.</param>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in _cell.GetChildren())
        {
            _cell.Unwatch(child);
            _cell.Stop(child);
        }

        PostStop();
    }

    /// <summary>Called on the new instance: calls <see cref="PreStart"/>.</summary>
    /// <param name="reason">Why it restarted.</param>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>Called after the last message.</summary>
    protected virtual void PostStop()
    {
    }
}
