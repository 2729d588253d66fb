using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AkkaHa.Cluster.Membership;
using AkkaHa.Cluster.StateLog;
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
public sealed record BootstrapStatus(FormationStanding Standing, int Votes, string WaitsFor)
{
    /// <summary>The newest voters that the node knows.</summary>
    public required Electorate Electorate { get; init; }
}

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

    private static readonly TimeSpan AskOthersEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OutdatedFor = TimeSpan.FromSeconds(5);

    private readonly NodeContext _node;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly AkkaCluster _cluster = AkkaCluster.Get(Context.System);
    private readonly ICanTell _membership;
    private Formation _formation;
    private MembershipView _view = MembershipView.Empty;
    private bool _entered;
    private TimeSpan _lastQuorate;
    private string _told = "";
    private TimeSpan? _outdatedSince;
    private TimeSpan _askedOthersAt;

    /// <summary>Begins to look for a cluster.</summary>
    public BootstrapActor(NodeContext node, IActorRef membership)
    {
        _node = node;
        _membership = membership;
        // Which voters count, and whether this node's vote is sound, is known when the replica is up.
        _formation = new Formation(node.Self, node.Voters, node.Formation)
        {
            CanVote = false,
            Agreement = node.Agreement,
            MayDiffer = node.SettingsMayDiffer,
        };
        Receive<Tick>(_ => OnTick());
        Receive<FormationQuestion>(question =>
        {
            Sender.Tell(new FormationAnswer(_node.Self, _cluster.SelfUniqueAddress.Uid, Standing, Votes.Version.Generation)
            {
                Electorate = Known,
                Agreement = _node.Agreement,
            });
            Learn(question.Electorate);
        });
        Receive<FormationAnswer>(answer =>
        {
            if (_entered)
                Learn(answer.Electorate);
            else
                _formation = _formation.Heard(answer, Now);
        });
        Receive<ReplicaConfiguration>(m =>
        {
            _formation = _formation with { CanVote = m.IsSound };
            if (m.Configuration is not null)
                _formation = _formation.Knowing(Electorate.Of(m.Configuration, _node.Voters), Now);
        });
        Receive<PromiseRequest>(request =>
        {
            (_formation, var answer) = _formation.Requested(request.Node, request.Round, Now, request.Version);
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

    private bool IsQuorate => _view.Members.Contains(_node.Self) && Votes.IsMajority(_view.Reachable);

    private Electorate Votes => _formation.Electorate;

    // Only what the own replica says is told: hearsay would go round for ever. Before genesis everybody has the voters of the settings.
    private Electorate? Known => _formation.Own.Version == ConfigurationVersion.None ? null : _formation.Own;

    /// <inheritdoc />
    protected override void PreStart()
    {
        _lastQuorate = Now;
        _membership.Tell(WatchMembership.Instance, Self);
        Context.System.EventStream.Subscribe(Self, typeof(ReplicaConfiguration));
        Context.ActorSelection($"/user/{ActorNames.Replica}").Tell(ReplicaConfigurationRequest.Instance);
        Timers.StartPeriodicTimer("tick", Tick.Instance, TimeSpan.Zero, _node.Formation.AskInterval);
    }

    private void OnTick()
    {
        if (_entered)
        {
            if (Now - _askedOthersAt >= AskOthersEvery)
                AskOthers();
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
                        Peer(other).Tell(Question);
                    break;
                case FormationStep.RequestPromises request:
                    foreach (var voter in request.Voters)
                        Peer(voter).Tell(new PromiseRequest(_node.Self, _cluster.SelfUniqueAddress.Uid, request.Round, Votes.Version));
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
        foreach (var difference in _formation.Differences(Now))
            _log.Warning("{0}: {1}; akkaha.settings-may-differ lets it join all the same", _node.Self, difference);
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
            _node.Self, (int)_node.Formation.QuorumTimeout.TotalSeconds, Votes.Voters.Count);
        StartOver();
    }

    private void StartOver()
    {
        Timers.CancelAll();
        Context.System.Terminate();
    }

    /// <summary>Nodes that are no members may know of a newer generation than this cluster does.</summary>
    private void AskOthers()
    {
        _askedOthersAt = Now;
        foreach (var other in _node.Nodes.Keys.Where(n => n != _node.Self && !_view.Members.Contains(n)))
            Peer(other).Tell(Question);
    }

    // A cluster of an older generation has no majority that counts, whatever it counts itself. The news of a new one may reach this node's
    // own replica a little later than others, so it has some time.
    private void Learn(Electorate? electorate)
    {
        if (!_entered || electorate is null)
            return;
        if (electorate.Version.Generation <= Votes.Version.Generation)
        {
            _outdatedSince = null;
            return;
        }

        _outdatedSince ??= Now;
        if (Now - _outdatedSince < OutdatedFor)
            return;
        _log.Warning("{0} is in a cluster of generation {1}, and an operator has begun generation {2}; it leaves and looks for that one",
            _node.Self, Votes.Version.Generation, electorate.Version.Generation);
        StartOver();
    }

    private FormationQuestion Question => new(_node.Self, _cluster.SelfUniqueAddress.Uid) { Electorate = Known };

    private BootstrapStatus Status()
    {
        if (!_entered)
            return new BootstrapStatus(Standing, _formation.Heard(Now).Count, _formation.WaitsFor(Now)) { Electorate = Votes };
        // A node that has just downed itself is in its own view no more, but it is here all the same.
        var here = _view.Reachable.Add(_node.Self);
        var votes = Votes.VotesOf(here);
        var missing = Votes.Voters.Except(here);
        return new BootstrapStatus(Standing, votes, IsQuorate
            ? ""
            : FormattableString.Invariant($"no quorum: {votes} of {Votes.Voters.Count} votes are here and {Votes.Majority} are needed; not heard: {string.Join(", ", missing)}"))
        {
            Electorate = Votes,
        };
    }

    private ActorSelection Peer(NodeName node) => Context.ActorSelection(_node.PathOn(node, ActorNames.Bootstrap));
}
