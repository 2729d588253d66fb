using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
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
    private readonly HealthDesk _health = new();
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

        foreach (var checks in _health.Due(reign.Committed, now))
            Context.ActorSelection(_node.PathOn(checks.Session.Node, ActorNames.Lrm)).Tell(checks);

        var until = reign.Leader.LastMajorityRoundAt!.Value + _node.Times.AuthorityTtl;
        _fencing.Tell(new PursueFences(Orders.OpenFences(reign.Committed), reign.Leader.Epoch, until));
        _bounds.Tell(new PursueBounds(Orders.OpenBounds(reign.Committed), reign.Committed.Configuration, reign.Leader.Epoch));
        _proofs = _proofs.RemoveAll(p => !reign.Committed.Nodes.TryGetValue(p.Boot.Node, out var n) || n.DenialIndex != p.DenialIndex);
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
}
