using Akka.Actor;

namespace Akka.Event;

/// <summary>Makes logs and names levels.</summary>
public static class Logging
{
    private const string OffLevelName = "OFF";

    /// <summary>A level above all: nothing is written.</summary>
    internal const LogLevel OffLogLevel = (LogLevel)int.MaxValue;

    /// <summary>A log for the actor of that context.</summary>
    /// <param name="context">The context.</param>
    /// <param name="logMessageFormatter">Makes the texts; the system's own if null.</param>
    public static ILoggingAdapter GetLogger(this IActorContext context, ILogMessageFormatter? logMessageFormatter = null)
    {
        var type = (context as ActorCell)?.Props.Type ?? typeof(DummyClassForStringSources);
        return new BusLogging(
            context.System.EventStream, context.Self.Path.ToString(), type, logMessageFormatter ?? context.System.Settings.LogFormatter);
    }

    /// <summary>A log for anything of a system.</summary>
    /// <param name="system">The system.</param>
    /// <param name="logSourceObj">Where the lines come from: a name, a type, an actor or an object.</param>
    /// <param name="logMessageFormatter">Makes the texts; the system's own if null.</param>
    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj, ILogMessageFormatter? logMessageFormatter = null)
    {
        var source = LogSource.Create(logSourceObj, system);
        return new BusLogging(system.EventStream, source.Source, source.Type, logMessageFormatter ?? system.Settings.LogFormatter);
    }

    /// <summary>A log for anything.</summary>
    /// <param name="loggingBus">Where lines are published.</param>
    /// <param name="logSourceObj">Where the lines come from: a name, a type, an actor or an object.</param>
    /// <param name="logMessageFormatter">Makes the texts; the default if null.</param>
    public static ILoggingAdapter GetLogger(LoggingBus loggingBus, object logSourceObj, ILogMessageFormatter? logMessageFormatter = null)
    {
        var source = LogSource.Create(logSourceObj);
        return new BusLogging(loggingBus, source.Source, source.Type, logMessageFormatter ?? DefaultLogMessageFormatter.Instance);
    }

    /// <summary>The level of that name: DEBUG, INFO, WARNING, ERROR or OFF.</summary>
    /// <param name="logLevel">The name.</param>
    /// <exception cref="ArgumentException">There is no such level.</exception>
    public static LogLevel LogLevelFor(string logLevel) => logLevel?.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" or "WARN" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        OffLevelName => OffLogLevel,
        _ => throw new ArgumentException($"Unknown LogLevel: [{logLevel}]; there are DEBUG, INFO, WARNING, ERROR and OFF.", nameof(logLevel)),
    };

    /// <summary>The level of a type of lines.</summary>
    /// <typeparam name="T">The type.</typeparam>
    public static LogLevel LogLevelFor<T>() where T : LogEvent
        => typeof(T) == typeof(Debug) ? LogLevel.DebugLevel
            : typeof(T) == typeof(Info) ? LogLevel.InfoLevel
            : typeof(T) == typeof(Warning) ? LogLevel.WarningLevel
            : typeof(T) == typeof(Error) ? LogLevel.ErrorLevel
            : throw new ArgumentException($"Unknown LogEvent type: [{typeof(T)}]", nameof(T));

    /// <summary>The type of the lines of a level.</summary>
    /// <param name="logLevel">The level.</param>
    public static Type ClassFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => typeof(Debug),
        LogLevel.InfoLevel => typeof(Info),
        LogLevel.WarningLevel => typeof(Warning),
        LogLevel.ErrorLevel => typeof(Error),
        _ => throw new ArgumentException($"Unknown LogLevel: [{logLevel}]", nameof(logLevel)),
    };

    /// <summary>The name of a level.</summary>
    /// <param name="logLevel">The level.</param>
    public static string StringFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => "DEBUG",
        LogLevel.InfoLevel => "INFO",
        LogLevel.WarningLevel => "WARNING",
        LogLevel.ErrorLevel => "ERROR",
        OffLogLevel => OffLevelName,
        _ => throw new ArgumentException($"Unknown LogLevel: [{logLevel}]", nameof(logLevel)),
    };

    /// <summary>The name of an object's type without its namespace.</summary>
    /// <param name="o">The object.</param>
    public static string SimpleName(object o) => SimpleName(o as Type ?? o.GetType());

    /// <summary>The name of a type without its namespace.</summary>
    /// <param name="t">The type.</param>
    public static string SimpleName(Type t) => t.Name;
}

/// <summary>The type of log lines whose source is only a name.</summary>
public class DummyClassForStringSources
{
}

/// <summary>Where log lines come from.</summary>
public readonly struct LogSource
{
    private LogSource(string source, Type type)
    {
        Source = source;
        Type = type;
    }

    /// <summary>The name.</summary>
    public string Source { get; }

    /// <summary>The type.</summary>
    public Type Type { get; }

    /// <summary>The source that an object is.</summary>
    /// <param name="o">A name, a type, an actor or an object.</param>
    public static LogSource Create(object o) => o switch
    {
        IActorContext context => new LogSource(context.Self.Path.ToString(), SourceType(context)),
        IActorRef actor => new LogSource(actor.Path.ToString(), typeof(ActorBase)),
        string name => new LogSource(name, typeof(DummyClassForStringSources)),
        Type type => new LogSource(Logging.SimpleName(type), type),
        ActorSystem system => new LogSource($"ActorSystem({system.Name})", typeof(ActorSystem)),
        IInternalActor { ActorContext: { } context } actor => new LogSource(context.Self.Path.ToString(), actor.GetType()),
        _ => new LogSource(Logging.SimpleName(o), o.GetType()),
    };

    /// <summary>The source that an object of a system is.</summary>
    /// <param name="o">A name, a type, an actor or an object.</param>
    /// <param name="system">The system.</param>
    public static LogSource Create(object o, ActorSystem system) => o switch
    {
        string or System.Type => new LogSource($"{Create(o).Source}({system.Name})", Create(o).Type),
        _ => Create(o),
    };

    /// <summary>A source with a name and a type.</summary>
    /// <param name="source">The name.</param>
    /// <param name="t">The type.</param>
    public static LogSource Create(string source, Type t) => new(source, t);

    /// <summary>The type of the lines that come from an object.</summary>
    /// <param name="o">The object.</param>
    public static Type SourceType(object o) => o switch
    {
        System.Type type => type,
        ActorCell cell => cell.Props.Type,
        IActorContext context => context.Props.Type,
        string => typeof(DummyClassForStringSources),
        _ => o.GetType(),
    };
}
