using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AkkaHa.Cluster.Membership;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Protocol.Formation;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AkkaHa.Cluster.Bootstrap;

/// <summary>Asks what a node waits for before it is part of a quorate cluster.</summary>
public sealed record BootstrapStatusRequest
{
    /// <summary>The one request.</summary>
    public static BootstrapStatusRequest Instance { get; } = new();
}

/// <summary>Where the node stands on its way into a cluster.</summary>
/// <param name="Standing">Where it stands.</param>
/// <param name="Votes">The votes that it hears, its own included.</param>
/// <param name="WaitsFor">What it waits for, as a sentence; empty in a quorate cluster.</param>
public sealed record BootstrapStatus(FormationStanding Standing, int Votes, string WaitsFor);

/// <summary>
/// Carries out <see cref="Formation"/>: brings the node into a cluster, answers others that look for one, and ends the actor system if the
/// cluster it is in stays without a majority of the votes; the node then starts a new one and looks again.
/// </summary>
public sealed class BootstrapActor : ReceiveActor, IWithTimers
{
    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }

    private readonly NodeContext _node;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly AkkaCluster _cluster = AkkaCluster.Get(Context.System);
    private readonly ICanTell _membership;
    private Formation _formation;
    private MembershipView _view = MembershipView.Empty;
    private bool _entered;
    private TimeSpan _lastQuorate;
    private string _told = "";

    /// <summary>Begins to look for a cluster.</summary>
    public BootstrapActor(NodeContext node, IActorRef membership)
    {
        _node = node;
        _membership = membership;
        _formation = new Formation(node.Self, node.Voters, node.Formation);
        Receive<Tick>(_ => OnTick());
        Receive<FormationQuestion>(_ => Sender.Tell(
            new FormationAnswer(_node.Self, _cluster.SelfUniqueAddress.Uid, Standing, Generation: 0)));
        Receive<FormationAnswer>(answer => _formation = _formation.Heard(answer, Now));
        Receive<PromiseRequest>(request =>
        {
            (_formation, var answer) = _formation.Requested(request.Node, request.Round, Now);
            Sender.Tell(new PromiseAnswer(_node.Self, answer.Round, answer.Granted));
        });
        Receive<PromiseAnswer>(answer =>
        {
            (_formation, var steps) = _formation.Answered(answer.Node, answer.Round, answer.Granted, Now);
            Do(steps);
        });
        Receive<MembershipView>(view => _view = view);
        Receive<BootstrapStatusRequest>(_ => Sender.Tell(Status()));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    private FormationStanding Standing =>
        IsQuorate ? FormationStanding.Quorate : _entered ? FormationStanding.Forming : FormationStanding.Outside;

    private bool IsQuorate =>
        _view.Members.Contains(_node.Self) && _view.Reachable.Count(_node.Voters.Contains) >= Majorities.Of(_node.Voters.Count);

    /// <inheritdoc />
    protected override void PreStart()
    {
        _lastQuorate = Now;
        _membership.Tell(WatchMembership.Instance, Self);
        Timers.StartPeriodicTimer("tick", Tick.Instance, TimeSpan.Zero, _node.Formation.AskInterval);
    }

    private void OnTick()
    {
        if (_entered)
        {
            WatchQuorum();
            return;
        }

        _lastQuorate = Now;
        (_formation, var steps) = _formation.Tick(Now);
        Do(steps);
        var waits = _formation.WaitsFor(Now);
        if (waits != _told && !_entered)
            _log.Info("{0} is in no cluster: {1}", _node.Self, _told = waits);
    }

    private void Do(ImmutableList<FormationStep> steps)
    {
        foreach (var step in steps)
        {
            switch (step)
            {
                case FormationStep.Ask:
                    foreach (var other in _node.Nodes.Keys.Where(n => n != _node.Self))
                        Peer(other).Tell(new FormationQuestion(_node.Self, _cluster.SelfUniqueAddress.Uid));
                    break;
                case FormationStep.RequestPromises request:
                    foreach (var voter in request.Voters)
                        Peer(voter).Tell(new PromiseRequest(_node.Self, _cluster.SelfUniqueAddress.Uid, request.Round));
                    break;
                case FormationStep.Form:
                    Enter(_node.Self, "forms a cluster with the promises of a majority of the votes");
                    break;
                case FormationStep.Join join:
                    Enter(join.Contact, $"joins the cluster that {join.Contact} is in");
                    break;
                default:
                    throw new Core.InvariantViolation($"{step.GetType().Name} is no step that this actor takes by itself");
            }
        }
    }

    private void Enter(NodeName contact, string how)
    {
        _log.Info("{0} {1}", _node.Self, how);
        _entered = true;
        _lastQuorate = Now;
        _cluster.Join(_node.Nodes[contact]);
    }

    /// <summary>A cluster that is not quorate within a bound dissolves: the node starts over rather than wait in a lone cluster for ever.</summary>
    private void WatchQuorum()
    {
        if (IsQuorate)
        {
            _lastQuorate = Now;
            return;
        }

        if (Now - _lastQuorate < _node.Formation.QuorumTimeout)
            return;
        _log.Warning("{0} was for {1} s without a majority of the {2} votes; it leaves and looks for a cluster again",
            _node.Self, (int)_node.Formation.QuorumTimeout.TotalSeconds, _node.Voters.Count);
        Timers.CancelAll();
        Context.System.Terminate();
    }

    private BootstrapStatus Status()
    {
        if (!_entered)
            return new BootstrapStatus(Standing, _formation.Heard(Now).Count, _formation.WaitsFor(Now));
        var votes = _view.Reachable.Count(_node.Voters.Contains);
        var missing = _node.Voters.Except(_view.Reachable);
        return new BootstrapStatus(Standing, votes, IsQuorate
            ? ""
            : FormattableString.Invariant($"no quorum: {votes} of {_node.Voters.Count} votes are here and {Majorities.Of(_node.Voters.Count)} are needed; not heard: {string.Join(", ", missing)}"));
    }

    private ActorSelection Peer(NodeName node) => Context.ActorSelection(_node.PathOn(node, ActorNames.Bootstrap));
}
