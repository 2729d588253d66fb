using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace Akka.Remote.Associations;

/// <summary>A message that waits for a connection; or the place of a system message among them, by its number.</summary>
internal readonly record struct WaitingMessage(byte[] Frame, object Message, IActorRef? Sender, RemoteActorRef Recipient, ulong SystemMessage);

/// <summary>
/// What was sent while a connection is being opened, in order and bounded. System messages stand in the outbox; here
/// they only keep their place, so that an actor's last words do not arrive after the news of its end.
/// </summary>
internal sealed class WaitingMessages(int maximumCount, int maximumBytes)
{
    private readonly Queue<WaitingMessage> _items = [];
    private long _bytes;

    public int Count => _items.Count;

    /// <summary>The number of the first system message that keeps its place here.</summary>
    public ulong? FirstSystemMessage
    {
        get
        {
            foreach (var item in _items)
            {
                if (item.SystemMessage > 0)
                    return item.SystemMessage;
            }

            return null;
        }
    }

    public bool TryAdd(ReadOnlySpan<byte> frame, object message, IActorRef? sender, RemoteActorRef recipient)
    {
        if (_items.Count >= maximumCount || _bytes + frame.Length > maximumBytes)
            return false;
        _items.Enqueue(new WaitingMessage(frame.ToArray(), message, sender, recipient, 0));
        _bytes += frame.Length;
        return true;
    }

    // Bounded by the outbox.
    public void AddSystemMessage(ulong sequenceNumber) => _items.Enqueue(new WaitingMessage([], null!, null, null!, sequenceNumber));

    public bool TryTake([MaybeNullWhen(false)] out WaitingMessage item)
    {
        if (!_items.TryDequeue(out item))
            return false;
        _bytes -= item.Frame.Length;
        return true;
    }

    /// <summary>Takes all out; those that are messages of users go to the list.</summary>
    public void TakeAll(List<WaitingMessage> users)
    {
        while (TryTake(out var item))
        {
            if (item.SystemMessage == 0)
                users.Add(item);
        }
    }

    public void ForgetSystemMessages()
    {
        for (var left = _items.Count; left > 0; left--)
        {
            var item = _items.Dequeue();
            if (item.SystemMessage == 0)
                _items.Enqueue(item);
        }
    }
}
