using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AkkaHa.Cluster.Health;
using AkkaHa.Cluster.Leases;
using AkkaHa.Cluster.Storage;
using AkkaHa.Core;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Protocol.Lrm;

namespace AkkaHa.Cluster.Lrm;

/// <summary>
/// The local resource manager: carries out the CRM's orders on this node, one actor a resource, and reports everything that runs here.
/// It refuses orders for another session, and tokens that are not above the highest one it knows for the resource (DESIGN §5).
/// </summary>
/// <remarks>
/// The session is this actor's, not the process's: with the actor go the tokens it knew, and an order that it refused once must not be
/// taken by its successor.
/// </remarks>
public sealed partial class LrmActor : ReceiveActor, IWithTimers, IWithUnboundedStash
{
    private sealed record ReportNow
    {
        public static ReportNow Instance { get; } = new();
    }

    private sealed record LookAround
    {
        public static LookAround Instance { get; } = new();
    }

    private sealed record Looked(long AsOf, ImmutableSortedDictionary<ResourceId, GuestReport> Known, IReadOnlyList<RunningGuest> Guests);

    private sealed record LookFailed(Exception Cause);

    private sealed record LeaseRuleFollowed(string? Problem);

    private readonly NodeContext _node;
    private readonly Session _session;
    private readonly IActorRef _crm;
    private readonly IActorRef _lease;
    private readonly Dictionary<ResourceId, Order> _waiting = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopped = new();
    private ImmutableSortedDictionary<ResourceId, GuestReport> _guests = ImmutableSortedDictionary<ResourceId, GuestReport>.Empty;
    private IDisposable? _watch;
    private readonly HashSet<int> _endedWhileLooking = [];
    private ForeignLoad _foreign = ForeignLoad.None;
    private ImmutableSortedDictionary<string, StorageSight> _storages;
    private bool _isLooking;
    private IActorRef? _leaver;
    private bool _isLeaving;
    private long _sequence;
    private long _asOf = -1;
    private long _askedAsOf = -1;

