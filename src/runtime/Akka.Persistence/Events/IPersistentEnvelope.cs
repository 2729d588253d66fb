using Akka.Actor;

namespace Akka.Persistence;

/// <summary>A part of a batch for a journal: an atomic write, or a deferred event that is not written.</summary>
public interface IPersistentEnvelope
{
    /// <summary>What it carries.</summary>
    object Payload { get; }

    /// <summary>Who sent the command that led to it.</summary>
    IActorRef Sender { get; }

    /// <summary>Number of events in it.</summary>
    int Size { get; }
}

/// <summary>A deferred event: it only keeps its place among the events that are written.</summary>
internal sealed class DeferredEvent(object payload, IActorRef sender) : IPersistentEnvelope
{
    public object Payload { get; } = payload;

    public IActorRef Sender { get; } = sender;

    public int Size => 1;
}
