namespace Akka.Event;

/// <summary>Writes to the log; see <see cref="LoggingExtensions"/> for the usual ways.</summary>
public interface ILoggingAdapter
{
    /// <summary>Makes the texts.</summary>
    ILogMessageFormatter Formatter { get; }

    /// <summary>Whether debug lines are written.</summary>
    bool IsDebugEnabled { get; }

    /// <summary>Whether info lines are written.</summary>
    bool IsInfoEnabled { get; }

    /// <summary>Whether warnings are written.</summary>
    bool IsWarningEnabled { get; }

    /// <summary>Whether errors are written.</summary>
    bool IsErrorEnabled { get; }

    /// <summary>Whether lines of a level are written.</summary>
    /// <param name="logLevel">The level.</param>
    bool IsEnabled(LogLevel logLevel);

    /// <summary>Writes a line.</summary>
    /// <param name="logLevel">Its level.</param>
    /// <param name="cause">What caused it; null if nothing did.</param>
    /// <param name="format">The text.</param>
    void Log(LogLevel logLevel, Exception? cause, string format);

    /// <summary>Writes a line.</summary>
    /// <param name="logLevel">Its level.</param>
    /// <param name="cause">What caused it; null if nothing did.</param>
    /// <param name="message">The text in parts.</param>
    void Log(LogLevel logLevel, Exception? cause, LogMessage message);
}

/// <summary>The base of logs: looks at the level first.</summary>
public abstract class LoggingAdapterBase : ILoggingAdapter
{
    /// <summary>Makes the log.</summary>
    /// <param name="logMessageFormatter">Makes the texts.</param>
    protected LoggingAdapterBase(ILogMessageFormatter logMessageFormatter) => Formatter = logMessageFormatter;

    /// <inheritdoc/>
    public ILogMessageFormatter Formatter { get; }

    /// <inheritdoc/>
    public abstract bool IsDebugEnabled { get; }

    /// <inheritdoc/>
    public abstract bool IsErrorEnabled { get; }

    /// <inheritdoc/>
    public abstract bool IsInfoEnabled { get; }

    /// <inheritdoc/>
    public abstract bool IsWarningEnabled { get; }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => IsDebugEnabled,
        LogLevel.InfoLevel => IsInfoEnabled,
        LogLevel.WarningLevel => IsWarningEnabled,
        LogLevel.ErrorLevel => IsErrorEnabled,
        _ => throw new ArgumentOutOfRangeException(nameof(logLevel), logLevel, "There is no such log level."),
    };

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, LogMessage message)
    {
        if (IsEnabled(logLevel))
            NotifyLog(logLevel, message, cause);
    }

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, string format)
    {
        if (IsEnabled(logLevel))
            NotifyLog(logLevel, format, cause);
    }

    /// <summary>Writes a line whose level is on.</summary>
    /// <param name="logLevel">Its level.</param>
    /// <param name="message">The message.</param>
    /// <param name="cause">What caused it; null if nothing did.</param>
    protected abstract void NotifyLog(LogLevel logLevel, object message, Exception? cause = null);
}

/// <summary>A log that goes nowhere.</summary>
public sealed class NoLogger : ILoggingAdapter
{
    /// <summary>The only instance.</summary>
    public static readonly ILoggingAdapter Instance = new NoLogger();

    private NoLogger()
    {
    }

    /// <inheritdoc/>
    public ILogMessageFormatter Formatter => DefaultLogMessageFormatter.Instance;

    /// <inheritdoc/>
    public bool IsDebugEnabled => false;

    /// <inheritdoc/>
    public bool IsInfoEnabled => false;

    /// <inheritdoc/>
    public bool IsWarningEnabled => false;

    /// <inheritdoc/>
    public bool IsErrorEnabled => false;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => false;

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, string format)
    {
    }

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, LogMessage message)
    {
    }
}

/// <summary>A log that publishes its lines on a bus.</summary>
public sealed class BusLogging : LoggingAdapterBase
{
    /// <summary>Makes the log.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="logSource">Where the lines come from.</param>
    /// <param name="logClass">The type they come from.</param>
    /// <param name="logMessageFormatter">Makes the texts.</param>
    public BusLogging(LoggingBus bus, string logSource, Type logClass, ILogMessageFormatter logMessageFormatter) : base(logMessageFormatter)
    {
        Bus = bus;
        LogSource = logSource;
        LogClass = logClass;
    }

    /// <summary>The bus.</summary>
    public LoggingBus Bus { get; }

    /// <summary>The type the lines come from.</summary>
    public Type LogClass { get; }

    /// <summary>Where the lines come from.</summary>
    public string LogSource { get; }

    /// <inheritdoc/>
    public override bool IsDebugEnabled => Bus.LogLevel <= LogLevel.DebugLevel;

    /// <inheritdoc/>
    public override bool IsInfoEnabled => Bus.LogLevel <= LogLevel.InfoLevel;

    /// <inheritdoc/>
    public override bool IsWarningEnabled => Bus.LogLevel <= LogLevel.WarningLevel;

    /// <inheritdoc/>
    public override bool IsErrorEnabled => Bus.LogLevel <= LogLevel.ErrorLevel;

    /// <inheritdoc/>
    protected override void NotifyLog(LogLevel logLevel, object message, Exception? cause = null) => Bus.Publish(logLevel switch
    {
        LogLevel.DebugLevel => new Debug(cause, LogSource, LogClass, message),
        LogLevel.InfoLevel => new Info(cause, LogSource, LogClass, message),
        LogLevel.WarningLevel => new Warning(cause, LogSource, LogClass, message),
        _ => new Error(cause, LogSource, LogClass, message),
    });
}
