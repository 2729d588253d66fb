using System.Globalization;
using Akka.Actor;
using Akka.Embedded;

namespace Akka.Event;

/// <summary>How much a log line matters.</summary>
public enum LogLevel
{
    /// <summary>What only a developer wants to know.</summary>
    DebugLevel,

    /// <summary>What happens in the normal course.</summary>
    InfoLevel,

    /// <summary>What may need attention.</summary>
    WarningLevel,

    /// <summary>What went wrong.</summary>
    ErrorLevel,
}

/// <summary>A log line on its way to the loggers.</summary>
public abstract class LogEvent : INoSerializationVerificationNeeded
{
    /// <summary>Takes time and thread.</summary>
    protected LogEvent()
    {
        Timestamp = RuntimeEnvironment.Ambient.Time.GetUtcNow().UtcDateTime;
        Thread = Thread.CurrentThread;
    }

    /// <summary>What caused it; null if nothing did.</summary>
    public Exception? Cause { get; protected set; }

    /// <summary>When, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>On which thread.</summary>
    public Thread Thread { get; }

    /// <summary>Where it comes from: usually the path of an actor.</summary>
    public string LogSource { get; protected set; } = "";

    /// <summary>The type it comes from.</summary>
    public Type LogClass { get; protected set; } = typeof(object);

    /// <summary>The message: a text, or a <see cref="LogMessage"/> that makes one.</summary>
    public object Message { get; protected set; } = "";

    /// <summary>How much it matters.</summary>
    public abstract LogLevel LogLevel();

    /// <inheritdoc/>
    public override string ToString()
    {
        var level = LogLevel().ToString().Replace("Level", "", StringComparison.Ordinal).ToUpperInvariant();
        var text = string.Create(CultureInfo.InvariantCulture, $"[{level}][{Timestamp:yyyy-MM-ddTHH:mm:ss.fffZ}][Thread {Thread.ManagedThreadId:0000}][{LogSource}] {Message}");
        return Cause is null ? text : $"{text}{Environment.NewLine}Cause: {Cause}";
    }

    internal LogEvent With(Exception? cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
        return this;
    }
}
