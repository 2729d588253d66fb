using System.Runtime.Serialization;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>A hand-over does not come about. The manager fails with this, so that its supervisor starts it anew.</summary>
public sealed class ClusterSingletonManagerIsStuckException : AkkaException
{
    /// <summary>Says what was waited for.</summary>
    /// <param name="message">A sentence for the person who reads the log.</param>
    public ClusterSingletonManagerIsStuckException(string message)
        : base(message)
    {
    }

    /// <summary>An error that was serialized.</summary>
    /// <param name="info">What was written.</param>
    /// <param name="context">From where.</param>
    public ClusterSingletonManagerIsStuckException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
