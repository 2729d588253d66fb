namespace Akka.Actor;

/// <summary>A message with its sender, as it lies in a mailbox.</summary>
public readonly struct Envelope
{
    /// <summary>Makes an envelope; a missing sender becomes the dead letters of the system.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">The sender, or <see cref="ActorRefs.NoSender"/>.</param>
    /// <param name="system">The system.</param>
    public Envelope(object message, IActorRef sender, ActorSystem system) : this(message, sender ?? system.DeadLetters)
    {
    }

    /// <summary>Makes an envelope.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">The sender, or <see cref="ActorRefs.NoSender"/>.</param>
    public Envelope(object message, IActorRef sender)
    {
        Message = message;
        Sender = sender;
    }

    /// <summary>The sender, or <see cref="ActorRefs.NoSender"/>.</summary>
    public IActorRef Sender { get; }

    /// <summary>The message.</summary>
    public object Message { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<{Message ?? "null"}> from {Sender?.ToString() ?? "NoSender"}";
}
