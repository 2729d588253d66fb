namespace Akka.Cluster.Tools.Client;

// What users send to a client.
public sealed partial class ClusterClient
{
    /// <summary>Delivers a message to one of the services that are registered with a path.</summary>
    public sealed class Send : IClusterClientProtocolMessage, IEquatable<Send>
    {
        /// <summary>Says what goes where.</summary>
        /// <param name="path">The path without address, such as <c>/user/gateway</c>.</param>
        /// <param name="message">The message.</param>
        /// <param name="localAffinity">Whether the service on the receptionist's own node is preferred.</param>
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

        /// <summary>Whether the service on the receptionist's own node is preferred.</summary>
        public bool LocalAffinity { get; }

        /// <inheritdoc/>
        public bool Equals(Send? other) => other is not null && Path == other.Path && LocalAffinity == other.LocalAffinity && Equals(Message, other.Message);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => Equals(obj as Send);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Path, Message, LocalAffinity);
    }

    /// <summary>Delivers a message to all services that are registered with a path.</summary>
    public sealed class SendToAll : IClusterClientProtocolMessage, IEquatable<SendToAll>
    {
        /// <summary>Says what goes where.</summary>
        /// <param name="path">The path without address, such as <c>/user/gateway</c>.</param>
        /// <param name="message">The message.</param>
        public SendToAll(string path, object message)
        {
            Path = path;
            Message = message;
        }

        /// <summary>The path without address.</summary>
        public string Path { get; }

        /// <summary>The message.</summary>
        public object Message { get; }

        /// <inheritdoc/>
        public bool Equals(SendToAll? other) => other is not null && Path == other.Path && Equals(Message, other.Message);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => Equals(obj as SendToAll);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Path, Message);
    }

    /// <summary>Delivers a message to all subscribers of a topic.</summary>
    public sealed class Publish : IClusterClientProtocolMessage, IEquatable<Publish>
    {
        /// <summary>Says what goes where.</summary>
        /// <param name="topic">The topic.</param>
        /// <param name="message">The message.</param>
        public Publish(string topic, object message)
        {
            Topic = topic;
            Message = message;
        }

        /// <summary>The topic.</summary>
        public string Topic { get; }

        /// <summary>The message.</summary>
        public object Message { get; }

        /// <inheritdoc/>
        public bool Equals(Publish? other) => other is not null && Topic == other.Topic && Equals(Message, other.Message);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => Equals(obj as Publish);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Topic, Message);
    }
}
