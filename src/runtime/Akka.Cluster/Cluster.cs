using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>
/// The cluster extension of an actor system: join, leave and down members, and hear of what changes. It needs
/// <c>akka.actor.provider = cluster</c>.
/// </summary>
public partial class Cluster : IExtension
{
    private readonly ILoggingAdapter _log;
    private readonly IActorRef _daemon;
    private readonly Lazy<IDowningProvider> _downingProvider;
    private volatile MembershipState _readView;
    private volatile bool _isTerminated;

    /// <summary>Starts the cluster's own actors; use <see cref="Get"/>.</summary>
    /// <param name="system">The actor system.</param>
    /// <exception cref="ConfigurationException">The provider is not that of the cluster, or a setting cannot be used.</exception>
    public Cluster(ActorSystemImpl system)
    {
        System = system;
        if (system.Provider is not ClusterActorRefProvider provider)
            throw new ConfigurationException(
                $"The actor system '{system.Name}' uses {system.Provider.GetType().Name}, but the cluster needs akka.actor.provider = cluster.");
        Settings = new ClusterSettings(system.Settings.Config, system.Name);
        SelfUniqueAddress = new UniqueAddress(provider.DefaultAddress, AddressUidExtension.Uid(system));
        _log = Logging.GetLogger(system, this);
        _readView = new MembershipState(Gossip.Empty, SelfUniqueAddress);
        FailureDetector = new DefaultFailureDetectorRegistry<Address>(
            () => FailureDetectorLoader.Load(Settings.FailureDetectorImplementationClass, Settings.FailureDetectorConfig, system));
        _downingProvider = new Lazy<IDowningProvider>(LoadDowningProvider);

        // Made now, so that a wrong setting shows when the node starts and not when the network parts.
        _ = DowningProvider;
        LogInfo("Starting up");
        Lifecycle = new ClusterLifecycle(this);
        _daemon = system.SystemActorOf(Props.Create(() => new ClusterDaemon(this)).WithDispatcher(Settings.UseDispatcher).WithDeploy(Deploy.Local), ClusterPaths.Daemon);
        Lifecycle.AddShutdownTasks(CoordinatedShutdown.Get(system));
    }

    /// <summary>The settings under <c>akka.cluster</c>.</summary>
    public ClusterSettings Settings { get; }

    /// <summary>This incarnation of the actor system.</summary>
    public UniqueAddress SelfUniqueAddress { get; }

    /// <summary>The address of this node.</summary>
    public Address SelfAddress => SelfUniqueAddress.Address;

    /// <summary>The roles of this node.</summary>
    public ImmutableHashSet<string> SelfRoles => Settings.Roles;

    /// <summary>The cluster as this node sees it now; never older than the events that a subscriber has been sent.</summary>
    public ClusterEvent.CurrentClusterState State => _readView.ToCurrentState();

    /// <summary>This node as a member; its status is <see cref="MemberStatus.Removed"/> while it is none.</summary>
    public Member SelfMember => _readView.SelfMember ?? new Member(SelfUniqueAddress, Member.NotYetUp, MemberStatus.Removed, SelfRoles, Settings.AppVersion);

    /// <summary>Whether the cluster extension has ended. It cannot be started again in the same actor system.</summary>
    public bool IsTerminated => _isTerminated;

    /// <summary>Whether this node is a member that is up.</summary>
    public bool IsUp => SelfMember.Status == MemberStatus.Up;

    /// <summary>The actor system.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>The failure detectors of the members that this node monitors, by address.</summary>
    public DefaultFailureDetectorRegistry<Address> FailureDetector { get; }

    /// <summary>Decides which members are taken for dead.</summary>
    public IDowningProvider DowningProvider => _downingProvider.Value;

    internal MembershipState ReadView
    {
        get => _readView;
        set => _readView = value;
    }

    internal ClusterLifecycle Lifecycle { get; }

    /// <summary>The cluster extension of an actor system.</summary>
    /// <param name="system">The actor system.</param>
    public static Cluster Get(ActorSystem system) => system.WithExtension<Cluster, ClusterExtension>();

    /// <summary>Tells an actor what changes, beginning with the current state.</summary>
    /// <param name="subscriber">The actor.</param>
    /// <param name="to">Which events: types of <see cref="ClusterEvent.IClusterDomainEvent"/>.</param>
    /// <exception cref="ArgumentException">No type is given, or one is no event of the cluster.</exception>
    public void Subscribe(IActorRef subscriber, params Type[] to) =>
        Subscribe(subscriber, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, to);

