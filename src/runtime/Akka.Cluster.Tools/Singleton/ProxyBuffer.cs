using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Keeps messages until it is known where to send them; the oldest ones go if there are too many.</summary>
internal sealed class ProxyBuffer(int size, EventStream events, IActorRef owner)
{
    private readonly Queue<(object Message, IActorRef Sender)> _kept = new();

    public void Keep(object message, IActorRef sender)
    {
        if (size == 0)
        {
            Drop(message, sender, "It is not known where the singleton is, and nothing is kept (buffer-size = 0)");
            return;
        }

        if (_kept.Count == size)
        {
            var (oldest, from) = _kept.Dequeue();
            Drop(oldest, from, $"It is not known where the singleton is, and {size} messages are kept already (buffer-size)");
        }

        _kept.Enqueue((message, sender));
    }

    public void SendAll(IActorRef to)
    {
        while (_kept.TryDequeue(out var kept)) to.Tell(kept.Message, kept.Sender);
    }

    public void DropAll(string reason)
    {
        while (_kept.TryDequeue(out var kept)) Drop(kept.Message, kept.Sender, reason);
    }

    private void Drop(object message, IActorRef sender, string reason) => events.Publish(new Dropped(message, reason, sender, owner));
}
