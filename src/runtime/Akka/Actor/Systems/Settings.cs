using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The settings of a system: what its configuration says, with the defaults of every assembly beneath.</summary>
public class Settings
{
    private readonly Config _userConfig;
    private readonly Lock _injecting = new();
    private Config _fallbackConfig;

    /// <summary>Reads a configuration.</summary>
    /// <param name="system">The system.</param>
    /// <param name="config">The configuration.</param>
    public Settings(ActorSystem system, Config config) : this(system, config, ActorSystemSetup.Empty)
    {
    }

    /// <summary>Reads a configuration.</summary>
    /// <param name="system">The system.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="setup">The programmatic settings.</param>
    /// <exception cref="ConfigurationException">Something in it is wrong.</exception>
    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
        _userConfig = config;
        _fallbackConfig = ConfigurationFactory.Default();
        Config = Rebuild();

        var providerName = Config.GetString("akka.actor.provider", "local");
        ProviderSelectionType = setup.Get<BootstrapSetup>().FlatSelect(static one => one.ActorRefProvider)
            .GetOrElse(null!) ?? ProviderSelection.GetProvider(providerName);
        SupervisorStrategyClass = Config.GetString("akka.actor.guardian-supervisor-strategy");
        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
        SerializeAllMessages = Config.GetBoolean("akka.actor.serialize-messages", false);

        LogLevel = Config.GetString("akka.loglevel", "INFO");
        StdoutLogLevel = Config.GetString("akka.stdout-loglevel", "WARNING");
        Loggers = Config.GetStringList("akka.loggers");
        LoggersDispatcher = Config.GetString("akka.loggers-dispatcher", Dispatch.Dispatchers.DefaultDispatcherId);
        LoggerStartTimeout = Config.GetTimeSpan("akka.logger-startup-timeout", TimeSpan.FromSeconds(5));
        LoggerAsyncStart = Config.GetBoolean("akka.logger-async-start", false);
        LogConfigOnStart = Config.GetBoolean("akka.log-config-on-start", false);
        StdoutLogger = TypeName.Create<MinimalLogger>(Config.GetString("akka.stdout-logger-class", "Akka.Event.StandardOutLogger"), "akka.stdout-logger-class");
        LogFormatter = FormatterFrom(Config.GetString("akka.logger-formatter", ""));
        (LogDeadLetters, LogDeadLettersDuringShutdown) = (DeadLettersFrom(Config.GetString("akka.log-dead-letters", "on")), Config.GetBoolean("akka.log-dead-letters-during-shutdown", false));
        LogDeadLettersSuspendDuration = Config.GetString("akka.log-dead-letters-suspend-duration", "infinite") == "infinite"
            ? Timeout.InfiniteTimeSpan
            : Config.GetTimeSpan("akka.log-dead-letters-suspend-duration", TimeSpan.FromMinutes(5));

        DebugUnhandledMessage = Config.GetBoolean("akka.actor.debug.unhandled", false);
        DebugEventStream = Config.GetBoolean("akka.actor.debug.event-stream", false);
        DebugLifecycle = Config.GetBoolean("akka.actor.debug.lifecycle", false);
        FsmDebugEvent = Config.GetBoolean("akka.actor.debug.fsm", false);