    /// <summary>Begins by looking for what runs here already.</summary>
    /// <param name="node">The node.</param>
    /// <param name="crm">Where reports go: the proxy of the acting CRM.</param>
    /// <param name="lease">This boot's lease: nothing is started without a fresh round of it.</param>
    public LrmActor(NodeContext node, IActorRef crm, IActorRef lease)
    {
        _node = node;
        _session = node.NewSession();
        _crm = crm;
        _lease = lease;
        // Before the first probe has answered, no guest is to come for the sake of a storage that may not be there.
        _storages = node.Storages.ToImmutableSortedDictionary(
            p => p.Storage.Name, p => new StorageSight(IsUp: false, p.Storage.IsShared), StringComparer.Ordinal);
        Receive<StoragesSeen>(m => _storages = m.Sights);
        Receive<Step>(step => step.Run());
        Receive<LeaveRequest>(_ => Sender.Tell(new LeaveReply(false)));
        Receive<Found>(Adopt);
        Receive<SearchFailed>(m => throw new InvalidOperationException(
            $"{_node.Self}: what runs on this node could not be found out ({m.Cause.Message}); nothing is reported before that is known.", m.Cause));
        Receive<GuestEnded>(_ => Stash.Stash());
        // Orders are given again as long as they stand, and a question is answered by the first report anyhow.
        ReceiveAny(_ => { });
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc />
    public IStash Stash { get; set; } = null!;

    /// <inheritdoc />
    protected override void PreStart()
    {
        var self = Self;
        _watch = _node.VmHost.Watch(exit => self.Tell(new GuestEnded(exit)));
        Settle();
        WatchStorages();
    }

    private void WatchStorages() => Context.ActorSelection($"/user/{ActorNames.Storage}").Tell(Storage.WatchStorages.Instance, Self);

    // What a resource's actor knew of its guest is lost with it; only a new session's look at what runs here tells again.
    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    /// <inheritdoc />
    protected override void PostStop()
    {
        _watch?.Dispose();
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private void Adopt(Found found)
    {
        foreach (var stranger in found.Strangers)
            _log.Warning("{0}: the guest {1} ({2}) is no resource of HA and is left alone", _node.Self, stranger.Name, stranger.Uuid);
        foreach (var guest in found.Guests)
        {
            _log.Info("{0}: {1} still lives here ({2}) and is adopted", _node.Self, guest.Id, guest.Stand);
            _guests = _guests.SetItem(guest.Id, new GuestReport(guest.Id, guest.Uuid, guest.Stand, Token.None));
            Resource(guest.Id, guest);
        }

        _foreign = ForeignOf(found.Strangers);
        Become(Working);
        Timers.StartPeriodicTimer("look", LookAround.Instance, _node.Times.LookInterval);
        Timers.StartPeriodicTimer("report", ReportNow.Instance, _node.Times.ReportInterval);
        Report();
        Stash.UnstashAll();
    }

    private void Working()
    {
        Receive<Order>(OnOrder);
        Receive<FreshLease>(OnFreshLease);
        Receive<LeaveRequest>(_ => OnLeave());
        Receive<Retired>(OnRetired);
        Receive<LeaveAccepted>(m =>
        {
            if (m.Session == _session && _isLeaving)
                _leaver?.Tell(new LeaveReply(true));
        });
        Receive<LeaseRule>(m =>
        {
            if (m.Session == _session && _leaver is null)
                (m.IsArmed ? _node.LeaseGuard.ArmAsync(m.Index) : _node.LeaseGuard.GoLeaseFreeAsync(m.Index)).PipeTo(Self, Self, problem => new LeaseRuleFollowed(problem), cause => new LeaseRuleFollowed(cause.Message));
        });
        Receive<LeaseRuleFollowed>(m =>
        {
            if (m.Problem is not null)
                _log.Warning("{0}: whether guests here go by the lease could not be changed: {1}", _node.Self, m.Problem);
            Report();
        });
        Receive<ReopenSession>(m =>
        {
            // Its supervisor starts another one, which opens a session of its own.
            if (m.Session == _session && _leaver is null)
                Context.Stop(Self);
        });
        Receive<StoragesSeen>(m =>
        {
            var isNew = !_storages.SequenceEqual(m.Sights);
            _storages = m.Sights;
            if (isNew)
                Report();
        });
        Receive<GuestChanged>(m =>
        {
            _guests = _guests.SetItem(m.Guest.Id, m.Guest);
            Report();
        });
        Receive<GuestEnded>(m =>
        {
            if (_isLooking)
                _endedWhileLooking.Add(m.Exit.ProcessId);
            if (m.Exit.Id is { } id && _guests.ContainsKey(id))
                Resource(id, found: null).Tell(m);
        });
        Receive<GuestChecks>(m =>
        {
            if (m.Session != _session)
                return;
            foreach (var guest in _guests.Values.Where(g => !g.IsReleased))
                Resource(guest.Id, found: null).Tell(new SetHealthCheck(m.Checks.GetValueOrDefault(guest.Id)));
        });
        Receive<ReportNow>(_ => Report());
        Receive<ReportRequest>(m =>
        {
            _askedAsOf = Math.Max(_askedAsOf, m.AsOf);
            Look();
            if (m.AsOf <= _asOf)
                Report();
        });
        Receive<LookAround>(_ =>
        {
            Look(isUnasked: true);
            // One that was restarted knows its watchers no more.
            WatchStorages();
        });
        Receive<Looked>(OnLooked);
        Receive<LookFailed>(m =>
        {
            _isLooking = false;
            _log.Warning("{0}: what runs on this node could not be found out ({1}); the CRM's question stays open", _node.Self, m.Cause.Message);
        });
    }

    /// <summary>A question is answered by what runs here now, not by what this LRM remembers: guests are also started by hand.</summary>
    /// <param name="isUnasked">Whether to look although no question is open: somebody may have started a guest by hand.</param>
    private void Look(bool isUnasked = false)
    {
        if (_isLooking || (_askedAsOf <= _asOf && !isUnasked))
            return;
        _isLooking = true;
        _endedWhileLooking.Clear();
        var (asOf, known) = (_askedAsOf, _guests);
        _node.VmHost.ListAsync(_stopped.Token).PipeTo(
            Self, Self, guests => new Looked(asOf, known, guests), cause => new LookFailed(cause));
    }

    private void OnLooked(Looked m)
    {
        _isLooking = false;
        _asOf = Math.Max(_asOf, m.AsOf);
        _foreign = ForeignOf(m.Guests);
        foreach (var guest in m.Guests)
        {
            if (guest is { Id: { } still, State: RunState.Stopped } && _guests.GetValueOrDefault(still) is { State: GuestState.Running } stands
                && ReferenceEquals(stands, m.Known.GetValueOrDefault(still)))
                Resource(still, found: null).Tell(new GuestStandsStill(guest));
            if (guest.Id is not { } id || guest.State is RunState.Prelaunch or RunState.Incoming or RunState.Stopped || _endedWhileLooking.Contains(guest.ProcessId))
                continue;
            // What changed while it was looked for is told by the change.
            var known = _guests.GetValueOrDefault(id);
            if (known is { IsReleased: false } || !ReferenceEquals(known, m.Known.GetValueOrDefault(id)))
                continue;
            _log.Info("{0}: {1} runs here and was not started by HA", _node.Self, id);
            _guests = _guests.SetItem(id, new GuestReport(id, guest.Uuid, GuestState.Running, known?.Token ?? Token.None));
            Resource(id, new FoundGuest(id, guest.ProcessId, guest.Uuid, GuestState.Running)).Tell(new GuestFound(guest));
        }

        Report();
        Look();
    }

    private static ForeignLoad ForeignOf(IReadOnlyList<RunningGuest> guests) => new(guests.Count(g => g.Id is null), 0, 0);

    private void OnOrder(Order order)
    {
        var known = _guests.GetValueOrDefault(order.Id)?.Token ?? Token.None;
        if (_leaver is not null || ((order.Session != _session || order.Token <= known) && !KnownBad.Is(KnownBadVariant.TokenCheckOff)))
        {
            Report();
            return;
        }

        if (_waiting.TryGetValue(order.Id, out var waiting)
            && (order.Token < waiting.Token || (order.Token == waiting.Token && order.GetType() == waiting.GetType() && order.Epoch <= waiting.Epoch)))
            return;
        if (order is Order.Start or Order.Receive or Order.Continue or Order.Resume)
        {
            // The order stands in the log, so this boot was admitted. Whether it still is, and whether another CRM leads by now, the voters tell.
            _waiting[order.Id] = order;
            _lease.Tell(new FreshLeaseRequest(order.Id, order.Token));
            return;
        }

        _waiting.Remove(order.Id);
        Resource(order.Id, found: null).Tell(new CarryOut(order));
    }

    private void OnFreshLease(FreshLease fresh)
    {
        if (_leaver is not null || !_waiting.TryGetValue(fresh.Id, out var order) || order.Token != fresh.Token)
            return;
        _waiting.Remove(fresh.Id);
        if (fresh.Problem is null && fresh.Promised <= order.Epoch)
        {
            Resource(fresh.Id, found: null).Tell(new CarryOut(order));
            return;
        }

        if (fresh.Problem is null)
        {
            // No failure: the CRM of the higher epoch gives the order again, if it still stands.
            _log.Info("{0}: the order of epoch {1} for {2} is void, since epoch {3} was promised", _node.Self, order.Epoch, fresh.Id, fresh.Promised);
            return;
        }

        _log.Warning("{0}: the order for {1} is not carried out: {2}", _node.Self, fresh.Id, fresh.Problem);
        var uuid = order switch
        {
            Order.Start start => start.Definition.Uuid,
            Order.Receive receive => receive.Definition.Uuid,
            _ => (Guid?)null,
        };
        // Nothing was begun here, so it can be tried elsewhere; what needs something that lives here is asked for again.
        if (uuid is { } known && _guests.GetValueOrDefault(fresh.Id) is not { IsReleased: false })
            _guests = _guests.SetItem(fresh.Id, new GuestReport(fresh.Id, known, GuestState.Failed, order.Token, fresh.Problem));
        Report();
    }

    /// <summary>The daemon is being stopped: if nothing runs here, the node leaves cleanly and is not fenced for it.</summary>
    private void OnLeave()
    {
        if (_leaver is not null || _waiting.Count > 0 || _guests.Values.Any(g => !g.IsReleased))
        {
            Sender.Tell(new LeaveReply(false));
            return;
        }

        // From here on every order is refused.
        _leaver = Sender;
        _node.LeaseGuard.RetireAsync().PipeTo(Self, Self, empty => new Retired(empty), _ => new Retired(false));
    }

    private void OnRetired(Retired m)
    {
        if (m.IsEmpty)
        {
            _isLeaving = true;
            Timers.StartPeriodicTimer("report", ReportNow.Instance, TimeSpan.Zero, _node.Times.OrderRetry);
            return;
        }

        _leaver!.Tell(new LeaveReply(false));
        _leaver = null;
    }

    /// <param name="id">The resource.</param>
    /// <param name="found">What lives here of it already, if its actor has to be made; null where nothing does.</param>
    private IActorRef Resource(ResourceId id, FoundGuest? found)
    {
        var name = VmDefinition.NameOf(id);
        var child = Context.Child(name);
        return child.IsNobody() ? Context.ActorOf(Props.Create(() => new ResourceActor(_node, id, found, _stopped.Token)), name) : child;
    }

    private void Report() =>
        _crm.Tell(new NodeReport(_session, _node.Identity, ++_sequence, _node.MemoryMib, _guests)
        {
            AsOf = _asOf,
            Cpus = _node.Cpus,
            MigratesLive = _node.MigratesLive,
            Foreign = _foreign,
            Storages = _storages,
            Terms = _node.LeaseGuard.Terms,
            LeaseFreeSince = _node.LeaseGuard.LeaseFreeSince,
            ArmedAt = _node.LeaseGuard.ArmedAt,
            IsLeaving = _isLeaving,
        });
}
