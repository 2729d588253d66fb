using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AkkaHa.Cluster.Events;
using AkkaHa.Cluster.Fencing;
using AkkaHa.Cluster.Leases;
using AkkaHa.Cluster.Membership;
using AkkaHa.Cluster.StateLog;
using AkkaHa.Core;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.StateLog;
using AkkaHa.Protocol.Lrm;
using AkkaHa.Protocol.Operator;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AkkaHa.Cluster.Crm;

/// <summary>
/// The cluster resource manager: a singleton that leads the state log, proposes what <see cref="Manager"/> decides, and carries out what the
/// committed state asks for. It holds no rule of its own. Everything it knows beside the log it can lose.
/// </summary>
public sealed partial class CrmActor : ReceiveActor, IWithTimers
{
    private sealed record LookAgain
    {
        public static LookAgain Instance { get; } = new();
    }

    private sealed record Campaign
    {
        public static Campaign Instance { get; } = new();
    }

    private static readonly TimeSpan CampaignRetry = TimeSpan.FromMilliseconds(300);

    private readonly NodeContext _node;
    private readonly IActorRef _replica;
    private readonly IActorRef _membership;
    private readonly IActorRef _events;
    private readonly IActorRef _fencing;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<long, (IActorRef From, string By)> _submissions = [];
    private readonly Dictionary<(ResourceId Id, NodeName Node), (Type Kind, Token Token, TimeSpan SentAt)> _sent = [];
    private readonly IActorRef _bounds;
    private readonly Dictionary<NodeName, string> _fenceProgress = [];
    private readonly Dictionary<NodeName, string> _boundProgress = [];
    private readonly Dictionary<NodeName, TimeSpan> _heardAt = [];
    private readonly Dictionary<NodeName, long> _newest = [];
    private readonly Attention _attention;
    private ImmutableSortedDictionary<NodeName, NodeReport> _reports = ImmutableSortedDictionary<NodeName, NodeReport>.Empty;
    private readonly MovePauses _movePauses = new();
    private readonly Auditor _auditor = new();
    private ImmutableList<Proof> _proofs = [];
    private MembershipView _view = MembershipView.Empty;
    private Reign? _reign;
    private long _epochFloor;
    private TimeSpan _leadingSince;
    private TimeSpan _lastAuthority;
    private TimeSpan _lastTick;

