using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>What a message queue promises.</summary>
public interface ISemantics
{
}

/// <summary>Takes any number of messages.</summary>
public interface IUnboundedMessageQueueSemantics : ISemantics
{
}

/// <summary>Takes a limited number of messages.</summary>
public interface IBoundedMessageQueueSemantics : ISemantics
{
    /// <summary>How long a sender waits for a place before its message becomes a dead letter.</summary>
    TimeSpan PushTimeOut { get; }
}

/// <summary>Takes messages at the front, too.</summary>
public interface IDequeBasedMessageQueueSemantics : ISemantics
{
    /// <summary>Puts a message in front of all others; called by the owner alone.</summary>
    /// <param name="envelope">The message.</param>
    void EnqueueFirst(Envelope envelope);
}

/// <summary>Takes any number of messages, at the front, too.</summary>
public interface IUnboundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IUnboundedMessageQueueSemantics
{
}

/// <summary>Takes a limited number of messages, at the front, too.</summary>
public interface IBoundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IBoundedMessageQueueSemantics
{
}

/// <summary>Can be read by several at once.</summary>
public interface IMultipleConsumerSemantics : ISemantics
{
}

/// <summary>An actor type that needs a queue with certain promises.</summary>
/// <typeparam name="T">The promises.</typeparam>
public interface IRequiresMessageQueue<T> where T : ISemantics
{
}

/// <summary>A mailbox type whose queue is of a known type.</summary>
/// <typeparam name="TQueue">The type.</typeparam>
public interface IProducesMessageQueue<TQueue> where TQueue : MessageQueues.IMessageQueue
{
}

/// <summary>A mailbox type whose senders may have to wait.</summary>
public interface IProducesPushTimeoutSemanticsMailbox
{
    /// <summary>How long.</summary>
    TimeSpan PushTimeout { get; }
}
