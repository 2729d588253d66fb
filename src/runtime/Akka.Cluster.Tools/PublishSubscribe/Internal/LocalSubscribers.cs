using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe.Internal;

/// <summary>The subscribers on this node by topic and group, and for how many reasons each actor is watched.</summary>
internal sealed class LocalSubscribers
{
    private readonly Dictionary<ServiceKey, List<IActorRef>> _byKey = [];
    private readonly Dictionary<IActorRef, int> _uses = [];

    public IReadOnlyList<IActorRef> Of(ServiceKey key) => _byKey.TryGetValue(key, out var subscribers) ? subscribers : [];

    public int Count(string topic) => _byKey.Where(s => s.Key.Name == topic).Sum(s => s.Value.Count);

    public IReadOnlyList<ServiceKey> KeysOf(IActorRef subscriber) => [.. _byKey.Where(s => s.Value.Contains(subscriber)).Select(s => s.Key)];

    public bool Add(ServiceKey key, IActorRef subscriber)
    {
        if (!_byKey.TryGetValue(key, out var subscribers)) _byKey.Add(key, subscribers = []);
        if (subscribers.Contains(subscriber)) return false;
        subscribers.Add(subscriber);
        Use(subscriber);
        return true;
    }

    public bool Remove(ServiceKey key, IActorRef subscriber)
    {
        if (!_byKey.TryGetValue(key, out var subscribers) || !subscribers.Remove(subscriber)) return false;
        if (subscribers.Count == 0) _byKey.Remove(key);
        Disuse(subscriber);
        return true;
    }

    public void Use(IActorRef actor) => _uses[actor] = _uses.GetValueOrDefault(actor) + 1;

    public void Disuse(IActorRef actor)
    {
        var uses = _uses.GetValueOrDefault(actor) - 1;
        if (uses > 0)
            _uses[actor] = uses;
        else
            _uses.Remove(actor);
    }

    public bool IsUsed(IActorRef actor) => _uses.ContainsKey(actor);
}
