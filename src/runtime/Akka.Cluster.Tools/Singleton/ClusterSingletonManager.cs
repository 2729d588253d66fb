using Akka.Actor;
using Akka.Configuration;
using Akka.Embedded;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Runs one actor, the singleton, on exactly one member of the cluster (or of a role): the oldest. One manager with the same
/// path is started on every member that may run it. When the oldest leaves, the next one starts the singleton after the
/// leaving one has stopped its own; when the oldest was downed, after it has been removed and the removal margin has passed.
/// </summary>
/// <remarks>
/// In a partition both sides could have an oldest member. Only a downing provider that ends all sides but one, or a lease,
/// keeps the singleton single then.
/// </remarks>
public sealed partial class ClusterSingletonManager : FSM<ClusterSingletonState, IClusterSingletonData>
{
    private const string HandOverTimer = "hand-over-retry";
    private const string TakeOverTimer = "take-over-retry";
    private const string LeaseTimer = "lease-retry";

    // The old oldest gives up before the new one does, so that the new one still hears of it.
    private const int RetriesOfTakeOverLess = 3;

    private readonly Props _singletonProps;
    private readonly object _terminationMessage;
    private readonly ClusterSingletonManagerSettings _settings;
    private readonly Cluster _cluster;
    private readonly ILoggingAdapter _log;
    private readonly TimeSpan _removalMargin;
    private readonly int _maxHandOverRetries;
    private readonly int _maxTakeOverRetries;
    private readonly TaskCompletionSource<Done> _handedOver;
    private readonly SingletonLease? _lease;
    private Succession _succession;

    // Set once this member leaves or has promised not to run the singleton any more: no incarnation comes back from that.
    private bool _isLeaving;

    /// <summary>Made by <see cref="Props(Akka.Actor.Props, object, ClusterSingletonManagerSettings)"/>.</summary>
    /// <param name="singletonProps">How the singleton is made.</param>
    /// <param name="terminationMessage">What tells the singleton to stop.</param>
    /// <param name="settings">How the manager does its work.</param>
    /// <exception cref="ArgumentException">This member does not have the role.</exception>
    public ClusterSingletonManager(Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings)
    {
        var system = Context.System;
        SingletonConfiguration.Inject(system);
        _singletonProps = singletonProps;
        _terminationMessage = terminationMessage;
        _settings = settings;
        _log = Context.GetLogger();
        _cluster = Cluster.Get(system);
        if (settings.Role is { Length: > 0 } role && !_cluster.SelfRoles.Contains(role))
            throw new ArgumentException($"The member {_cluster.SelfAddress} does not have the role '{role}', so it cannot run the singleton '{settings.SingletonName}'.");
        _succession = Succession.Unknown(_cluster.SelfUniqueAddress, settings.Role, settings.ConsiderAppVersion);
        _removalMargin = settings.RemovalMargin > TimeSpan.Zero ? settings.RemovalMargin : _cluster.DowningProvider.DownRemovalMargin;
        var fewest = system.Settings.Config.GetInt($"{SingletonConfiguration.ManagerPath}.min-number-of-hand-over-retries");
        var inMargin = (int)Math.Min(_removalMargin / settings.HandOverRetryInterval, int.MaxValue / 2);
        _maxHandOverRetries = Math.Max(fewest, inMargin + RetriesOfTakeOverLess);
        _maxTakeOverRetries = Math.Max(0, _maxHandOverRetries - RetriesOfTakeOverLess);
        _handedOver = new TaskCompletionSource<Done>(
            RuntimeEnvironment.Of(system).IsDeterministic ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        _lease = settings.LeaseSettings is { } usage ? new SingletonLease(_cluster, Self, usage, _log) : null;

        When(ClusterSingletonState.Start, InStart);
        When(ClusterSingletonState.Younger, InYounger);
        When(ClusterSingletonState.BecomingOldest, InBecomingOldest);
        When(ClusterSingletonState.AcquiringLease, InAcquiringLease);
        When(ClusterSingletonState.Oldest, InOldest);
        When(ClusterSingletonState.WasOldest, InWasOldest);
        When(ClusterSingletonState.HandingOver, InHandingOver);
        When(ClusterSingletonState.Stopping, InStopping);
        When(ClusterSingletonState.End, InEnd);
        WhenUnhandled(InAnyState);
        OnTransition(Entering);
        StartWith(ClusterSingletonState.Start, NotRunning.Instance);
        Initialize();
    }

    /// <summary>The defaults, <c>akka.cluster.singleton</c> and <c>akka.cluster.singleton-proxy</c>.</summary>
    public static Config DefaultConfig() => SingletonConfiguration.Defaults();

    /// <summary>How to make the manager of a singleton that is stopped with a <see cref="PoisonPill"/>.</summary>
    /// <param name="singletonProps">How the singleton is made.</param>
    /// <param name="settings">How the manager does its work.</param>
    public static Props Props(Props singletonProps, ClusterSingletonManagerSettings settings) => Props(singletonProps, PoisonPill.Instance, settings);

    /// <summary>How to make the manager of a singleton.</summary>
    /// <param name="singletonProps">How the singleton is made.</param>
    /// <param name="terminationMessage">What tells the singleton to stop itself; the hand-over waits until it has.</param>
    /// <param name="settings">How the manager does its work.</param>
    public static Props Props(Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings) =>
        Actor.Props.Create(() => new ClusterSingletonManager(singletonProps, terminationMessage, settings)).WithDeploy(Deploy.Local);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        if (_cluster.IsTerminated)
            throw new InvalidOperationException($"The cluster of the system '{Context.System.Name}' has ended, so the singleton '{_settings.SingletonName}' cannot be managed.");
        base.PreStart();
        var self = Self;
        CoordinatedShutdown.Get(Context.System).AddTask(CoordinatedShutdown.PhaseClusterExiting, $"singleton-exiting-{Self.Path.Name}", () =>
        {
            self.Tell(SelfExiting.Instance, ActorRefs.NoSender);
            return _handedOver.Task;
        });
        _cluster.Subscribe(
            Self,
            ClusterEvent.InitialStateAsSnapshot,
            typeof(ClusterEvent.IMemberEvent),
            typeof(ClusterEvent.ClusterShuttingDown));
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _lease?.Release();
        _handedOver.TrySetResult(Done.Instance);
        base.PostStop();
    }

    private void Entering(ClusterSingletonState from, ClusterSingletonState to)
    {
        if (from != to) _log.Info("The manager of the singleton '{0}' goes from {1} to {2}.", _settings.SingletonName, from, to);
        if (from == ClusterSingletonState.BecomingOldest) CancelTimer(HandOverTimer);
        if (from == ClusterSingletonState.WasOldest) CancelTimer(TakeOverTimer);
        if (from == ClusterSingletonState.AcquiringLease) CancelTimer(LeaseTimer);
        if (to is ClusterSingletonState.Younger or ClusterSingletonState.End) _lease?.Release();
        if (to == ClusterSingletonState.End) _handedOver.TrySetResult(Done.Instance);
    }

    private ActorSelection PeerAt(Address address) => Context.ActorSelection(new RootActorPath(address) / Self.Path.Elements);
}
