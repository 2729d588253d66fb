namespace Akka.Event;

/// <summary>What happens in the normal course.</summary>
public class Info : LogEvent
{
    /// <summary>Makes the line.</summary>
    /// <param name="logSource">Where it comes from.</param>
    /// <param name="logClass">The type it comes from.</param>
    /// <param name="message">The message.</param>
    public Info(string logSource, Type logClass, object message) : this(null, logSource, logClass, message)
    {
    }

    /// <summary>Makes the line.</summary>
    /// <param name="cause">What caused it; null if nothing did.</param>
    /// <param name="logSource">Where it comes from.</param>
    /// <param name="logClass">The type it comes from.</param>
    /// <param name="message">The message.</param>
    public Info(Exception? cause, string logSource, Type logClass, object message) => With(cause, logSource, logClass, message);

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}
