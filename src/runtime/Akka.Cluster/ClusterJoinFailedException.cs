using System.Runtime.Serialization;

namespace Akka.Cluster;

/// <summary>A node did not become a member in time, or its cluster extension ended first.</summary>
public class ClusterJoinFailedException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened.</param>
    public ClusterJoinFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception from serialized data.</summary>
    /// <param name="info">The data.</param>
    /// <param name="context">Where the data comes from.</param>
#pragma warning disable SYSLIB0051 // part of the published API
    protected ClusterJoinFailedException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
#pragma warning restore SYSLIB0051
}
