using System.Runtime.Serialization;

namespace Akka;

/// <summary>The base of the errors of the actor runtime.</summary>
public abstract class AkkaException : Exception
{
    /// <summary>An error without a message.</summary>
    protected AkkaException()
    {
    }

    /// <summary>An error with a message and what caused it.</summary>
    protected AkkaException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

#pragma warning disable SYSLIB0051 // The published package has this constructor; nothing here serializes exceptions with a formatter.
    /// <summary>An error that was serialized.</summary>
    protected AkkaException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
#pragma warning restore SYSLIB0051

    /// <summary>What caused the error.</summary>
    protected Exception? Cause => InnerException;
}
