using System.Runtime.Serialization;

namespace Akka.Coordination;

/// <summary>An operation on a lease failed; who holds it is not known.</summary>
public class LeaseException : Exception
{
    /// <summary>Says what happened.</summary>
    /// <param name="message">A sentence for the person who reads the log.</param>
    public LeaseException(string message)
        : base(message)
    {
    }

    /// <summary>Says what happened and what caused it.</summary>
    /// <param name="message">A sentence for the person who reads the log.</param>
    /// <param name="innerEx">The cause.</param>
    public LeaseException(string message, Exception innerEx)
        : base(message, innerEx)
    {
    }

#pragma warning disable SYSLIB0051 // The published package has this constructor; nothing here serializes exceptions with a formatter.
    /// <summary>An error that was serialized.</summary>
    /// <param name="info">What was written.</param>
    /// <param name="context">From where.</param>
    protected LeaseException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
#pragma warning restore SYSLIB0051
}
