using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Sends every message on to the singleton, wherever it runs. While it is not known where that is (it moves, or its member has
/// failed) messages are kept, up to a limit. Delivery is at most once, as ever.
/// </summary>
public sealed class ClusterSingletonProxy : ReceiveActor, IWithTimers
{
    // The singleton is usually there moments after its member has become the oldest, so the first tries come in quick succession.
    private const int FirstTryIsFasterBy = 16;

    private readonly ClusterSingletonProxySettings _settings;
    private readonly Cluster _cluster;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ProxyBuffer _buffer;
    private readonly IReadOnlyList<string> _singletonPath;
    private UniqueAddress? _oldest;
    private IActorRef? _singleton;
    private TimeSpan _pause;

    // Answers to questions asked before the oldest member has changed name a singleton that is about to end.
    private long _search;

    /// <summary>Made by <see cref="Props(string, ClusterSingletonProxySettings)"/>.</summary>
    /// <param name="singletonManagerPath">The path of the managers, such as <c>/user/crm</c>.</param>
    /// <param name="settings">How the proxy does its work.</param>
    public ClusterSingletonProxy(string singletonManagerPath, ClusterSingletonProxySettings settings)
    {
        SingletonConfiguration.Inject(Context.System);
        _settings = settings;
        _cluster = Cluster.Get(Context.System);
        _singletonPath = [.. singletonManagerPath.Split('/', StringSplitOptions.RemoveEmptyEntries), settings.SingletonName];
        _buffer = new ProxyBuffer(settings.BufferSize, Context.System.EventStream, Self);

        Receive<ClusterEvent.CurrentClusterState>(_ => Follow());
        Receive<ClusterEvent.MemberRemoved>(removed => removed.Member.UniqueAddress == _cluster.SelfUniqueAddress, _ => Context.Stop(Self));
        Receive<ClusterEvent.IMemberEvent>(_ => Follow());
        Receive<Look>(_ => LookForSingleton());
        Receive<ActorIdentity>(OnIdentity, identity => identity.MessageId is string id && id.StartsWith(IdentityPrefix, StringComparison.Ordinal));
        Receive<Terminated>(OnTerminated);
        ReceiveAny(Send);
    }

    /// <summary>The timers; set by the runtime.</summary>
    ITimerScheduler IWithTimers.Timers { get; set; } = null!;

    private ITimerScheduler Timers => ((IWithTimers)this).Timers;

    private string IdentityPrefix => $"singleton-{_settings.SingletonName}-";

    private string CurrentIdentity => $"{IdentityPrefix}{_search}";

    /// <summary>The defaults, <c>akka.cluster.singleton</c> and <c>akka.cluster.singleton-proxy</c>.</summary>
    public static Config DefaultConfig() => SingletonConfiguration.Defaults();

    /// <summary>How to make the proxy of a singleton.</summary>
    /// <param name="singletonManagerPath">The path of the managers, without address, such as <c>/user/crm</c>.</param>
    /// <param name="settings">How the proxy does its work.</param>
    public static Props Props(string singletonManagerPath, ClusterSingletonProxySettings settings) =>
        Actor.Props.Create(() => new ClusterSingletonProxy(singletonManagerPath, settings)).WithDeploy(Deploy.Local);

    /// <inheritdoc/>
    protected override void PreStart() => _cluster.Subscribe(Self, ClusterEvent.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent));

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _buffer.DropAll("The proxy of the singleton has stopped");
    }

    private void Follow()
    {
        var oldest = Candidates.Of(_cluster.State, _settings.Role, _settings.ConsiderAppVersion).First?.UniqueAddress;
        if (oldest == _oldest) return;
        _oldest = oldest;
        _log.Debug("The singleton '{0}' is now expected on {1}.", _settings.SingletonName, _oldest?.ToString() ?? "no member");
        Search();
    }

    private void Search()
    {
        Forget();
        _search++;
        if (_oldest is null)
        {
            Timers.Cancel(Look.Instance);
            return;
        }

        _pause = TimeSpan.FromTicks(Math.Max(_settings.SingletonIdentificationInterval.Ticks / FirstTryIsFasterBy, 1));
        LookForSingleton();
    }

    private void LookForSingleton()
    {
        if (_singleton is not null || _oldest is not { } oldest) return;
        Context.ActorSelection(new RootActorPath(oldest.Address) / _singletonPath).Tell(new Identify(CurrentIdentity));
        Timers.StartSingleTimer(Look.Instance, Look.Instance, _pause);
        _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, _settings.SingletonIdentificationInterval.Ticks));
    }

    private void OnIdentity(ActorIdentity identity)
    {
        if (identity.Subject is not { } singleton || _singleton is not null || (string)identity.MessageId != CurrentIdentity) return;
        _log.Info("The singleton '{0}' is at {1}.", _settings.SingletonName, singleton.Path);
        _singleton = Context.Watch(singleton);
        Timers.Cancel(Look.Instance);
        _buffer.SendAll(singleton);
    }

    private void OnTerminated(Terminated terminated)
    {
        // Perhaps it was restarted where it was, or its member cannot be reached for a while: it is looked for until it answers.
        if (terminated.ActorRef.Equals(_singleton)) Search();
    }

    private void Forget()
    {
        if (_singleton is null) return;
        Context.Unwatch(_singleton);
        _singleton = null;
    }

    private void Send(object message)
    {
        if (_singleton is not null)
            _singleton.Forward(message);
        else
            _buffer.Keep(message, Sender);
    }

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }
}
