namespace Akka.Event;

/// <summary>What only a developer wants to know.</summary>
public class Debug : LogEvent
{
    /// <summary>Makes the line.</summary>
    /// <param name="logSource">Where it comes from.</param>
    /// <param name="logClass">The type it comes from.</param>
    /// <param name="message">The message.</param>
    public Debug(string logSource, Type logClass, object message) : this(null, logSource, logClass, message)
    {
    }

    /// <summary>Makes the line.</summary>
    /// <param name="cause">What caused it; null if nothing did.</param>
    /// <param name="logSource">Where it comes from.</param>
    /// <param name="logClass">The type it comes from.</param>
    /// <param name="message">The message.</param>
    public Debug(Exception? cause, string logSource, Type logClass, object message) => With(cause, logSource, logClass, message);

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}
