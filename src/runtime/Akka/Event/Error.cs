namespace Akka.Event;

/// <summary>What went wrong.</summary>
public class Error : LogEvent
{
    /// <summary>Makes the line.</summary>
    /// <param name="cause">What caused it; null if nothing did.</param>
    /// <param name="logSource">Where it comes from.</param>
    /// <param name="logClass">The type it comes from.</param>
    /// <param name="message">The message.</param>
    public Error(Exception? cause, string logSource, Type logClass, object message) => With(cause, logSource, logClass, message);

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}
