namespace Akka.Persistence;

/// <summary>A journal or snapshot store did not answer a recovering actor within <c>recovery-event-timeout</c>.</summary>
public sealed class RecoveryTimedOutException : AkkaException
{
    /// <summary>Creates the exception without a message.</summary>
    public RecoveryTimedOutException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was waited for, and how long.</param>
    /// <param name="cause">What led to it, if known.</param>
    public RecoveryTimedOutException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
