using System.Collections.Immutable;
using Akka.Actor;
using Akka.Embedded;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>Sends heartbeats to the members that this node monitors, and feeds the answers to the failure detectors.</summary>
internal sealed class ClusterHeartbeatSender : ReceiveActor, IWithTimers
{
    private readonly UniqueAddress _self;
    private readonly ClusterSettings _settings;
    private readonly DefaultFailureDetectorRegistry<Address> _detectors;
    private readonly TimeProvider _time = RuntimeEnvironment.Of(Context.System).Time;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<Address, ActorSelection> _paths = [];
    private readonly HeartbeatWindow _window;
    private ImmutableHashSet<UniqueAddress> _receivers = [];
    private long _sequenceNr;

    public ClusterHeartbeatSender(UniqueAddress self, ClusterSettings settings, DefaultFailureDetectorRegistry<Address> detectors)
    {
        _self = self;
        _settings = settings;
        _detectors = detectors;
        _window = new HeartbeatWindow(_time, settings.AcceptableHeartbeatPause + settings.HeartbeatInterval);
        Receive<Membership>(m => OnMembership(m.State));
        Receive<HeartbeatRsp>(OnAnswer);
        Receive<Tick>(_ => Beat());
        Receive<FirstAnswerDue>(OnFirstAnswerDue);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, _settings.HeartbeatInterval);

    private void OnMembership(MembershipState state)
    {
        var members = state.Gossip.Nodes;
        var unreachable = state.Gossip.Reachability.AllUnreachable;
        var ring = HeartbeatRing.ReceiversOf(_self, members, unreachable, _settings.MonitoredByNrOfMembers);

        // Whoever this node found unreachable stays monitored by it, or nobody would find it reachable again.
        var kept = _receivers.Where(n => members.Contains(n) && !state.Gossip.Reachability.IsReachable(_self, n));
        var receivers = ring.Union(kept);
        foreach (var gone in _receivers.Except(receivers)) Forget(gone);
        var added = receivers.Except(_receivers);
        _receivers = receivers;
        foreach (var node in added) BeatOne(node);
    }

    private void Forget(UniqueAddress node)
    {
        _window.Forget(node);
        Timers.Cancel(new FirstAnswerDue(node));

        // Also when the next incarnation is on this address: it starts with a clean history.
        _detectors.Remove(node.Address);
        _paths.Remove(node.Address);
    }

    private void Beat()
    {
        _sequenceNr++;
        foreach (var node in _receivers) BeatOne(node);
    }

    private void BeatOne(UniqueAddress node)
    {
        if (_settings.VerboseHeartbeatLogging) _log.Debug("Cluster Node [{0}] - Heartbeat {1} to [{2}]", _self.Address, _sequenceNr, node.Address);
        var due = new FirstAnswerDue(node);
        if (!_detectors.IsMonitoring(node.Address) && !Timers.IsTimerActive(due))
            Timers.StartSingleTimer(due, due, _settings.HeartbeatExpectedResponseAfter);
        ReceiverAt(node.Address).Tell(new Heartbeat(_self.Address, _sequenceNr, _time.GetTimestamp()), Self);
    }

    private void OnAnswer(HeartbeatRsp answer)
    {
        if (!_receivers.Contains(answer.From) || !_window.Accepts(answer)) return;
        if (_settings.VerboseHeartbeatLogging) _log.Debug("Cluster Node [{0}] - Heartbeat {1} answered by [{2}]", _self.Address, answer.SequenceNr, answer.From.Address);
        _detectors.Heartbeat(answer.From.Address);
    }

    // Without this a member that never answered at all would never be monitored, and never be found unreachable.
    private void OnFirstAnswerDue(FirstAnswerDue due)
    {
        if (_receivers.Contains(due.Node) && !_detectors.IsMonitoring(due.Node.Address))
            _detectors.Heartbeat(due.Node.Address);
    }

    private ActorSelection ReceiverAt(Address address)
    {
        if (_paths.TryGetValue(address, out var path)) return path;
        path = Context.ActorSelection(ClusterPaths.HeartbeatReceiverAt(address));
        _paths.Add(address, path);
        return path;
    }

    /// <summary>The membership, from the core.</summary>
    internal sealed record Membership(MembershipState State) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    private sealed record FirstAnswerDue(UniqueAddress Node) : INoSerializationVerificationNeeded;

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }
}
