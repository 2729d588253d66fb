namespace Akka.Cluster.Tools.PublishSubscribe.Internal;

/// <summary>What an entry of the registry stands for.</summary>
internal enum ServiceKind
{
    /// <summary>An actor that is registered with its path.</summary>
    Path = 0,

    /// <summary>That a node has subscribers of a topic.</summary>
    Topic = 1,

    /// <summary>That a node has subscribers of a topic that are in a group.</summary>
    Group = 2,
}

/// <summary>Names an entry of the registry.</summary>
internal readonly record struct ServiceKey(ServiceKind Kind, string Name, string Group)
{
    public static ServiceKey OfPath(string path) => new(ServiceKind.Path, path, "");

    public static ServiceKey OfTopic(string topic, string? group) =>
        string.IsNullOrEmpty(group) ? new(ServiceKind.Topic, topic, "") : new(ServiceKind.Group, topic, group);
}
