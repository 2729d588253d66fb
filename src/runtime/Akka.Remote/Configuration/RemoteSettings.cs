using Akka.Actor;
using Akka.Configuration;

namespace Akka.Remote;

/// <summary>The settings of <c>akka.remote</c>.</summary>
public class RemoteSettings
{
    private const string WatchDetector = "akka.remote.watch-failure-detector";

    /// <summary>What the protocol of a remote address begins with.</summary>
    public static readonly string AkkaScheme = "akka";

    /// <summary>Reads the settings.</summary>
    /// <param name="config">The whole configuration of the actor system.</param>
    /// <exception cref="ConfigurationException">A value is missing or cannot be read.</exception>
    public RemoteSettings(Config config)
    {
        Config = config;
        LogReceive = config.GetBoolean("akka.remote.log-received-messages");
        LogSend = config.GetBoolean("akka.remote.log-sent-messages");
        UntrustedMode = config.GetBoolean("akka.remote.untrusted-mode");
        TrustedSelectionPaths = [.. config.GetStringList("akka.remote.trusted-selection-paths", [])];
        RemoteLifecycleEventsLogLevel = config.GetString("akka.remote.log-remote-lifecycle-events") is { } level && !IsOn(level) ? level.ToUpperInvariant() : "DEBUG";
        Dispatcher = config.GetString("akka.remote.use-dispatcher") ?? string.Empty;
        FlushWait = config.GetTimeSpan("akka.remote.flush-wait-on-shutdown");
        BackoffPeriod = config.GetTimeSpan("akka.remote.backoff-interval");
        RetryGateClosedFor = config.GetTimeSpan("akka.remote.retry-gate-closed-for");
        UsePassiveConnections = config.GetBoolean("akka.remote.use-passive-connections");
        SysMsgBufferSize = config.GetInt("akka.remote.system-message-buffer-size");
        SysResendLimit = config.GetInt("akka.remote.resend-limit");
        SysResendTimeout = config.GetTimeSpan("akka.remote.resend-interval");
        InitialSysMsgDeliveryTimeout = config.GetTimeSpan("akka.remote.initial-system-message-delivery-timeout");
        QuarantineSilentSystemTimeout = config.GetTimeSpan("akka.remote.quarantine-after-silence");
        QuarantineDuration = config.GetTimeSpan("akka.remote.prune-quarantine-marker-after");
        TransportNames = config.GetStringList("akka.remote.enabled-transports", []);
        Transports = [.. TransportNames.Select(name => new TransportSettings(config.GetConfig(name)
            ?? throw new ConfigurationException($"The transport '{name}' of akka.remote.enabled-transports is not configured.")))];
        WatchFailureDetectorConfig = config.GetConfig(WatchDetector);
        WatchFailureDetectorImplementationClass = config.GetString($"{WatchDetector}.implementation-class");
        WatchHeartBeatInterval = config.GetTimeSpan($"{WatchDetector}.heartbeat-interval");
        WatchUnreachableReaperInterval = config.GetTimeSpan($"{WatchDetector}.unreachable-nodes-reaper-interval");
        WatchHeartbeatExpectedResponseAfter = config.GetTimeSpan($"{WatchDetector}.expected-response-after");

        if (SysMsgBufferSize < 1)
            throw new ConfigurationException($"akka.remote.system-message-buffer-size is {SysMsgBufferSize}; it must be at least 1.");
        if (SysResendLimit < 1)
            throw new ConfigurationException($"akka.remote.resend-limit is {SysResendLimit}; it must be at least 1.");
        if (RetryGateClosedFor < TimeSpan.Zero)
            throw new ConfigurationException("akka.remote.retry-gate-closed-for must not be negative.");
    }

    /// <summary>The whole configuration.</summary>
    public Config Config { get; }

    /// <summary>What may be selected by actors of other systems in untrusted mode, as paths without an address.</summary>
    public HashSet<string> TrustedSelectionPaths { get; set; }

    /// <summary>Messages that could do harm are dropped when they come from other systems.</summary>
    public bool UntrustedMode { get; set; }

    /// <summary>Each message sent is logged.</summary>
    public bool LogSend { get; set; }

    /// <summary>Each message received is logged.</summary>
    public bool LogReceive { get; set; }

    /// <summary>From which level on lifecycle events are logged; OFF: none.</summary>
    public string RemoteLifecycleEventsLogLevel { get; set; }

    /// <summary>The dispatcher of remoting's own actors.</summary>
    public string Dispatcher { get; set; }

    /// <summary>How long what waits may take to be written at the end.</summary>
    public TimeSpan FlushWait { get; set; }

    /// <summary>The configuration paths of the transports.</summary>
    public IList<string> TransportNames { get; set; }

    /// <summary>The transports; the embedded runtime uses the first.</summary>
    public TransportSettings[] Transports { get; set; }

    /// <summary>The first pause before a connection is tried again.</summary>
    public TimeSpan BackoffPeriod { get; set; }

    /// <summary>The largest pause before a connection is tried again.</summary>
    public TimeSpan RetryGateClosedFor { get; set; }

    /// <summary>Connections that others have opened are used to send, too.</summary>
    public bool UsePassiveConnections { get; set; }

    /// <summary>How many system messages may wait for their acknowledgement by one system.</summary>
    public int SysMsgBufferSize { get; set; }

    /// <summary>How many system messages are sent again at once.</summary>
    public int SysResendLimit { get; set; }

    /// <summary>After how long without an acknowledgement system messages are sent again.</summary>
    public TimeSpan SysResendTimeout { get; set; }

    /// <summary>How long the first system message to a system may stay undelivered.</summary>
    public TimeSpan InitialSysMsgDeliveryTimeout { get; set; }

    /// <summary>After how long a silence a system with undelivered system messages is quarantined.</summary>
    public TimeSpan QuarantineSilentSystemTimeout { get; set; }

    /// <summary>How long a quarantine is remembered.</summary>
    public TimeSpan? QuarantineDuration { get; set; }

    /// <summary>The failure detector of remote death watch.</summary>
    public Config WatchFailureDetectorConfig { get; set; }

    /// <summary>The class of that failure detector.</summary>
    public string WatchFailureDetectorImplementationClass { get; set; }

    /// <summary>How often watched systems are sent a heartbeat.</summary>
    public TimeSpan WatchHeartBeatInterval { get; set; }

    /// <summary>How often it is checked which watched systems no longer answer.</summary>
    public TimeSpan WatchUnreachableReaperInterval { get; set; }

    /// <summary>When the first answer to a heartbeat is expected; a system that never answers is found by it.</summary>
    public TimeSpan WatchHeartbeatExpectedResponseAfter { get; set; }

    /// <summary>Puts an actor of remoting on remoting's dispatcher, if one is configured.</summary>
    public Props ConfigureDispatcher(Props props) => string.IsNullOrEmpty(Dispatcher) ? props : props.WithDispatcher(Dispatcher);

    private static bool IsOn(string value) =>
        value.Equals("on", StringComparison.OrdinalIgnoreCase) || value.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Equals("yes", StringComparison.OrdinalIgnoreCase);

    /// <summary>The settings of one transport.</summary>
    public class TransportSettings
    {
        /// <summary>Reads the settings of one transport.</summary>
        /// <param name="config">The block that <c>enabled-transports</c> names.</param>
        public TransportSettings(Config config) => Config = config;

        /// <summary>The block that <c>enabled-transports</c> names.</summary>
        public Config Config { get; set; }
    }
}
