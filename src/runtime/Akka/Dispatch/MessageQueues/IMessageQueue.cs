using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>Holds the messages of one actor: many put in, one takes out.</summary>
public interface IMessageQueue
{
    /// <summary>Whether there are any.</summary>
    bool HasMessages { get; }

    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>Puts a message in.</summary>
    /// <param name="receiver">The owner.</param>
    /// <param name="envelope">The message.</param>
    void Enqueue(IActorRef receiver, Envelope envelope);

    /// <summary>Takes the next message out.</summary>
    /// <param name="envelope">The message.</param>
    /// <returns>Whether there was one.</returns>
    bool TryDequeue(out Envelope envelope);

    /// <summary>Moves all messages to the dead letters, when the owner has ended.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="deadletters">Where they go.</param>
    void CleanUp(IActorRef owner, IMessageQueue deadletters);
}