    /// <summary>Tells an actor what changes.</summary>
    /// <param name="subscriber">The actor.</param>
    /// <param name="initialStateMode">How the subscription begins.</param>
    /// <param name="to">Which events: types of <see cref="ClusterEvent.IClusterDomainEvent"/>.</param>
    /// <exception cref="ArgumentException">No type is given, or one is no event of the cluster.</exception>
    public void Subscribe(IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialStateMode, params Type[] to)
    {
        if (to.Length == 0) throw new ArgumentException("A subscription to the cluster must name at least one type of event.", nameof(to));
        foreach (var type in to)
            if (!typeof(ClusterEvent.IClusterDomainEvent).IsAssignableFrom(type))
                throw new ArgumentException($"{type} is no event of the cluster, so nothing can be subscribed to.", nameof(to));
        _daemon.Tell(new ClusterCommands.Subscribe(subscriber, initialStateMode, to.ToImmutableHashSet()));
    }

    /// <summary>Tells an actor nothing more.</summary>
    /// <param name="subscriber">The actor.</param>
    public void Unsubscribe(IActorRef subscriber) => _daemon.Tell(new ClusterCommands.Unsubscribe(subscriber, null));

    /// <summary>Tells an actor of one type of events no more.</summary>
    /// <param name="subscriber">The actor.</param>
    /// <param name="to">The type it subscribed to.</param>
    public void Unsubscribe(IActorRef subscriber, Type to) => _daemon.Tell(new ClusterCommands.Unsubscribe(subscriber, to));

    /// <summary>Sends an actor the current state once.</summary>
    /// <param name="receiver">The actor.</param>
    public void SendCurrentClusterState(IActorRef receiver) => _daemon.Tell(new ClusterCommands.SendCurrentState(receiver));

    /// <summary>Joins the cluster that a node is in; its own address forms a new one.</summary>
    /// <param name="address">The address of the node.</param>
    public void Join(Address address) => _daemon.Tell(new ClusterCommands.JoinTo(Complete(address)));

    /// <summary>Joins the cluster that one of some nodes is in. The first of the list forms a new one if no other answers.</summary>
    /// <param name="seedNodes">The addresses of the nodes.</param>
    public void JoinSeedNodes(IEnumerable<Address> seedNodes) =>
        _daemon.Tell(new ClusterCommands.JoinSeedNodes(seedNodes.Select(Complete).ToImmutableList()));

    /// <summary>Takes a member out of the cluster gracefully.</summary>
    /// <param name="address">The address of the member.</param>
    public void Leave(Address address) => _daemon.Tell(new ClusterCommands.Leave(Complete(address)));

    /// <summary>
    /// Takes a member for dead. The caller must know that it is, or see to it: whatever it ran is started elsewhere.
    /// A member that is downed while it lives ends its actor system.
    /// </summary>
    /// <param name="address">The address of the member.</param>
    public void Down(Address address) => _daemon.Tell(new ClusterCommands.Down(Complete(address)));

    /// <summary>The path under which other nodes reach an actor of this system.</summary>
    /// <param name="actorRef">The actor.</param>
    public ActorPath RemotePathOf(IActorRef actorRef)
    {
        var path = actorRef.Path;
        return string.IsNullOrEmpty(path.Address.Host) ? path.Root.Address.Equals(SelfAddress) ? path : ActorPath.Parse(path.ToStringWithAddress(SelfAddress)) : path;
    }

    internal void Down(ImmutableHashSet<UniqueAddress> nodes) => _daemon.Tell(new ClusterCommands.DownNodes(nodes));

    internal void Tell(object command) => _daemon.Tell(command);

    internal void MarkTerminated() => _isTerminated = true;

    internal void LogInfo(string message, params object?[] args)
    {
        if (Settings.LogInfo && _log.IsInfoEnabled) _log.Info($"Cluster Node [{SelfAddress}] - {message}", args!);
    }

    internal void LogWarning(string message, params object?[] args)
    {
        if (_log.IsWarningEnabled) _log.Warning($"Cluster Node [{SelfAddress}] - {message}", args!);
    }

    internal void LogError(Exception? cause, string message, params object?[] args)
    {
        if (_log.IsErrorEnabled) _log.Error(cause, $"Cluster Node [{SelfAddress}] - {message}", args!);
    }

    // "akka://name" is this node as it calls itself; on the wire it needs host and port.
    private Address Complete(Address address) => address.HasLocalScope ? SelfAddress : address;

    private IDowningProvider LoadDowningProvider()
    {
        var type = Settings.DowningProviderType;
        try
        {
            return (IDowningProvider)Activator.CreateInstance(type, System, this)!;
        }
        catch (MissingMethodException)
        {
            throw new ConfigurationException(
                $"The downing provider {type} cannot be made: it has no public constructor (ActorSystem, Cluster).");
        }
        catch (global::System.Reflection.TargetInvocationException failure) when (failure.InnerException is not null)
        {
            throw new ConfigurationException($"The downing provider {type} cannot be made: {failure.InnerException.Message}", failure.InnerException);
        }
    }
}
