using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Embedded;
using Akka.Event;
using Akka.Remote.Associations;
using Akka.Remote.Embedded;
using Akka.Remote.Network.Tcp;

namespace Akka.Remote;

/// <summary>What carries messages between this actor system and others: the listening port, the connections and the associations.</summary>
internal sealed partial class Remoting
{
    private const string TcpProtocol = "tcp";

    // A peer may claim any address when it introduces itself; what it can make this side remember is bounded.
    private const int MaximumAssociations = 10_000;
    private const int MaximumStrangers = 512;

    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PruneInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HostileLogInterval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Address, Association> _associations = new();
    private readonly Lock _listsLock = new();
    // In the order in which they came, so that a simulation goes through them in the same order every time.
    private ImmutableList<Association> _associationList = [];
    private ImmutableList<RemoteConnection> _connections = [];
    private Action? _drained;
    private readonly TcpSettings _tcp;
    private readonly RuntimeEnvironment _environment;
    private readonly INetwork _network;
    private INetworkListener? _listener;
    private ICancelable? _ticking;
    private volatile bool _shuttingDown;
    private int _strangers;
    private long _lastPruneAt;

    /// <exception cref="ConfigurationException">The configuration cannot be used.</exception>
    public Remoting(ExtendedActorSystem system, RemoteActorRefProvider provider)
    {
        System = system;
        Provider = provider;
        Settings = provider.RemoteSettings;
        ProtocolSettings = new AkkaProtocolSettings(Settings.Config);
        _environment = RuntimeEnvironment.Of(system);
        Time = _environment.Time;
        Log = Logging.GetLogger(system, "remoting");
        if (Settings.Transports is not [var transport, ..])
            throw new ConfigurationException("akka.remote.enabled-transports names no transport.");
        _tcp = new TcpSettings(transport.Config);
        var setup = system.Settings.Setup.Get<RemoteNetworkSetup>();
        if (!setup.HasValue && _environment.IsDeterministic)
            throw new ConfigurationException("A deterministic actor system with remoting needs a simulated network (RemoteNetworkSetup).");
        _network = setup.HasValue ? setup.Value.Network : new TcpNetwork(_tcp, _environment, Log);
        Events = new EventPublisher(system, Log, LoggedFrom(Settings.RemoteLifecycleEventsLogLevel));
        Hostile = new RateLimitedLog(Log, Time, HostileLogInterval);
        Quarantine = new QuarantineRegistry(Time, Settings.QuarantineDuration ?? TimeSpan.MaxValue);
        Outbound = new OutboundMessages(this);
        Inbound = new InboundMessages(this);
    }

    public ExtendedActorSystem System { get; }

    public RemoteActorRefProvider Provider { get; }

    public RemoteSettings Settings { get; }

    public AkkaProtocolSettings ProtocolSettings { get; }

    public TimeProvider Time { get; }

    public ILoggingAdapter Log { get; }

    public EventPublisher Events { get; }

    /// <summary>The log for what strangers can cause.</summary>
    public RateLimitedLog Hostile { get; }

    public RemotingCounters Counters { get; } = new();

    public QuarantineRegistry Quarantine { get; }

    public OutboundMessages Outbound { get; }

    public InboundMessages Inbound { get; }

    public int MaximumFrameBytes => _tcp.MaximumFrameBytes;

    public int SendQueueFrames => _tcp.SendQueueFrames;

    public int SendQueueBytes => _tcp.SendQueueBytes;

    public bool IsShuttingDown => _shuttingDown;

    /// <summary>How many other addresses are known.</summary>
    public int AssociationCount => _associations.Count;

    /// <summary>How many connections stand or are being made.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>The port that is bound here; others may know another one.</summary>
    public int BoundPort => _listener?.Port ?? 0;

    /// <summary>The address under which others reach this system.</summary>
    public Address LocalAddress { get; private set; } = null!;

    /// <summary>The uid of this incarnation.</summary>
    public int LocalUid { get; private set; }

    /// <summary>Binds the port.</summary>
    /// <exception cref="RemoteTransportException">The port cannot be bound.</exception>
    public void Start()
    {
        LocalUid = AddressUidExtension.Uid(System);
        _lastPruneAt = Time.GetTimestamp();
        try
        {
            _listener = _network.Listen(_tcp.BindHostname, _tcp.Port, AcceptStranger);
        }
        catch (RemoteTransportException refused)
        {
            Events.Publish(new RemotingErrorEvent(refused));
            throw;
        }

        var port = _tcp.PublicPort > 0 ? _tcp.PublicPort : _listener.Port;
        LocalAddress = new Address($"{RemoteSettings.AkkaScheme}.{TcpProtocol}", System.Name, _tcp.PublicHostname, port);
        _ticking = System.Scheduler.Advanced.ScheduleRepeatedlyCancelable(TickInterval, TickInterval, Tick);
        Events.Publish(new RemotingListenEvent([LocalAddress]));
    }

    /// <summary>Writes what waits, says goodbye, and closes everything. Calls back once, when all is closed or the time for it is over.</summary>
    public void Shutdown(Action done)
    {
        ImmutableList<RemoteConnection> open;
        lock (_listsLock)
        {
            _shuttingDown = true;
            open = _connections;
            _drained = done;
        }

        _listener?.Close();
        foreach (var connection in open)
        {
            // What was sent just now may still wait for its connection; that one is closed when it has been written.
            if (!connection.IsAwaited)
                connection.Close(Wire.CloseReason.Shutdown);
        }

        System.Scheduler.Advanced.ScheduleOnce(Settings.FlushWait, Drained);
        if (_connections.IsEmpty)
            Drained();
    }

    /// <summary>A message did not leave.</summary>
    public void DeadLetter(object message, IActorRef? sender, RemoteActorRef recipient, NotSent why)
    {
        if (why == NotSent.QueueFull)
        {
            Counters.CountDroppedQueueFull();
            Hostile.Warning("full", $"Messages for {recipient.Path.Address} go to dead letters: it does not take them as fast as they are sent, and its queue is full (akka.remote.dot-netty.tcp.send-queue-size, send-queue-bytes).");
        }
        else
            Counters.CountDroppedNoConnection();

        System.EventStream.Publish(new DeadLetter(message, sender ?? System.DeadLetters, recipient));
    }

    public FailureDetector CreateTransportFailureDetector() =>
        FailureDetectorLoader.Load(ProtocolSettings.TransportFailureDetectorImplementationClass, ProtocolSettings.TransportFailureDetectorConfig, System);

    private static LogLevel? LoggedFrom(string level) => level switch
    {
        "OFF" or "FALSE" or "NO" => null,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" or "WARN" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        _ => LogLevel.DebugLevel,
    };

    private void Drained()
    {
        if (Interlocked.Exchange(ref _drained, null) is not { } done)
            return;
        var left = _connections.Count;
        if (left > 0)
            Log.Warning("{0} connections of remoting did not close within {1} s (akka.remote.flush-wait-on-shutdown).", left, Settings.FlushWait.TotalSeconds);
        foreach (var association in _associationList)
            association.Shutdown();
        _ticking?.Cancel();
        Events.Publish(new RemotingShutdownEvent());
        done();
    }

    private void Tick()
    {
        var now = Time.GetTimestamp();
        foreach (var connection in _connections)
            connection.Tick(now);
        foreach (var association in _associationList)
            association.Tick(now);
        if (Time.GetElapsedTime(_lastPruneAt, now) < PruneInterval)
            return;
        _lastPruneAt = now;
        Quarantine.Prune();
        RetireUnanswered();
    }
}
