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

    private sealed record StopDone(StopOutcome Outcome);

    private readonly NodeContext _node;
    private readonly ResourceId _id;
    private readonly CancellationToken _stopped;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private Order? _waiting;
    private Guid _uuid;
    private Token _token;
    private bool _busy;
    private bool _isRunning;

    public ResourceActor(NodeContext node, ResourceId id, bool isRunning, CancellationToken stopped)
    {
        _node = node;
        _id = id;
        _isRunning = isRunning;
        _stopped = stopped;
        Receive<CarryOut>(OnOrder);
        Receive<StartDone>(OnStarted);
        Receive<StopDone>(OnStopped);
        Receive<GuestEnded>(OnEnded);
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
                _node.VmHost.StartAsync(Definition(start.Definition), start.Token, _stopped).PipeTo(Self, Self, outcome => new StartDone(outcome));
                break;
            case Order.Stop:
                _busy = true;
                Tell(GuestState.Stopping);
                _node.VmHost.StopAsync(_id, _node.Times.StopTimeout, _stopped).PipeTo(Self, Self, outcome => new StopDone(outcome));
                break;
        }
    }

    private void OnStarted(StartDone m)
    {
        _busy = false;
        _isRunning = m.Outcome.Runs;
        if (!_isRunning)
            _log.Warning("{0}: {1} did not start: {2}", _node.Self, _id, m.Outcome.Detail);
        if (_waiting is null)
            Tell(_isRunning ? GuestState.Running : GuestState.Failed, _isRunning ? null : m.Outcome.Detail);
        else
            Proceed();
    }

    private void OnStopped(StopDone m)
    {
        _busy = false;
        _isRunning = !m.Outcome.IsGone;
        if (_waiting is null)
            Tell(_isRunning ? GuestState.StopFailed : GuestState.Stopped, _isRunning ? m.Outcome.Detail : null);
        else
            Proceed();
    }

    private void OnEnded(GuestEnded m)
    {
        // While an order is under way its own outcome tells what became of the guest.
        if (_busy || !_isRunning)
            return;
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
