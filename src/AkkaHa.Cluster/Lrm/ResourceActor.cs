using Akka.Actor;
using Akka.Event;
using AkkaHa.Core;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Health;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Cluster.Lrm;

/// <summary>
/// Drives one guest on this node. It carries out one order at a time; a newer order waits for the end of the one under way and replaces
/// any other that waits. Only the copying of a migration is broken off for it.
/// </summary>
internal sealed partial class ResourceActor : ReceiveActor, IWithTimers
{
    private sealed record Step(Action Run);

    private readonly NodeContext _node;
    private readonly ResourceId _id;
    private readonly CancellationToken _stopped;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<int, GuestExit> _endedMeanwhile = [];
    private Order? _waiting;
    private Guid _uuid;
    private FailureCause _cause;
    private Token _token;
    private bool _busy;
    private GuestState _stand = GuestState.Stopped;
    private int? _process;

    /// <param name="node">The node.</param>
    /// <param name="id">The resource.</param>
    /// <param name="found">The guest that lives here already; null where none does.</param>
    /// <param name="stopped">Ends what is under way with the LRM.</param>
    public ResourceActor(NodeContext node, ResourceId id, FoundGuest? found, CancellationToken stopped)
    {
        _node = node;
        _id = id;
        _stopped = stopped;
        if (found is not null)
            (_process, _uuid, _stand) = (found.Process, found.Uuid, found.Stand);
        Receive<CarryOut>(OnOrder);
        Receive<Step>(step => step.Run());
        Receive<GuestEnded>(OnEnded);
        Receive<GuestFound>(m =>
        {
            if (_busy)
                return;
            (_uuid, _process, _stand) = (m.Guest.Uuid, m.Guest.ProcessId, GuestState.Running);
            LookAfter();
        });
        Receive<GuestStandsStill>(OnStandsStill);
        ReceiveHealth();
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private void OnOrder(CarryOut message)
    {
        if (message.Order.Token <= _token && !KnownBad.Is(KnownBadVariant.TokenCheckOff))
            return;
        _token = message.Order.Token;
        _cause = FailureCause.Guest;
        _waiting = message.Order;
        Proceed();
    }

    private void Proceed()
    {
        if (_waiting is not { } order)
            return;
        _uuid = order switch
        {
            Order.Start start => start.Definition.Uuid,
            Order.Receive receive => receive.Definition.Uuid,
            Order.Continue arrived => arrived.Definition.Uuid,
            _ => _uuid,
        };
        _check = order switch
        {
            Order.Start start => start.Definition.Health,
            Order.Continue arrived => arrived.Definition.Health,
            _ => _check,
        };
        if (_busy || !IsAnsweredAtOnce(order))
            Tell(UnderWay(order));
        if (_busy)
        {
            _sending?.Cancel();
            return;
        }

        _waiting = null;
        _busy = true;
        switch (order)
        {
            case Order.Start start:
                Start(start);
                break;
            case Order.Stop stop:
                Stop(stop);
                break;
            case Order.Receive receive:
                ReceiveGuest(receive);
                break;
            case Order.Send send:
                SendGuest(send);
                break;
            case Order.Complete:
                HandOver();
                break;
            case Order.Continue arrived:
                LetArrivedRun(arrived, ArrivalLooks);
                break;
            case Order.Resume:
                RunOn(null);
                break;
            case Order.Attest:
                Ordered(_process, _stand, null);
                break;
            default:
                throw new Core.InvariantViolation($"the resource actor does not know the order {order.GetType().Name}");
        }
    }

    private bool IsAnsweredAtOnce(Order order) => order is Order.Attest || (order is Order.Start or Order.Continue && _stand == GuestState.Running);

    private void Start(Order.Start order)
    {
        switch (_stand)
        {
            case GuestState.Running:
                Ordered(_process, GuestState.Running, null);
                break;
            case GuestState.AtSwitchOver:
                RunOn(null);
                break;
            case GuestState.Incoming:
                Kill(gone => Spawn(order), left => Ordered(_process, GuestState.StopFailed, left));
                break;
            default:
                Spawn(order);
                break;
        }
    }

    private void Spawn(Order.Start order) => Then(
        _node.VmHost.StartAsync(Definition(order.Definition), order.Token, _stopped),
        outcome =>
        {
            var process = outcome.Guest?.ProcessId;
            _cause = CauseOf(outcome.Verdict);
            Ordered(process, outcome.Runs ? GuestState.Running : process is null ? GuestState.Failed : GuestState.StopFailed, outcome.Runs ? null : outcome.Detail);
        },
        CleanUp);

    private void Stop(Order.Stop order)
    {
        switch (_stand)
        {
            case GuestState.Incoming:
                Kill(gone => Ordered(null, GuestState.Stopped, null), left => Ordered(_process, GuestState.StopFailed, left));
                break;
            case GuestState.AtSwitchOver:
                // One that stands still hears no power button.
                Then(Migration!.CancelMigrationAsync(_id, _stopped), _ => ShutDown(order), _ => ShutDown(order));
                break;
            default:
                ShutDown(order);
                break;
        }
    }

    private void ShutDown(Order.Stop order) => Then(
        _node.VmHost.StopAsync(_id, order.Within ?? _node.Times.StopTimeout, _stopped),
        outcome => Ordered(outcome.IsGone ? null : _process, outcome.IsGone ? GuestState.Stopped : GuestState.StopFailed, outcome.IsGone ? null : outcome.Detail),
        cause => Ordered(_process, GuestState.StopFailed, cause));

    private void Kill(Action<string> gone, Action<string> left) =>
        Then(_node.VmHost.KillAsync(_id, _stopped), outcome => (outcome.IsGone ? gone : left)(outcome.Detail), left);

    // What an attempt that broke off has left behind is not known, and must not run while the guest is started elsewhere.
    private void CleanUp(string cause) => Kill(
        gone => Ordered(null, GuestState.Failed, $"{cause} {gone}"),
        left => Ordered(_process, GuestState.StopFailed, $"{cause} {left}"));

    /// <summary>The order under way has ended; the newest one that waits comes next.</summary>
    private void Ordered(int? process, GuestState state, string? reason)
    {
        _busy = false;
        // The end of a process and the end of an order come on different ways and in any order: which process it was tells what it means.
        if (process is { } id && _endedMeanwhile.TryGetValue(id, out var exit))
        {
            (process, state, reason) = (null, Ended(exit, state), exit.Detail);
            _cause = exit.Reason == GuestExitReason.Killed ? FailureCause.SelfFence : _cause;
        }

        _endedMeanwhile.Clear();
        _process = process;
        _stand = state;
        LookAfter();
        if (state is GuestState.Failed or GuestState.StopFailed)
            _log.Warning("{0}: the order for {1} failed: {2}", _node.Self, _id, reason);
        if (_waiting is null)
            Tell(state, reason);
        else
            Proceed();
    }

    private static GuestState Ended(GuestExit exit, GuestState ordered) =>
        exit.Reason == GuestExitReason.MigratedAway ? GuestState.Departed
        : ordered is GuestState.StopFailed ? GuestState.Stopped
        : GuestState.Failed;

    private void OnEnded(GuestEnded m)
    {
        if (_busy)
        {
            _endedMeanwhile[m.Exit.ProcessId] = m.Exit;
            return;
        }

        if (_process != m.Exit.ProcessId)
            return;
        _process = null;
        _stand = m.Exit.Reason == GuestExitReason.MigratedAway ? GuestState.Departed : GuestState.Stopped;
        // Nobody here has ordered it: that was the end of the node's lease.
        _cause = m.Exit.Reason == GuestExitReason.Killed ? FailureCause.SelfFence : FailureCause.Guest;
        LookAfter();
        _log.Warning("{0}: {1} ended: {2}", _node.Self, _id, m.Exit.Detail);
        Tell(_stand, m.Exit.Detail);
    }

    /// <summary>Somebody shut it down or migrated it away by hand, or it panicked: what is left of it never runs again by itself.</summary>
    private void OnStandsStill(GuestStandsStill m)
    {
        if (_busy || _stand != GuestState.Running || _process != m.Guest.ProcessId)
            return;
        _busy = true;
        _cause = FailureCause.Guest;
        Kill(
            gone => Ordered(null, GuestState.Stopped, $"{_id} stood still on {_node.Self} (shut down or migrated away by hand, or it panicked); what was left of it is ended"),
            left => Ordered(_process, GuestState.StopFailed, left));
    }

    /// <summary>Goes on with what the device has answered, on this actor's own thread of control.</summary>
    private void Then<T>(Task<T> work, Action<T> next, Action<string> broken) => work.PipeTo(
        Self, Self, result => new Step(() => next(result)), cause => new Step(() => broken(cause.Message)));

    private void Tell(GuestState state, string? reason = null) =>
        Context.Parent.Tell(new GuestChanged(new GuestReport(_id, _uuid, state, _token, reason)
        {
            Address = state == GuestState.Incoming ? _address : null,
            IsStartingUp = state == GuestState.Running && _isStartingUp,
            Cause = state is GuestState.Failed or GuestState.Stopped ? _cause : FailureCause.Guest,
        }));

    private static FailureCause CauseOf(StartVerdict verdict) => verdict switch
    {
        // Its holder may let go of the disk, and the gate opens again with the lease.
        StartVerdict.DiskLocked or StartVerdict.NotOwned => FailureCause.Storage,
        StartVerdict.GateClosed => FailureCause.Dependency,
        StartVerdict.Started or StartVerdict.AlreadyRunning or StartVerdict.Failed => FailureCause.Guest,
        _ => throw new Core.InvariantViolation($"the resource actor does not know the verdict {verdict}"),
    };

    private static GuestState UnderWay(Order order) => order switch
    {
        Order.Start or Order.Receive or Order.Continue => GuestState.Starting,
        Order.Stop => GuestState.Stopping,
        Order.Send or Order.Complete or Order.Resume or Order.Attest => GuestState.Sending,
        _ => throw new Core.InvariantViolation($"the resource actor does not know the order {order.GetType().Name}"),
    };

    private static VmDefinition Definition(ResourceDefinition resource) =>
        new(resource.Id, resource.Uuid, [.. resource.Disks.Select(d => new VmDisk(d.Path) { Storage = d.Storage, Format = d.Format, Bus = d.Bus, Cache = d.Cache })])
        {
            MemoryMib = resource.MemoryMib,
            Cpus = resource.Cpus,
            Nics = resource.Hardware.Nics,
            Firmware = resource.Hardware.Firmware is { } firmware ? (firmware.Code, firmware.Variables?.Path) : null,
            ExtraArguments = resource.Hardware.ExtraArguments,
            HasAgent = resource.Health is { Kind: HealthKind.GuestAgent },
        };
}
