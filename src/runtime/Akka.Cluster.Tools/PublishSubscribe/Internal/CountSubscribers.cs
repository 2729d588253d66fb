namespace Akka.Cluster.Tools.PublishSubscribe.Internal;

/// <summary>Asks a mediator how many actors of its own node subscribe to a topic, groups included. Answered with an <see cref="int"/>.</summary>
public sealed class CountSubscribers
{
    /// <summary>Names the topic.</summary>
    /// <param name="topic">The topic.</param>
    public CountSubscribers(string topic) => Topic = topic;

    /// <summary>The topic.</summary>
    public string Topic { get; }
}