        SchedulerClass = Config.GetString("akka.scheduler.implementation");
        CoordinatedShutdownTerminateActorSystem = Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system", true);
        CoordinatedShutdownRunByActorSystemTerminate = Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate", true);
        if (CoordinatedShutdownRunByActorSystemTerminate && !CoordinatedShutdownTerminateActorSystem)
            throw new ConfigurationException("akka.coordinated-shutdown.run-by-actor-system-terminate=on and akka.coordinated-shutdown.terminate-actor-system=off is not a supported configuration combination.");
    }

    /// <summary>The system.</summary>
    public ActorSystem System { get; }

    /// <summary>The whole configuration.</summary>
    public Config Config { get; private set; }

    /// <summary>The programmatic settings.</summary>
    public ActorSystemSetup Setup { get; }

    /// <summary>Which provider.</summary>
    public ProviderSelection ProviderSelectionType { get; }

    /// <summary>The type of the provider.</summary>
    public string ProviderClass => ProviderSelectionType.Fqn;

    /// <summary>Whether the provider makes the system a cluster member.</summary>
    public bool HasCluster => ProviderSelectionType.HasCluster;

    /// <summary><c>akka.actor.guardian-supervisor-strategy</c>.</summary>
    public string SupervisorStrategyClass { get; }

    /// <summary><c>akka.actor.serialize-messages</c>: every message goes through its serializer, to find those that cannot.</summary>
    public bool SerializeAllMessages { get; }

    /// <summary><c>akka.actor.ask-timeout</c>; infinite unless set.</summary>
    public TimeSpan AskTimeout { get; }

    /// <summary><c>akka.loglevel</c>.</summary>
    public string LogLevel { get; }

    /// <summary><c>akka.stdout-loglevel</c>: for the times before and after the loggers.</summary>
    public string StdoutLogLevel { get; }

    /// <summary>The logger for the times before and after the others.</summary>
    public MinimalLogger StdoutLogger { get; }

    /// <summary><c>akka.loggers</c>: the types of the loggers.</summary>
    public IList<string> Loggers { get; }

    /// <summary><c>akka.loggers-dispatcher</c>.</summary>
    public string LoggersDispatcher { get; }

    /// <summary><c>akka.logger-startup-timeout</c>.</summary>
    public TimeSpan LoggerStartTimeout { get; }

    /// <summary><c>akka.logger-async-start</c>: whether the start of the system does not wait for the loggers.</summary>
    public bool LoggerAsyncStart { get; }

    /// <summary><c>akka.log-config-on-start</c>.</summary>
    public bool LogConfigOnStart { get; }

    /// <summary><c>akka.logger-formatter</c>.</summary>
    public ILogMessageFormatter LogFormatter { get; }

    /// <summary><c>akka.log-dead-letters</c>: how many are logged, 0 for none.</summary>
    public int LogDeadLetters { get; }

    /// <summary><c>akka.log-dead-letters-during-shutdown</c>.</summary>
    public bool LogDeadLettersDuringShutdown { get; }

    /// <summary><c>akka.log-dead-letters-suspend-duration</c>; infinite for ever.</summary>
    public TimeSpan LogDeadLettersSuspendDuration { get; }

    /// <summary><c>akka.actor.debug.unhandled</c>.</summary>
    public bool DebugUnhandledMessage { get; }

    /// <summary><c>akka.actor.debug.event-stream</c>.</summary>
    public bool DebugEventStream { get; }

    /// <summary><c>akka.actor.debug.lifecycle</c>.</summary>
    public bool DebugLifecycle { get; }

    /// <summary><c>akka.actor.debug.fsm</c>.</summary>
    public bool FsmDebugEvent { get; }

    /// <summary><c>akka.scheduler.implementation</c>.</summary>
    public string SchedulerClass { get; }

    /// <summary><c>akka.coordinated-shutdown.terminate-actor-system</c>.</summary>
    public bool CoordinatedShutdownTerminateActorSystem { get; }

    /// <summary><c>akka.coordinated-shutdown.run-by-actor-system-terminate</c>.</summary>
    public bool CoordinatedShutdownRunByActorSystemTerminate { get; }

    /// <summary>Puts the defaults of another assembly beneath what is there.</summary>
    /// <param name="config">The defaults.</param>
    /// <remarks>Extensions are made on whichever thread asks for them first: none may lose the defaults of another.</remarks>
    public void InjectTopLevelFallback(Config config)
    {
        lock (_injecting)
        {
            _fallbackConfig = config.WithFallback(_fallbackConfig);
            Config = Rebuild();
        }
    }

    /// <summary>The whole configuration as a text.</summary>
    public override string ToString() => Config.ToString()!;

    private Config Rebuild() => _userConfig.IsNullOrEmpty() ? _fallbackConfig : _userConfig.WithFallback(_fallbackConfig);

    private static ILogMessageFormatter FormatterFrom(string? name)
        => string.IsNullOrEmpty(name) || TypeName.Find(name) == typeof(DefaultLogMessageFormatter)
            ? DefaultLogMessageFormatter.Instance
            : TypeName.Create<ILogMessageFormatter>(name, "akka.logger-formatter");

    private static int DeadLettersFrom(string? setting) => setting switch
    {
        "on" or "true" or "yes" => int.MaxValue,
        "off" or "false" or "no" => 0,
        _ when int.TryParse(setting, global::System.Globalization.CultureInfo.InvariantCulture, out var count) => count,
        _ => throw new ConfigurationException($"[akka.log-dead-letters] is [{setting}]; expected on, off or a number."),
    };
}
