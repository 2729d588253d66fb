using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>
/// A linked queue without bound: a sender swaps itself in as the last node with one atomic operation, and the owner needs none at all.
/// </summary>
public class UnboundedMessageQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    private Node _last;
    private Node _first;

    /// <summary>Makes an empty queue.</summary>
    public UnboundedMessageQueue() => _first = _last = new Node(default);

    /// <inheritdoc/>
    public bool HasMessages => Volatile.Read(ref _first.Next) is not null || !ReferenceEquals(_first, Volatile.Read(ref _last));

    /// <inheritdoc/>
    public int Count
    {
        get
        {
            var count = 0;
            for (var node = Volatile.Read(ref _first.Next); node is not null; node = Volatile.Read(ref node.Next))
                count++;
            return count;
        }
    }

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        var node = new Node(envelope);
        var before = Interlocked.Exchange(ref _last, node);
        Volatile.Write(ref before.Next, node);
    }

    /// <inheritdoc/>
    public bool TryDequeue(out Envelope envelope)
    {
        var first = _first;
        var next = Volatile.Read(ref first.Next);
        if (next is null)
        {
            if (ReferenceEquals(first, Volatile.Read(ref _last)))
            {
                envelope = default;
                return false;
            }

            // A sender has swapped itself in and is about to link: its message is there in an instant.
            var spin = default(SpinWait);
            while ((next = Volatile.Read(ref first.Next)) is null)
                spin.SpinOnce();
        }

        envelope = next.Envelope;
        next.Envelope = default;
        _first = next;
        return true;
    }

    /// <inheritdoc/>
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }

    private sealed class Node(Envelope envelope)
    {
        public Envelope Envelope = envelope;
        public Node? Next;
    }
}
