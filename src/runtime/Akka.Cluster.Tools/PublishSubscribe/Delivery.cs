using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>A message between mediators, or one that a mediator on another node can be asked to deliver.</summary>
public interface IDistributedPubSubMessage
{
}

/// <summary>Delivers a message to all subscribers of a topic, or to one of each of its groups.</summary>
public sealed class Publish : IDistributedPubSubMessage, IEquatable<Publish>, IWrappedMessage
{
    /// <summary>Says what goes where.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="message">The message.</param>
    /// <param name="sendOneMessageToEachGroup">Whether one actor of each group gets it; otherwise all that are in no group do.</param>
    public Publish(string topic, object message, bool sendOneMessageToEachGroup = false)
    {
        Topic = topic;
        Message = message;
        SendOneMessageToEachGroup = sendOneMessageToEachGroup;
    }

    /// <summary>The topic.</summary>
    public string Topic { get; }

    /// <summary>The message.</summary>
    public object Message { get; }

    /// <summary>Whether one actor of each group gets it; otherwise all that are in no group do.</summary>
    public bool SendOneMessageToEachGroup { get; }

    /// <inheritdoc/>
    public bool Equals(Publish? other) =>
        other is not null && Topic == other.Topic && SendOneMessageToEachGroup == other.SendOneMessageToEachGroup && Equals(Message, other.Message);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Publish);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Topic, Message, SendOneMessageToEachGroup);

    /// <inheritdoc/>
    public override string ToString() => $"Publish<topic:{Topic}, sendOneToEachGroup:{SendOneMessageToEachGroup}, message:{Message}>";
}

/// <summary>Delivers a message to one of the actors that are registered with a path.</summary>
public sealed class Send : IDistributedPubSubMessage, IEquatable<Send>, IWrappedMessage
{
    /// <summary>Says what goes where.</summary>
    /// <param name="path">The path without address, such as <c>/user/lrm</c>.</param>
    /// <param name="message">The message.</param>
    /// <param name="localAffinity">Whether the actor on the mediator's own node is preferred.</param>
    public Send(string path, object message, bool localAffinity = false)
    {
        Path = path;
        Message = message;
        LocalAffinity = localAffinity;
    }

    /// <summary>The path without address.</summary>
    public string Path { get; }

    /// <summary>The message.</summary>
    public object Message { get; }

    /// <summary>Whether the actor on the mediator's own node is preferred.</summary>
    public bool LocalAffinity { get; }

    /// <inheritdoc/>
    public bool Equals(Send? other) => other is not null && Path == other.Path && LocalAffinity == other.LocalAffinity && Equals(Message, other.Message);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Send);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Message, LocalAffinity);

    /// <inheritdoc/>
    public override string ToString() => $"Send<path:{Path}, localAffinity:{LocalAffinity}, message:{Message}>";
}

/// <summary>Delivers a message to all actors that are registered with a path, one on each node.</summary>
public sealed class SendToAll : IDistributedPubSubMessage, IEquatable<SendToAll>, IWrappedMessage
{
    /// <summary>Says what goes where.</summary>
    /// <param name="path">The path without address, such as <c>/user/lrm</c>.</param>
    /// <param name="message">The message.</param>
    /// <param name="excludeSelf">Whether the actor on the mediator's own node is left out.</param>
    public SendToAll(string path, object message, bool excludeSelf = false)
    {
        Path = path;
        Message = message;
        ExcludeSelf = excludeSelf;
    }

    /// <summary>The path without address.</summary>
    public string Path { get; }

    /// <summary>The message.</summary>
    public object Message { get; }

    /// <summary>Whether the actor on the mediator's own node is left out.</summary>
    public bool ExcludeSelf { get; }

    /// <inheritdoc/>
    public bool Equals(SendToAll? other) => other is not null && Path == other.Path && ExcludeSelf == other.ExcludeSelf && Equals(Message, other.Message);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SendToAll);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Message, ExcludeSelf);

    /// <inheritdoc/>
    public override string ToString() => $"SendToAll<path:{Path}, excludeSelf:{ExcludeSelf}, message:{Message}>";
}
