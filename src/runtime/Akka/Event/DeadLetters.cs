using Akka.Actor;

namespace Akka.Event;

/// <summary>A message that does not go to the dead letters; it is published as <see cref="SuppressedDeadLetter"/>.</summary>
public interface IDeadLetterSuppression
{
}

/// <summary>A message that did not reach its receiver.</summary>
public abstract class AllDeadLetters : IWrappedMessage
{
    /// <summary>Describes it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">Its sender.</param>
    /// <param name="recipient">Who should have got it.</param>
    protected AllDeadLetters(object message, IActorRef sender, IActorRef recipient)
    {
        Message = message;
        Sender = sender;
        Recipient = recipient;
    }

    /// <summary>The message.</summary>
    public object Message { get; }

    /// <summary>Who should have got it.</summary>
    public IActorRef Recipient { get; }

    /// <summary>Its sender.</summary>
    public IActorRef Sender { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name} from {Sender} to {Recipient}: <{Message}>";
}

/// <summary>A message whose receiver does not exist any more.</summary>
public sealed class DeadLetter : AllDeadLetters
{
    /// <summary>Describes it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">Its sender.</param>
    /// <param name="recipient">Who should have got it.</param>
    public DeadLetter(object message, IActorRef sender, IActorRef recipient) : base(message, sender, recipient)
    {
    }
}

/// <summary>A message whose receiver does not exist any more, as is usual for its kind.</summary>
public sealed class SuppressedDeadLetter : AllDeadLetters
{
    /// <summary>Describes it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">Its sender.</param>
    /// <param name="recipient">Who should have got it.</param>
    public SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient) : base(message, sender, recipient)
    {
    }
}

/// <summary>A message that was given up on its way, for example because a buffer was full.</summary>
public sealed class Dropped : AllDeadLetters
{
    /// <summary>Describes it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="reason">Why.</param>
    /// <param name="sender">Its sender.</param>
    /// <param name="recipient">Who should have got it.</param>
    public Dropped(object message, string reason, IActorRef sender, IActorRef recipient) : base(message, sender, recipient) => Reason = reason;

    /// <summary>Describes it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="reason">Why.</param>
    /// <param name="recipient">Who should have got it.</param>
    public Dropped(object message, string reason, IActorRef recipient) : this(message, reason, ActorRefs.NoSender, recipient)
    {
    }

    /// <summary>Why.</summary>
    public string Reason { get; }
}

/// <summary>A message that its receiver did not know what to do with.</summary>
public sealed class UnhandledMessage : AllDeadLetters
{
    /// <summary>Describes it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">Its sender.</param>
    /// <param name="recipient">Who got it.</param>
    public UnhandledMessage(object message, IActorRef sender, IActorRef recipient) : base(message, sender, recipient)
    {
    }
}