    /// <summary>Begins to campaign for an epoch.</summary>
    public CrmActor(NodeContext node, IActorRef replica, IActorRef membership, IActorRef events)
    {
        _node = node;
        _replica = replica;
        _membership = membership;
        _events = events;
        _attention = new Attention(node.Times.OrderRetry);
        _fencing = Context.ActorOf(Props.Create(() => new FencingSupervisor(node, events)), "fencing");
        _bounds = Context.ActorOf(Props.Create(() => new BoundActor(node)), "bounds");
        Receive<Campaign>(_ => _replica.Tell(ReplicaStatusRequest.Instance));
        Receive<ReplicaStatus>(OnReplicaStatus);
        Receive<ReplicaReply>(reply => Feed(new Received(reply)));
        Receive<LookAgain>(_ => OnTick());
        Receive<MembershipView>(view =>
        {
            _view = view;
            _reports = _reports.RemoveRange(_reports.Keys.Where(n => !view.Members.Contains(n)));
            foreach (var gone in _heardAt.Keys.Where(n => !view.Members.Contains(n)).ToList())
                _heardAt.Remove(gone);
            foreach (var member in view.Members)
                _heardAt.TryAdd(member, Now);
            Advance();
        });
        Receive<NodeReport>(OnReport);
        Receive<FenceProven>(m =>
        {
            if (!_proofs.Contains(m.Proof))
                _proofs = _proofs.Add(m.Proof);
            Advance();
        });
        Receive<BoundProgress>(m => _boundProgress[m.Node] = m.Text);
        Receive<FenceProgress>(m => _fenceProgress[m.Node] = m.Text);
        Receive<Submit>(OnSubmit);
        Receive<StatusRequest>(_ => Sender.Tell(Status()));
        ReceiveVotes();
        Receive<ResourceQuery>(m => Sender.Tell(Answer(state => PlacementAnswers.Of(m, state))));
        Receive<ExplainRequest>(m => Sender.Tell(Answer(state => PlacementAnswers.Of(m, state, Seen(), _node.Manager.Placement))));
        Receive<PlanRequest>(m => Sender.Tell(Answer(state => PlacementAnswers.Of(m, state, Seen(), _node.Manager.Placement))));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    private bool IsLeading => _reign?.Leader.Phase == LeaderPhase.Leading;

    private bool HasAuthority => IsLeading && _reign!.Leader.HasAuthority(Now, _node.Times.AuthorityTtl);

    /// <inheritdoc />
    protected override void PreStart()
    {
        _lastAuthority = _lastTick = Now;
        _membership.Tell(WatchMembership.Instance, Self);
        Timers.StartPeriodicTimer("look", LookAgain.Instance, _node.Times.CrmTick);
        Self.Tell(Campaign.Instance);
    }

    private void OnTick()
    {
        // Who stood still himself has heard nobody meanwhile, and must not take that for silence.
        if (Now - _lastTick > _node.Manager.SilenceLimit / 4)
        {
            foreach (var node in _heardAt.Keys.ToList())
                _heardAt[node] = Now;
        }

        _lastTick = Now;
        if (HasAuthority)
            _lastAuthority = Now;
        else if (Now - _lastAuthority > _node.Times.ResignAfter && ShouldResign)
            Resign();
        if (_reign is null)
            _replica.Tell(ReplicaStatusRequest.Instance);
        else
            Feed(Tick.Instance);
        KeepVoters();
        Advance();
    }

    private void OnReplicaStatus(ReplicaStatus status)
    {
        _replicaAnswered = true;
        _known = status.Configuration ?? _known;
        if (_reign is not null || !Campaigns.MayBegin(status.Configuration, _node.Voters, _view.Reachable))
            return;
        _epochFloor = Math.Max(_epochFloor, status.PromisedEpoch.Number) + 1;
        var epoch = new Epoch(_epochFloor, _node.Self, _node.NewReign());
        _log.Info("{0} campaigns for epoch {1}", _node.Self, epoch);
        var step = Leader.Start(new CandidateOptions(epoch, _node.Voters, _node.NewUuid(), _node.Log), status.Configuration, Now);
        _reign = new Reign(step.Next);
        Take(step);
    }

    private void OnReport(NodeReport report)
    {
        var name = report.Session.Node;
        if (_reports.TryGetValue(name, out var known) && known.Session == report.Session && _newest[name] >= report.Sequence)
            return;
        if (known is not null && known.Session.IsNewerThan(report.Session))
            return;
        _newest[name] = report.Sequence;
        _heardAt[name] = Now;
        // One that says nothing new leaves what is seen as it was, so that it costs no decision.
        if (known?.SaysTheSameAs(report) != true || _auditor.IsSuspicious)
            _reports = _reports.SetItem(name, report);
        Advance();
    }

    private void OnSubmit(Submit submit)
    {
        if (!HasAuthority)
        {
            Sender.Tell(new CommandRefused("no CRM leads now; try again in a moment"));
            return;
        }

        if (!Submissions.MayBeGiven(submit.Command))
        {
            Sender.Tell(new CommandRefused($"{submit.Command.Describe()} is no operator's command") { IsInputWrong = true });
            return;
        }

        if (Submissions.Refusal(_reign!.Projected, submit.Command, Seen(), _node.Manager.Placement) is { } refusal)
        {
            Sender.Tell(new CommandRefused(refusal) { IsInputWrong = true });
            return;
        }

        if (Offer(Submissions.Whole(_reign.Projected, submit.Command)) is { } index)
            _submissions[index] = (Sender, submit.By);
        else
            Sender.Tell(new CommandRefused("the state log takes in no more commands now; try again in a moment"));
        Advance();
    }

    private object Answer(Func<ClusterState, object> answer) =>
        HasAuthority ? answer(_reign!.Committed) : new CommandRefused("no CRM leads now; try again in a moment");

    /// <summary>Looks at all that is known and does what is due: proposals first, then what the committed state asks for.</summary>
    private void Advance()
    {
        if (!IsLeading || !_attention.IsCalledFor(_reign!.Projected, _reign.Committed, Seen(), HasAuthority, Now))
            return;
        for (var decided = Decide(); !decided.IsEmpty; decided = Decide())
        {
            if (Offer([.. decided]) is null)
                break;
        }

        if (HasAuthority)
            CarryOut();
    }

    private ImmutableList<LogCommand> Decide() => IsLeading ? Manager.Decide(_reign!.Projected, Seen(), _node.Manager) : [];

    private void CarryOut()
    {
        var reign = _reign!;
        var now = Now;
        var seen = Seen();
        foreach (var node in Orders.ToBeAsked(reign.Committed, seen).Union(_auditor.Look(reign.Committed, seen)))
            Context.ActorSelection(_node.PathOn(node, ActorNames.Lrm)).Tell(new ReportRequest(reign.Committed.AppliedIndex));
        foreach (var order in Orders.Outstanding(KnownBad.Is(KnownBadVariant.EffectBeforeCommit) ? reign.Projected : reign.Committed, seen))
        {
            var to = (order.Id, order.Session.Node);
            if (_sent.TryGetValue(to, out var sent) && sent.Kind == order.GetType() && sent.Token == order.Token && now - sent.SentAt < _node.Times.OrderRetry)
                continue;
            _sent[to] = (order.GetType(), order.Token, now);
            var given = order with { Epoch = reign.Leader.Epoch };
            Context.ActorSelection(_node.PathOn(order.Session.Node, ActorNames.Lrm)).Tell(given);
        }

        foreach (var session in Orders.ToBeReopened(reign.Committed, seen))
            Context.ActorSelection(_node.PathOn(session.Node, ActorNames.Lrm)).Tell(new ReopenSession(session));
        foreach (var rule in Disarming.ToBeTold(reign.Committed, seen))
            Context.ActorSelection(_node.PathOn(rule.Session.Node, ActorNames.Lrm)).Tell(rule);
        foreach (var session in Orders.Left(reign.Committed, seen))
            Context.ActorSelection(_node.PathOn(session.Node, ActorNames.Lrm)).Tell(new LeaveAccepted(session));

        var until = reign.Leader.LastMajorityRoundAt!.Value + _node.Times.AuthorityTtl;
        _fencing.Tell(new PursueFences(Orders.OpenFences(reign.Committed), reign.Leader.Epoch, until));
        _bounds.Tell(new PursueBounds(Orders.OpenBounds(reign.Committed), reign.Committed.Configuration, reign.Leader.Epoch));
        _proofs = _proofs.RemoveAll(p => !reign.Committed.Nodes.TryGetValue(p.Boot.Node, out var n) || n.DenialIndex != p.DenialIndex);
    }

    private long? Offer(ImmutableArray<LogCommand> commands)
    {
        _reign!.Expect(commands);
        long? last = null;
        Feed(new Propose(commands), outcome => last = (outcome as ProposalAppended)?.LastIndex ?? last);
        return last;
    }

    private void Feed(LeaderInput input, Action<LeaderOutcome>? watch = null)
    {
        if (_reign is { } reign)
            Take(reign.Leader.Step(input, Now), watch);
    }

    private void Take(LeaderStep step, Action<LeaderOutcome>? watch = null)
    {
        var reign = _reign!;
        reign.Leader = step.Next;
        foreach (var outgoing in step.Send)
            Context.ActorSelection(_node.PathOn(outgoing.To, ActorNames.Replica)).Tell(outgoing.Request);
        foreach (var outcome in step.Outcomes)
        {
            watch?.Invoke(outcome);
            switch (outcome)
            {
                case StateRestored { Snapshot.State: ClusterState snapshot }:
                    reign.Restore(snapshot);
                    break;
                case EntriesCommitted committed:
                    foreach (var entry in committed.Entries)
                        OnCommitted(reign, entry);
                    break;
                case ProposalAppended placed:
                    reign.Place(placed.FirstIndex, placed.LastIndex);
                    break;
                case EntryWritten written:
                    reign.Note(written.Entry);
                    break;
                case ProposalRefused refused:
                    reign.Forget();
                    _log.Warning("{0}: a proposal was not taken into the log: {1}", _node.Self, refused.Reason);
                    break;
                case PhaseChanged { Phase: LeaderPhase.Leading }:
                    OnLeading(reign);
                    break;
                case LeaderDeposed deposed:
                    OnDeposed(deposed.Reason);
                    return;
                case LearnerFound learner:
                    _log.Warning("{0}: the replica on {1} has no vote: {2}; it learns only", _node.Self, learner.Node, learner.Reason.Describe());
                    break;
                case PhaseChanged or RoundConfirmed:
                    break;
                default:
                    throw new Core.InvariantViolation($"the CRM does not know the outcome {outcome.GetType().Name}");
            }
        }
    }

    private void OnCommitted(Reign reign, LogEntry entry)
    {
        var before = reign.Committed;
        var refusal = reign.Commit(entry);
        _movePauses.Note(before, reign.Committed, Now);
        if (entry.Epoch == reign.Leader.Epoch && refusal is null && EventTexts.Of(entry, reign.Committed) is { } told)
            _events.Tell(told);
        if (!_submissions.Remove(entry.Index, out var submission))
            return;
        submission.From.Tell(refusal is null ? new CommandAccepted(entry.Index) : new CommandRefused(refusal));
        if (refusal is null)
            _events.Tell(new RecordEvent(EventKinds.OperatorCommand, SubjectOf(entry.Command), $"an operator gave {entry.Command.Describe()}", entry.Epoch) { By = submission.By });
    }

    private static string SubjectOf(LogCommand command) => command switch
    {
        AddResource c => c.Definition.Id.ToString(),
        RemoveResource c => c.Id.ToString(),
        SetRequested c => c.Id.ToString(),
        SetResource c => c.Definition.Id.ToString(),
        ClearError c => c.Id.ToString(),
        MoveResource c => c.Id.ToString(),
        Thaw c => c.Id.ToString(),
        SetMaintenance c => c.Node.Value,
        BeginLeave c => c.Node.Value,
        CancelLeave c => c.Node.Value,
        ReleaseNode c => c.Node.Value,
        ApproveFencing c => c.Node.Value,
        _ => "cluster",
    };

    private void OnLeading(Reign reign)
    {
        _leadingSince = _lastAuthority = Now;
        var epoch = reign.Leader.Epoch;
        _log.Info("{0} leads as CRM of epoch {1} from entry {2} on", _node.Self, epoch, reign.Committed.AppliedIndex);
        _events.Tell(new RecordEvent(EventKinds.CrmActive, _node.Self.Value, $"the CRM on {_node.Self} leads in epoch {epoch}", epoch));
        foreach (var node in _node.Nodes.Keys)
            Context.ActorSelection(_node.PathOn(node, ActorNames.Lrm)).Tell(new ReportRequest(reign.Committed.AppliedIndex));
    }

    private void OnDeposed(DeposedReason reason)
    {
        var epoch = _reign!.Leader.Epoch;
        _log.Warning("{0}: the CRM of epoch {1} leads no more: {2}", _node.Self, epoch, reason.Describe());
        _events.Tell(new RecordEvent(EventKinds.CrmDeposed, _node.Self.Value, reason.Describe(), epoch));
        if (reason is DeposedReason.HigherEpoch higher)
            _epochFloor = Math.Max(_epochFloor, higher.Promised.Number);
        // Whether an unfinished command was committed is settled by the next epoch's no-op; until then it is not acknowledged.
        foreach (var submission in _submissions.Values)
            submission.From.Tell(new CommandRefused("the CRM was deposed before the command was known as committed; ask for the status before giving it again"));
        _submissions.Clear();
        _sent.Clear();
        _proofs = [];
        _fencing.Tell(new PursueFences([], epoch, TimeSpan.Zero));
        _bounds.Tell(new PursueBounds([], null, epoch));
        _boundProgress.Clear();
        _reign = null;
        Timers.StartSingleTimer("campaign", Campaign.Instance, CampaignRetry);
    }

    private void Resign()
    {
        _log.Warning("{0}: this CRM had no majority of the votes for {1} s; its node leaves the cluster so that another can lead",
            _node.Self, (int)_node.Times.ResignAfter.TotalSeconds);
        _lastAuthority = Now;
        var cluster = AkkaCluster.Get(Context.System);
        cluster.Leave(cluster.SelfAddress);
    }

    private Observations Seen() => new()
    {
        Now = Now,
        Clock = Context.System.Scheduler.Now,
        LeadingSince = _leadingSince,
        HeardAt = _heardAt.ToImmutableSortedDictionary(),
        Reports = _reports,
        Members = _view.Members,
        Unreachable = _view.Unreachable,
        Absences = _view.Absences,
        Proofs = _proofs,
        PausedMoves = _movePauses.Running(Now),
        Duplicated = _auditor.Duplicated(_reports),
        Unexpected = _auditor.Unexpected,
    };

    private Dictionary<NodeName, string> Progress() => _fenceProgress.Keys.Union(_boundProgress.Keys).ToDictionary(
        n => n, n => string.Join("; ", new[] { _fenceProgress.GetValueOrDefault(n, ""), _boundProgress.GetValueOrDefault(n, "") }.Where(t => t.Length > 0)));

    private ClusterStatus Status()
    {
        var state = _reign?.Committed ?? ClusterState.Empty;
        return StatusReport.Of(_node, state, _view, _node.Self, Seen(), Progress()) with
        {
            Epoch = _reign?.Leader.Epoch ?? Epoch.None,
            IsStale = !HasAuthority,
            WaitsFor = HasAuthority ? "" : _reign?.Leader.WaitsFor() ?? "the CRM waits to hear a majority of the votes and its own replica of the state log",
        };
    }
}
