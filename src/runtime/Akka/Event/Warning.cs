namespace Akka.Event;

/// <summary>What may need attention.</summary>
public class Warning : LogEvent
{
    /// <summary>Makes the line.</summary>
    /// <param name="logSource">Where it comes from.</param>
    /// <param name="logClass">The type it comes from.</param>
    /// <param name="message">The message.</param>
    public Warning(string logSource, Type logClass, object message) : this(null, logSource, logClass, message)
    {
    }

    /// <summary>Makes the line.</summary>
    /// <param name="cause">What caused it; null if nothing did.</param>
    /// <param name="logSource">Where it comes from.</param>
    /// <param name="logClass">The type it comes from.</param>
    /// <param name="message">The message.</param>
    public Warning(Exception? cause, string logSource, Type logClass, object message) => With(cause, logSource, logClass, message);

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}
