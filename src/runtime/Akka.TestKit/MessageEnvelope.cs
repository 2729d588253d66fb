using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message that reached a test actor, and who sent it.</summary>
public abstract class MessageEnvelope
{
    /// <summary>The message.</summary>
    public abstract object? Message { get; }

    /// <summary>Who sent it.</summary>
    public abstract IActorRef Sender { get; }
}

/// <summary>The envelope of a message that arrived.</summary>
public class RealMessageEnvelope : MessageEnvelope
{
    /// <summary>Pairs a message with its sender.</summary>
    public RealMessageEnvelope(object message, IActorRef sender)
    {
        Message = message;
        Sender = sender;
    }

    /// <inheritdoc/>
    public override object Message { get; }

    /// <inheritdoc/>
    public override IActorRef Sender { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<{Message}> from {(Sender.IsNobody() ? "nobody" : Sender)}";
}

/// <summary>Stands for "nothing arrived".</summary>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    /// <summary>The one instance.</summary>
    public static readonly NullMessageEnvelope Instance = new();

    private NullMessageEnvelope()
    {
    }

    /// <summary>Always null.</summary>
    public override object? Message => null;

    /// <summary>There is no sender to ask for.</summary>
    /// <exception cref="IllegalActorStateException">Always.</exception>
    public override IActorRef Sender => throw new IllegalActorStateException("There is no last sender: no message has been received yet, or the last wait ended without one.");

    /// <inheritdoc/>
    public override string ToString() => "<no message>";
}
