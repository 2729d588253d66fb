using Akka.Actor;
using Akka.Embedded;

namespace Akka.Cluster;

/// <summary>
/// Holds the gossip of this node and is the only one to change it. What follows from a gossip is computed elsewhere
/// (<see cref="MembershipState"/>, <see cref="GossipReception"/>, <see cref="LeaderActions"/>); here messages arrive and effects happen.
/// </summary>
internal sealed partial class ClusterCore : ReceiveActor, IWithTimers
{
    private readonly Cluster _cluster;
    private readonly IActorRef _publisher;
    private readonly IActorRef _heartbeatSender;
    private readonly ClusterSettings _settings;
    private readonly UniqueAddress _self;
    private readonly TimeProvider _time;
    private readonly GossipTargets _targets;
    private readonly Dictionary<Address, ActorSelection> _cores = [];
    private MembershipState _state;
    private bool _isStopping;

    public ClusterCore(Cluster cluster, IActorRef publisher)
    {
        _cluster = cluster;
        _publisher = publisher;
        _settings = cluster.Settings;
        _self = cluster.SelfUniqueAddress;
        var environment = RuntimeEnvironment.Of(Context.System);
        _time = environment.Time;
        _targets = new GossipTargets(environment.CreateRandom("cluster-gossip"), _settings.GossipDifferentViewProbability, _settings.ReduceGossipDifferentViewProbability);
        _state = new MembershipState(Gossip.Empty, _self);
        _heartbeatSender = Context.ActorOf(
            Props.Create(() => new ClusterHeartbeatSender(cluster.SelfUniqueAddress, cluster.Settings, cluster.FailureDetector))
                .WithDispatcher(_settings.UseDispatcher).WithDeploy(Deploy.Local),
            "heartbeatSender");

        Receive<GossipEnvelope>(OnGossip, _ => IsMember);
        Receive<GossipEnvelope>(g => OnAdmittedTooLate(g.Gossip), g => g.To == _self);
        Receive<GossipStatus>(OnStatus, _ => IsMember);
        Receive<InitJoin>(_ => OnInitJoin());
        Receive<InitJoinAck>(OnInitJoinAck);
        Receive<Join>(OnJoin);
        Receive<Welcome>(OnWelcome);
        Receive<ExitingConfirmed>(OnExitingConfirmed);
        Receive<ClusterCommands.JoinSeedNodes>(c => JoinSeedNodes(c.SeedNodes));
        Receive<ClusterCommands.JoinTo>(c => JoinTo(c.Address));
        Receive<ClusterCommands.Leave>(c => Leave(c.Address));
        Receive<ClusterCommands.Down>(c => Down(c.Address));
        Receive<ClusterCommands.DownNodes>(c => Down(c.Nodes));
        Receive<ClusterCommands.QuarantinedBy>(c => OnQuarantinedBy(c.Address));
        Receive<ClusterCommands.ExitingCompleted>(_ => OnExitingCompleted());
        Receive<Tick>(OnTick);
        Receive<IClusterMessage>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private bool IsMember => _state.SelfMember is not null;

    // The core holds what no restart could bring back; the daemon ends the cluster extension instead.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(Tick.Gossip, Tick.Gossip, _settings.PeriodicTasksInitialDelay, _settings.GossipInterval);
        Timers.StartPeriodicTimer(Tick.Lead, Tick.Lead, _settings.PeriodicTasksInitialDelay, _settings.LeaderActionsInterval);
        Timers.StartPeriodicTimer(Tick.Reap, Tick.Reap, _settings.PeriodicTasksInitialDelay, _settings.UnreachableNodesReaperInterval);
        if (!_settings.SeedNodes.IsEmpty) JoinSeedNodes(_settings.SeedNodes);
    }

    private void OnTick(Tick tick)
    {
        switch (tick)
        {
            case Tick.Gossip: GossipPeriodically(); break;
            case Tick.GossipSoon: GossipNow(); break;
            case Tick.Lead: LeadPeriodically(); break;
            case Tick.Reap: ReapUnreachable(); break;
            case Tick.JoinAgain: JoinAgain(); break;
            default: throw new ArgumentOutOfRangeException(nameof(tick), tick, "The core does not know this tick.");
        }
    }

    /// <summary>Makes a change of this node's own the next version.</summary>
    private void Change(Gossip gossip) => Adopt(gossip.ChangedBy(_self));

    /// <summary>Holds another gossip from now on: tells who has to know, and does what follows.</summary>
    private void Adopt(Gossip gossip)
    {
        Hold(new MembershipState(gossip, _self, _state.ExitingConfirmed));
        if (_isStopping) return;
        switch (_state.SelfMember?.Status)
        {
            case MemberStatus.Down:
                StopBecauseDown();
                return;
            case MemberStatus.Leaving:
                _cluster.Lifecycle.SelfIsLeaving();
                break;
            case MemberStatus.Exiting:
                _cluster.Lifecycle.SelfIsExiting();
                break;
        }

        Lead();
        GossipSoon();
    }

    private void Hold(MembershipState state)
    {
        _state = state;
        _publisher.Tell(new ClusterCommands.Publish(state));
        _heartbeatSender.Tell(new ClusterHeartbeatSender.Membership(state));
    }

    private void Stop()
    {
        _isStopping = true;
        _cluster.MarkTerminated();
        Timers.CancelAll();
        Context.Stop(Self);
    }

    private void Send(UniqueAddress node, IClusterMessage message) => CoreAt(node.Address).Tell(message, Self);

    private ActorSelection CoreAt(Address address)
    {
        if (_cores.TryGetValue(address, out var core)) return core;
        if (_cores.Count > 4 * (_state.Gossip.Members.Count + 16)) _cores.Clear();
        core = Context.ActorSelection(ClusterPaths.CoreAt(address));
        _cores.Add(address, core);
        return core;
    }

    private enum Tick
    {
        Gossip,
        GossipSoon,
        Lead,
        Reap,
        JoinAgain,
    }
}
