using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>A place in the path tree that holds references without being an actor, like <c>/temp</c>.</summary>
internal class VirtualPathContainer(IActorRefProvider provider, ActorPath path, IInternalActorRef parent) : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _children = new(StringComparer.Ordinal);

    public override IActorRefProvider Provider { get; } = provider;

    public override IInternalActorRef Parent { get; } = parent;

    public override ActorPath Path { get; } = path;

    public bool HasChildren => !_children.IsEmpty;

    public void AddChild(string name, IInternalActorRef actor) => _children[name] = actor;

    public void RemoveChild(string name) => _children.TryRemove(name, out _);

    public bool TryGetChild(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IInternalActorRef? child) => _children.TryGetValue(name, out child);

    public void ForEachChild(Action<IInternalActorRef> action)
    {
        foreach (var child in _children.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            action(child.Value);
    }

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        if (name.Count == 0)
            return this;
        var rest = name.Skip(1).ToArray();
        if (name[0].Length == 0)
            return GetChild(rest);
        return _children.TryGetValue(name[0], out var child) ? child.GetChild(rest) : ActorRefs.Nobody;
    }
}
