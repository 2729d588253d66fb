using System.Runtime.Serialization;

namespace Akka.Coordination;

/// <summary>An operation on a lease took longer than <see cref="TimeoutSettings.OperationTimeout"/>; it may or may not have been carried out.</summary>
public sealed class LeaseTimeoutException : LeaseException
{
    /// <summary>Says which operation.</summary>
    /// <param name="message">A sentence for the person who reads the log.</param>
    public LeaseTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>Says which operation and what caused it.</summary>
    /// <param name="message">A sentence for the person who reads the log.</param>
    /// <param name="innerEx">The cause.</param>
    public LeaseTimeoutException(string message, Exception innerEx)
        : base(message, innerEx)
    {
    }

    private LeaseTimeoutException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
