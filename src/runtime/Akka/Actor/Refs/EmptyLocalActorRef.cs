using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The reference of an actor that is not there: messages become dead letters, watchers hear of its absence.</summary>
public class EmptyLocalActorRef : MinimalActorRef
{
    private readonly EventStream _eventStream;

    /// <summary>Makes the reference.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="path">The path where nothing is.</param>
    /// <param name="eventStream">Where dead letters are published.</param>
    public EmptyLocalActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
    {
        Provider = provider;
        Path = path;
        _eventStream = eventStream;
    }

    /// <inheritdoc/>
    public override ActorPath Path { get; }

    /// <inheritdoc/>
    public override IActorRefProvider Provider { get; }

    /// <inheritdoc/>
    public override bool IsTerminated => true;

    /// <inheritdoc/>
    public override void SendSystemMessage(ISystemMessage message) => SpecialHandle(message, Provider.DeadLetters);

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is DeadLetter dead)
            SpecialHandle(dead.Message, dead.Sender);
        else if (!SpecialHandle(message, sender))
            _eventStream.Publish(new DeadLetter(message, sender ?? Provider.DeadLetters, this));
    }

    /// <summary>Answers what has an answer even without an actor.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">Its sender.</param>
    /// <returns>Whether the message needs no dead letter.</returns>
    protected virtual bool SpecialHandle(object message, IActorRef sender)
    {
        switch (message)
        {
            case Watch watch:
                if (Equals(watch.Watchee) && !Equals(watch.Watcher))
                    watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));
                return true;
            case Unwatch:
                return true;
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, null), this);
                return true;
            case ActorSelectionMessage { Message: Identify selected } selection:
                // One answer for a name; a pattern that matches nothing is answered by nobody.
                if (!selection.WildCardFanOut)
                    sender?.Tell(new ActorIdentity(selected.MessageId, null), this);
                return true;
            case ActorSelectionMessage { Message: IDeadLetterSuppression suppressed }:
                Suppress(suppressed, sender);
                return true;
            case ActorSelectionMessage selection:
                if (!selection.WildCardFanOut)
                    _eventStream.Publish(new DeadLetter(selection.Message, sender ?? Provider.DeadLetters, this));
                return true;
            case IDeadLetterSuppression suppressed:
                Suppress(suppressed, sender);
                return true;
            default:
                return false;
        }
    }

    private void Suppress(IDeadLetterSuppression message, IActorRef sender)
        => _eventStream.Publish(new SuppressedDeadLetter(message, sender ?? Provider.DeadLetters, this));
}

/// <summary>Where messages go that have no receiver: it publishes them as <see cref="DeadLetter"/>.</summary>
public class DeadLetterActorRef : EmptyLocalActorRef
{
    private readonly EventStream _eventStream;

    /// <summary>Makes the reference.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="path">Its path.</param>
    /// <param name="eventStream">Where dead letters are published.</param>
    public DeadLetterActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream) : base(provider, path, eventStream)
        => _eventStream = eventStream;

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is DeadLetter dead)
        {
            if (!SpecialHandle(dead.Message, dead.Sender))
                _eventStream.Publish(dead);
        }
        else if (!SpecialHandle(message, sender))
        {
            _eventStream.Publish(new DeadLetter(message, sender ?? this, this));
        }
    }

    /// <inheritdoc/>
    protected override bool SpecialHandle(object message, IActorRef sender)
    {
        if (message is not Watch watch)
            return base.SpecialHandle(message, sender);
        // It got here because the watched actor is gone; dead letters themselves never end.
        if (!Equals(watch.Watchee) && !Equals(watch.Watcher))
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));
        return true;
    }
}

/// <summary>Takes every message and forgets it, without a dead letter.</summary>
internal sealed class IgnoreActorRef(IActorRefProvider provider) : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "ignore")) / "ignore";

    public override IActorRefProvider Provider { get; } = provider;
}
