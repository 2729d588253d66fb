using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Embedded;
using Akka.Event;

namespace Akka.Dispatch.MessageQueues;

/// <summary>A queue with a bound: a sender waits for a place for a while, and then its message becomes a dead letter.</summary>
public class BoundedMessageQueue : IMessageQueue, IBoundedMessageQueueSemantics
{
    private readonly ConcurrentQueue<Envelope> _queue = new();
    private readonly SemaphoreSlim _places;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="boundedCapacity">How many messages it takes.</param>
    /// <param name="pushTimeOut">How long a sender waits for a place; negative for as long as it takes.</param>
    public BoundedMessageQueue(int boundedCapacity, TimeSpan pushTimeOut)
    {
        if (boundedCapacity < 1)
            throw new ArgumentOutOfRangeException(nameof(boundedCapacity), boundedCapacity, "The bounded capacity must be positive.");
        _places = new SemaphoreSlim(boundedCapacity, boundedCapacity);
        PushTimeOut = pushTimeOut;
    }

    /// <inheritdoc/>
    public bool HasMessages => !_queue.IsEmpty;

    /// <inheritdoc/>
    public int Count => _queue.Count;

    /// <inheritdoc/>
    public TimeSpan PushTimeOut { get; set; }

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        // On the one thread of a simulation nobody makes room while the sender waits.
        var patience = RuntimeEnvironment.Ambient.IsDeterministic ? TimeSpan.Zero
            : PushTimeOut < TimeSpan.Zero ? Timeout.InfiniteTimeSpan : PushTimeOut;
        if (_places.Wait(patience))
            _queue.Enqueue(envelope);
        else
            ((IInternalActorRef)receiver).Provider.DeadLetters.Tell(new DeadLetter(envelope.Message, envelope.Sender, receiver), envelope.Sender);
    }

    /// <inheritdoc/>
    public bool TryDequeue(out Envelope envelope)
    {
        if (!_queue.TryDequeue(out envelope))
            return false;
        _places.Release();
        return true;
    }

    /// <inheritdoc/>
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }
}
