using Akka.Actor;

namespace Akka.Persistence;

/// <summary>A persistent actor with one method for commands and one for what is replayed.</summary>
public abstract class UntypedPersistentActor : Eventsourced
{
    /// <summary>The context of the actor that handles a message on this thread.</summary>
    protected static new IUntypedActorContext Context => (IUntypedActorContext)ActorBase.Context;

    /// <summary>Handles a command. Call <see cref="Eventsourced.Unhandled"/> for one that is not known.</summary>
    /// <param name="message">The command.</param>
    protected abstract void OnCommand(object message);

    /// <summary>Handles a replayed event, a <see cref="SnapshotOffer"/>, or <see cref="RecoveryCompleted"/>.</summary>
    /// <param name="message">What is replayed.</param>
    protected abstract void OnRecover(object message);

    /// <inheritdoc/>
    protected override bool Receive(object message) => ReceiveCommand(message);

    /// <inheritdoc/>
    protected sealed override bool ReceiveCommand(object message)
    {
        OnCommand(message);
        return true;
    }

    /// <inheritdoc/>
    protected sealed override bool ReceiveRecover(object message)
    {
        OnRecover(message);
        return true;
    }

    /// <summary>Replaces the handler of commands. What is replayed is not touched.</summary>
    /// <param name="receive">The new handler.</param>
    protected void Become(UntypedReceive receive) => Context.Become(receive);

    /// <summary>Puts a handler of commands above the present one; <see cref="ActorBase.UnbecomeStacked"/> takes it off.</summary>
    /// <param name="receive">The new handler.</param>
    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);
}
