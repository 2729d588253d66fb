using Akka.Actor;
using Akka.Event;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Cluster.Lrm;

/// <summary>
/// Drives one guest on this node. It carries out one order at a time; a newer order waits for the end of the one under way and replaces
/// any other that waits.
/// </summary>
internal sealed class ResourceActor : ReceiveActor
{
    private sealed record StartDone(StartOutcome Outcome);

    private sealed record StartBroken(Exception Cause);

    private sealed record CleanedUp(string Cause, StopOutcome Outcome);

    private sealed record StopDone(StopOutcome Outcome);

    private readonly NodeContext _node;
    private readonly ResourceId _id;
    private readonly CancellationToken _stopped;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<int, string> _endedMeanwhile = [];
    private Order? _waiting;
    private Guid _uuid;
    private Token _token;
    private bool _busy;
    private bool _isRunning;
    private int? _process;

    /// <param name="node">The node.</param>
    /// <param name="id">The resource.</param>
    /// <param name="process">The process that is the guest already; null where none is.</param>
    /// <param name="stopped">Ends what is under way with the LRM.</param>
    public ResourceActor(NodeContext node, ResourceId id, int? process, CancellationToken stopped)
    {
        _node = node;
        _id = id;
        _process = process;
        _isRunning = process is not null;
        _stopped = stopped;
        Receive<CarryOut>(OnOrder);
        Receive<StartDone>(OnStarted);
        Receive<StartBroken>(OnStartBroken);
        Receive<CleanedUp>(OnCleanedUp);
        Receive<StopDone>(OnStopped);
        Receive<GuestEnded>(OnEnded);
        Receive<GuestFound>(m =>
        {
            if (_busy)
                return;
            (_uuid, _process, _isRunning) = (m.Guest.Uuid, m.Guest.ProcessId, true);
        });
    }

    private void OnOrder(CarryOut message)
    {
        if (message.Order.Token <= _token)
            return;
        _token = message.Order.Token;
        _waiting = message.Order;
        Proceed();
    }

    private void Proceed()
    {
        if (_busy || _waiting is not { } order)
        {
            if (_busy)
                Tell(_waiting is Order.Stop ? GuestState.Stopping : GuestState.Starting);
            return;
        }

        _waiting = null;
        switch (order)
        {
            case Order.Start start:
                _uuid = start.Definition.Uuid;
                if (_isRunning)
                {
                    Tell(GuestState.Running);
                    return;
                }

                _busy = true;
                Tell(GuestState.Starting);
                _node.VmHost.StartAsync(Definition(start.Definition), start.Token, _stopped).PipeTo(
                    Self, Self, outcome => new StartDone(outcome), cause => new StartBroken(cause));
                break;
            case Order.Stop stop:
                _busy = true;
                Tell(GuestState.Stopping);
                _node.VmHost.StopAsync(_id, stop.Within ?? _node.Times.StopTimeout, _stopped).PipeTo(
                    Self, Self, outcome => new StopDone(outcome), cause => new StopDone(new StopOutcome(StopVerdict.Failed, cause.Message)));
                break;
        }
    }

    private void OnStarted(StartDone m)
    {
        var process = m.Outcome.Guest?.ProcessId;
        if (process is { } id && _endedMeanwhile.TryGetValue(id, out var end))
            Ordered(null, GuestState.Failed, end);
        else if (m.Outcome.Runs)
            Ordered(process, GuestState.Running, null);
        else
            Ordered(process, process is null ? GuestState.Failed : GuestState.StopFailed, m.Outcome.Detail);
    }

    // What a start that broke off has left behind is not known, and must not run while the guest is started elsewhere.
    private void OnStartBroken(StartBroken m) => _node.VmHost.KillAsync(_id, _stopped).PipeTo(
        Self, Self, outcome => new CleanedUp(m.Cause.Message, outcome),
        cause => new CleanedUp(m.Cause.Message, new StopOutcome(StopVerdict.Failed, cause.Message)));

    private void OnCleanedUp(CleanedUp m) =>
        Ordered(null, m.Outcome.IsGone ? GuestState.Failed : GuestState.StopFailed, $"{m.Cause} {m.Outcome.Detail}");

    private void OnStopped(StopDone m)
    {
        var isGone = m.Outcome.IsGone || (_process is { } id && _endedMeanwhile.ContainsKey(id));
        Ordered(isGone ? null : _process, isGone ? GuestState.Stopped : GuestState.StopFailed, isGone ? null : m.Outcome.Detail);
    }

    /// <summary>The order under way has ended; the newest one that waits comes next.</summary>
    private void Ordered(int? process, GuestState state, string? reason)
    {
        _busy = false;
        _endedMeanwhile.Clear();
        _process = process;
        _isRunning = state == GuestState.Running;
        if (state is GuestState.Failed or GuestState.StopFailed)
            _log.Warning("{0}: the order for {1} failed: {2}", _node.Self, _id, reason);
        if (_waiting is null)
            Tell(state, reason);
        else
            Proceed();
    }

    private void OnEnded(GuestEnded m)
    {
        // The end of a process and the end of an order come on different ways and in any order: which process it was tells what it means.
        if (_busy)
        {
            _endedMeanwhile[m.Exit.ProcessId] = m.Exit.Detail;
            return;
        }

        if (_process != m.Exit.ProcessId)
            return;
        _process = null;
        _isRunning = false;
        _log.Warning("{0}: {1} ended: {2}", _node.Self, _id, m.Exit.Detail);
        Tell(GuestState.Stopped, m.Exit.Detail);
    }

    private void Tell(GuestState state, string? reason = null) =>
        Context.Parent.Tell(new GuestChanged(new GuestReport(_id, _uuid, state, _token, reason)));

    private static VmDefinition Definition(ResourceDefinition resource) =>
        new(resource.Id, resource.Uuid, [.. resource.Disks.Select(d => new VmDisk(d.Path) { Bus = DiskBus.Ide })])
        {
            MemoryMib = resource.MemoryMib,
            Cpus = resource.Cpus,
        };
}
