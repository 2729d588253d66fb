using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Event;

/// <summary>Passes events to those who subscribed to their type, or to a type above it; and carries the log.</summary>
public class LoggingBus
{
    private readonly Lock _lock = new();
    private readonly List<(IActorRef Subscriber, Type Channel)> _subscriptions = [];
    private volatile Dictionary<Type, IActorRef[]> _receivers = [];
    private readonly List<IActorRef> _loggers = [];
    private IActorRef? _standardOut;
    private int _loggerNumber;

    /// <summary>From which level on lines are written.</summary>
    public LogLevel LogLevel { get; private set; } = LogLevel.InfoLevel;

    /// <summary>Gives an event to everybody who subscribed to its type.</summary>
    /// <param name="event">The event.</param>
    public virtual void Publish(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        foreach (var receiver in ReceiversOf(@event.GetType()))
            receiver.Tell(@event, ActorCell.GetCurrentSelfOrNoSender());
    }

    /// <summary>Subscribes to a type and all types below it.</summary>
    /// <param name="subscriber">Who gets the events.</param>
    /// <param name="classifier">The type.</param>
    /// <returns>False when nothing changes by it.</returns>
    public virtual bool Subscribe(IActorRef subscriber, Type classifier)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(classifier);
        lock (_lock)
        {
            if (_subscriptions.Contains((subscriber, classifier)))
                return false;
            _subscriptions.Add((subscriber, classifier));
            _receivers = [];
            return true;
        }
    }

    /// <summary>Ends all subscriptions of a subscriber.</summary>
    /// <param name="subscriber">The subscriber.</param>
    /// <returns>Whether it had any.</returns>
    public virtual bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return Remove(subscription => subscription.Subscriber.Equals(subscriber));
    }

    /// <summary>Ends the subscriptions of a subscriber to a type and to all types below it.</summary>
    /// <param name="subscriber">The subscriber.</param>
    /// <param name="classifier">The type.</param>
    /// <returns>Whether it had any.</returns>
    public virtual bool Unsubscribe(IActorRef subscriber, Type classifier)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(classifier);
        return Remove(subscription => classifier.IsAssignableFrom(subscription.Channel) && subscription.Subscriber.Equals(subscriber));
    }

    /// <summary>Changes from which level on lines are written.</summary>
    /// <param name="logLevel">The level.</param>
    public void SetLogLevel(LogLevel logLevel)
    {
        LogLevel = logLevel;
        lock (_lock)
        {
            foreach (var logger in _loggers)
                SubscribeLogger(logger, logLevel);
        }
    }

    /// <summary>Writes to the standard output until the loggers have started.</summary>
    /// <param name="config">The settings.</param>
    public void StartStdoutLogger(Settings config)
    {
        var logger = config.StdoutLogger;
        SubscribeLogger(logger, Logging.LogLevelFor(config.StdoutLogLevel));
        _standardOut = logger;
        LogLevel = Logging.LogLevelFor(config.StdoutLogLevel);
    }

    /// <summary>Starts the loggers that the configuration names.</summary>
    internal void StartDefaultLoggers(ActorSystemImpl system)
    {
        var level = Logging.LogLevelFor(system.Settings.LogLevel);
        var standardOutIsLogger = false;
        var started = new List<Task>();
        foreach (var name in system.Settings.Loggers)
        {
            var type = Util.TypeName.Find(name)
                ?? throw new Configuration.ConfigurationException($"The logger [{name}] in [akka.loggers] cannot be found; write it as \"Namespace.Type, Assembly\".");
            if (typeof(MinimalLogger).IsAssignableFrom(type))
            {
                standardOutIsLogger = true;
                SubscribeLogger(_standardOut ?? system.Settings.StdoutLogger, level);
                continue;
            }

            started.Add(StartLogger(system, type, level));
        }

        LogLevel = level;
        // A simulation has one thread, and whoever waited on it would wait for ever; there the loggers start with the first steps.
        if (!system.Settings.LoggerAsyncStart && !system.Environment.IsDeterministic)
            WaitForLoggers(system, started);
        if (!standardOutIsLogger && _standardOut is not null)
            Unsubscribe(_standardOut);
    }

    /// <summary>Ends the loggers and writes to the standard output again, for what comes at the very end.</summary>
    internal void StopDefaultLoggers(ActorSystemImpl system)
    {
        var level = Logging.LogLevelFor(system.Settings.StdoutLogLevel);
        if (_standardOut is not null)
            SubscribeLogger(_standardOut, level);
        lock (_lock)
        {
            foreach (var logger in _loggers.Where(logger => logger is not MinimalLogger).ToArray())
            {
                Unsubscribe(logger);
                (logger as IInternalActorRef)?.Stop();
            }

            _loggers.Clear();
        }

        LogLevel = level;
    }

    private Task StartLogger(ActorSystemImpl system, Type type, LogLevel level)
    {
        var name = $"log{Interlocked.Increment(ref _loggerNumber)}-{Logging.SimpleName(type)}";
        var logger = system.SystemActorOf(Props.Create(type).WithDispatcher(system.Settings.LoggersDispatcher), name);
        SubscribeLogger(logger, level);
        lock (_lock)
            _loggers.Add(logger);
        return logger.Ask<LoggerInitialized>(new InitializeLogger(this), system.Settings.LoggerStartTimeout);
    }

    private void WaitForLoggers(ActorSystemImpl system, List<Task> started)
    {
        foreach (var start in started)
        {
            try
            {
                // Bounded by the ask's own timeout; system start is not on an actor's thread.
                start.GetAwaiter().GetResult();
            }
            catch (AskTimeoutException)
            {
                Publish(new Warning("LoggingBus", GetType(), $"A logger did not answer within {system.Settings.LoggerStartTimeout} (akka.logger-startup-timeout); lines written until it does may be lost."));
            }
        }
    }

    private void SubscribeLogger(IActorRef logger, LogLevel logLevel)
    {
        foreach (var level in Enum.GetValues<LogLevel>())
        {
            if (level >= logLevel)
                Subscribe(logger, level.ClassFor());
            else
                Unsubscribe(logger, level.ClassFor());
        }
    }

    private bool Remove(Predicate<(IActorRef Subscriber, Type Channel)> which)
    {
        lock (_lock)
        {
            if (_subscriptions.RemoveAll(which) == 0)
                return false;
            _receivers = [];
            return true;
        }
    }

    private IActorRef[] ReceiversOf(Type type)
    {
        if (_receivers.TryGetValue(type, out var receivers))
            return receivers;
        lock (_lock)
        {
            receivers = _subscriptions.Where(subscription => subscription.Channel.IsAssignableFrom(type))
                .Select(subscription => subscription.Subscriber).Distinct().ToArray();
            // Readers take no lock, so the cache is replaced, not changed.
            _receivers = new Dictionary<Type, IActorRef[]>(_receivers) { [type] = receivers };
            return receivers;
        }
    }
}
