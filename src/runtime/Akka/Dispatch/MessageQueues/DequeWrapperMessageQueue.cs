using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>Puts a front for unstashed messages before another queue. Only the owner uses the front.</summary>
public class DequeWrapperMessageQueue : IMessageQueue, IDequeBasedMessageQueueSemantics
{
    /// <summary>The queue behind.</summary>
    protected readonly IMessageQueue MessageQueue;

    private readonly Stack<Envelope> _front = new();

    // The front belongs to the owner; others see only how much is in it.
    private int _frontCount;

    /// <summary>Wraps a queue.</summary>
    /// <param name="messageQueue">The queue.</param>
    public DequeWrapperMessageQueue(IMessageQueue messageQueue) => MessageQueue = messageQueue;

    /// <inheritdoc/>
    public bool HasMessages => Volatile.Read(ref _frontCount) > 0 || MessageQueue.HasMessages;

    /// <inheritdoc/>
    public int Count => Volatile.Read(ref _frontCount) + MessageQueue.Count;

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope) => MessageQueue.Enqueue(receiver, envelope);

    /// <inheritdoc/>
    public void EnqueueFirst(Envelope envelope)
    {
        _front.Push(envelope);
        Volatile.Write(ref _frontCount, _front.Count);
    }

    /// <inheritdoc/>
    public bool TryDequeue(out Envelope envelope)
    {
        if (!_front.TryPop(out envelope))
            return MessageQueue.TryDequeue(out envelope);
        Volatile.Write(ref _frontCount, _front.Count);
        return true;
    }

    /// <inheritdoc/>
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }
}

/// <summary>A queue without bound that takes messages at the front, too.</summary>
public class UnboundedDequeMessageQueue : DequeWrapperMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    /// <summary>Makes an empty queue.</summary>
    public UnboundedDequeMessageQueue() : base(new UnboundedMessageQueue())
    {
    }
}

/// <summary>A bounded queue that takes messages at the front, too.</summary>
public class BoundedDequeMessageQueue : DequeWrapperMessageQueue, IBoundedDequeBasedMessageQueueSemantics
{
    /// <summary>Makes an empty queue.</summary>
    /// <param name="boundedCapacity">How many messages it takes.</param>
    /// <param name="pushTimeOut">How long a sender waits for a place.</param>
    public BoundedDequeMessageQueue(int boundedCapacity, TimeSpan pushTimeOut) : base(new BoundedMessageQueue(boundedCapacity, pushTimeOut))
        => PushTimeOut = pushTimeOut;

    /// <inheritdoc/>
    public TimeSpan PushTimeOut { get; }
}
