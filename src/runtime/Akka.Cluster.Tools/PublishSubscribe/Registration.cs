using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>Registers an actor at its mediator: messages can be sent to its path from anywhere in the cluster. It ends with the actor.</summary>
public sealed class Put : IEquatable<Put>
{
    /// <summary>Names the actor.</summary>
    /// <param name="ref">An actor of this system.</param>
    public Put(IActorRef @ref) => Ref = @ref;

    /// <summary>The actor.</summary>
    public IActorRef Ref { get; }

    /// <inheritdoc/>
    public bool Equals(Put? other) => other is not null && Equals(Ref, other.Ref);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Put);

    /// <inheritdoc/>
    public override int GetHashCode() => Ref.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"Put<ref:{Ref}>";
}

/// <summary>Ends a registration made with <see cref="Put"/>.</summary>
public sealed class Remove : IEquatable<Remove>
{
    /// <summary>Names the path.</summary>
    /// <param name="path">The path of the actor without address, such as <c>/user/lrm</c>.</param>
    public Remove(string path) => Path = path;

    /// <summary>The path of the actor without address.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public bool Equals(Remove? other) => other is not null && Path == other.Path;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Remove);

    /// <inheritdoc/>
    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"Remove<path:{Path}>";
}

/// <summary>Subscribes an actor to a topic, perhaps as one of a group. Answered with <see cref="SubscribeAck"/>. It ends with the actor.</summary>
public sealed class Subscribe : IEquatable<Subscribe>
{
    /// <summary>Says who wants what.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="ref">The actor.</param>
    /// <param name="group">The group; one actor of each gets what is published with <c>sendOneMessageToEachGroup</c>.</param>
    /// <exception cref="ArgumentException">The topic is empty.</exception>
    public Subscribe(string topic, IActorRef @ref, string? group = null)
    {
        if (string.IsNullOrEmpty(topic)) throw new ArgumentException("A subscription must name a topic.", nameof(topic));
        Topic = topic;
        Ref = @ref;
        Group = group;
    }

    /// <summary>The topic.</summary>
    public string Topic { get; }

    /// <summary>The group, or null.</summary>
    public string? Group { get; }

    /// <summary>The actor.</summary>
    public IActorRef Ref { get; }

    /// <inheritdoc/>
    public bool Equals(Subscribe? other) => other is not null && Topic == other.Topic && Group == other.Group && Equals(Ref, other.Ref);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Subscribe);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Topic, Group, Ref);

    /// <inheritdoc/>
    public override string ToString() => $"Subscribe<topic:{Topic}, group:{Group}, ref:{Ref}>";
}

/// <summary>A subscription is made; what this mediator hears of from now on is delivered.</summary>
public sealed class SubscribeAck : IEquatable<SubscribeAck>, IDeadLetterSuppression
{
    /// <summary>Answers a subscription.</summary>
    /// <param name="subscribe">The subscription.</param>
    public SubscribeAck(Subscribe subscribe) => Subscribe = subscribe;

    /// <summary>The subscription.</summary>
    public Subscribe Subscribe { get; }

    /// <inheritdoc/>
    public bool Equals(SubscribeAck? other) => other is not null && Subscribe.Equals(other.Subscribe);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SubscribeAck);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(nameof(SubscribeAck), Subscribe);

    /// <inheritdoc/>
    public override string ToString() => $"SubscribeAck<{Subscribe}>";
}

/// <summary>Ends a subscription. Answered with <see cref="UnsubscribeAck"/>.</summary>
public sealed class Unsubscribe : IEquatable<Unsubscribe>
{
    /// <summary>Says who does not want what any more.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="ref">The actor.</param>
    /// <param name="group">The group it subscribed as one of.</param>
    /// <exception cref="ArgumentException">The topic is empty.</exception>
    public Unsubscribe(string topic, IActorRef @ref, string? group = null)
    {
        if (string.IsNullOrEmpty(topic)) throw new ArgumentException("A subscription must name a topic.", nameof(topic));
        Topic = topic;
        Ref = @ref;
        Group = group;
    }

    /// <summary>The topic.</summary>
    public string Topic { get; }

    /// <summary>The group, or null.</summary>
    public string? Group { get; }

    /// <summary>The actor.</summary>
    public IActorRef Ref { get; }

    /// <inheritdoc/>
    public bool Equals(Unsubscribe? other) => other is not null && Topic == other.Topic && Group == other.Group && Equals(Ref, other.Ref);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Unsubscribe);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Topic, Group, Ref);

    /// <inheritdoc/>
    public override string ToString() => $"Unsubscribe<topic:{Topic}, group:{Group}, ref:{Ref}>";
}

/// <summary>A subscription has ended.</summary>
public sealed class UnsubscribeAck : IEquatable<UnsubscribeAck>
{
    /// <summary>Answers the end of a subscription.</summary>
    /// <param name="unsubscribe">What was asked.</param>
    public UnsubscribeAck(Unsubscribe unsubscribe) => Unsubscribe = unsubscribe;

    /// <summary>What was asked.</summary>
    public Unsubscribe Unsubscribe { get; }

    /// <inheritdoc/>
    public bool Equals(UnsubscribeAck? other) => other is not null && Unsubscribe.Equals(other.Unsubscribe);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UnsubscribeAck);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(nameof(UnsubscribeAck), Unsubscribe);

    /// <inheritdoc/>
    public override string ToString() => $"UnsubscribeAck<{Unsubscribe}>";
}
