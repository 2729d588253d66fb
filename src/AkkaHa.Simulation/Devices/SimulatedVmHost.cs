using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Devices;

/// <summary>
/// The VM host of a simulated daemon process. The guests are the machine's; the gate is the process's, and what a process does stops with it:
/// a guest that was spawned and not yet continued when the daemon died stays paused.
/// </summary>
internal sealed partial class SimulatedVmHost(Machine machine, Coroutines process) : IVmHost
{
    private static readonly TimeSpan SweepPause = TimeSpan.FromMilliseconds(50);

    private readonly List<Action<GuestExit>> _watchers = [];
    private readonly List<Task> _starting = [];
    private bool _open;
    private TimeSpan _until;
    private int _opening;
    private int _closings;
    private bool _leftAlive;

    public bool IsGateOpen => _open && TimeSpan.FromTicks(machine.BoottimeNanos() / 100) < _until;

    private SimulatedWorld World => machine.World;

    public Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(new HypervisorCapabilities(LiveMigration: true, AcpiShutdown: true, "simulated"));

    public bool OpenGate(TimeSpan until)
    {
        if (_closings > 0 || _leftAlive)
            return false;
        _until = _open && _until > until ? _until : until;
        _open = true;
        return IsGateOpen;
    }

    public Task<GateClosed> CloseGateAsync(string reason, TimeSpan timeout)
    {
        _open = false;
        _opening++;
        _closings++;
        World.Trace.Add(machine.Name.Value, $"gate closed: {reason}");
        return process.Run(() => KillEverything(reason, timeout));
    }

    public Task<StartOutcome> StartAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default)
    {
        World.Oracles.StartBegins(machine, definition, token);
        if (!IsGateOpen)
            return Task.FromResult(new StartOutcome(StartVerdict.GateClosed, $"{definition.Id} was not started: the gate of this node's VM host is closed."));
        if (machine.Guests.TryGetValue(definition.Id, out var known))
        {
            known.Token = known.State == RunState.Running ? token : known.Token;
            return Task.FromResult(known.State == RunState.Running && known.Definition.Uuid == definition.Uuid
                ? new StartOutcome(StartVerdict.AlreadyRunning, $"{definition.Id} runs already.", Seen(known))
                : new StartOutcome(StartVerdict.Failed, $"{definition.Id}: its process from before is still there.", Seen(known)));
        }

        var start = process.Run(() => Start(definition, token, cancellationToken));
        _starting.Add(start);
        return start;
    }

    public Task SettleAsync() => process.Run(async () =>
    {
        foreach (var start in _starting.ToList())
        {
            try
            {
                await start;
            }
            catch (OperationCanceledException)
            {
                // Ended, which is all that is asked here.
            }
        }
    });

    public Task<StopOutcome> StopAsync(ResourceId id, TimeSpan timeout, CancellationToken cancellationToken = default) => process.Run(async () =>
    {
        if (!machine.Guests.TryGetValue(id, out var guest))
            return new StopOutcome(StopVerdict.NotRunning, $"{id} does not run here.");
        var shutdown = machine.StopsHang ? TimeSpan.MaxValue : machine.Chance.Span(World.Settings.GuestStopMin, World.Settings.GuestStopMax);
        await process.Delay(shutdown < timeout ? shutdown : timeout);
        if (World.BehaviourOf(id).FailsStop(machine.Name))
            return new StopOutcome(StopVerdict.Failed, $"{id} cannot be stopped: its process does not end.");
        if (!IsStill(guest))
            return new StopOutcome(StopVerdict.NotRunning, $"{id} does not run here any more.");
        var asked = shutdown < timeout;
        machine.EndGuest(guest, asked ? GuestExitReason.Stopped : GuestExitReason.Killed, asked ? "it shut down" : "it was killed after the timeout");
        return new StopOutcome(asked ? StopVerdict.Stopped : StopVerdict.Killed, $"{id} is gone.");
    });

    public Task<StopOutcome> KillAsync(ResourceId id, CancellationToken cancellationToken = default) => process.Run(async () =>
    {
        if (!machine.Guests.TryGetValue(id, out var guest))
            return new StopOutcome(StopVerdict.NotRunning, $"{id} does not run here.");
        await process.Delay(machine.Chance.Span(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(60)));
        if (World.BehaviourOf(id).FailsStop(machine.Name))
            return new StopOutcome(StopVerdict.Failed, $"{id} cannot be killed: its process does not end.");
        if (IsStill(guest))
            machine.EndGuest(guest, GuestExitReason.Killed, "it was killed");
        return new StopOutcome(StopVerdict.Killed, $"{id} is gone.");
    });

    public Task<IReadOnlyList<RunningGuest>> ListAsync(CancellationToken cancellationToken = default) => process.Run(async () =>
    {
        await process.Delay(machine.Chance.Span(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20)));
        return (IReadOnlyList<RunningGuest>)[.. machine.Guests.Values.Select(Seen)];
    });

    public IDisposable Watch(Action<GuestExit> onExit)
    {
        _watchers.Add(onExit);
        return new Watching(() => _watchers.Remove(onExit));
    }

    /// <summary>A guest of the machine ended; whoever watches hears of it as a step of this process.</summary>
    public void Tell(GuestExit exit) => process.Post(
        _ =>
        {
            foreach (var watcher in _watchers.ToList())
                watcher(exit);
        },
        null);

    private async Task<StartOutcome> Start(VmDefinition definition, Token token, CancellationToken cancellationToken)
    {
        var opening = _opening;
        var guest = machine.Spawn(definition, token);
        await process.Delay(machine.Chance.Span(World.Settings.GuestStartMin, World.Settings.GuestStartMax));
        if (!IsStill(guest))
            return new StartOutcome(StartVerdict.Failed, $"{definition.Id} ended before it ran.");
        if (cancellationToken.IsCancellationRequested)
        {
            machine.EndGuest(guest, GuestExitReason.Killed, "its start was cancelled");
            throw new OperationCanceledException(cancellationToken);
        }

        if (machine.StartsFail || World.BehaviourOf(definition.Id).FailsStart(machine.Name))
        {
            machine.EndGuest(guest, GuestExitReason.Killed, "its start failed");
            return new StartOutcome(StartVerdict.Failed, $"{definition.Id} did not start: the hypervisor reports an error.");
        }

        if (!IsGateOpen || opening != _opening)
        {
            machine.EndGuest(guest, GuestExitReason.Killed, "the gate closed before it ran");
            return new StartOutcome(StartVerdict.GateClosed, $"{definition.Id} was spawned but never ran: the gate closed meanwhile.");
        }

        machine.Continue(guest);
        return new StartOutcome(StartVerdict.Started, $"{definition.Id} runs.", Seen(guest));
    }

    private async Task<GateClosed> KillEverything(string reason, TimeSpan timeout)
    {
        var began = World.Elapsed;
        var killed = new SortedSet<string>(StringComparer.Ordinal);
        while (true)
        {
            foreach (var guest in machine.Guests.Values.ToList())
            {
                killed.Add(guest.Definition.GuestName);
                await KillAsync(guest.Id, CancellationToken.None);
            }

            var isDone = machine.Guests.Count == 0;
            if (isDone || World.Elapsed - began >= timeout)
            {
                _closings--;
                _leftAlive = !isDone;
                return new GateClosed(isDone, [.. killed], $"The gate is closed ({reason}).");
            }

            await process.Delay(SweepPause);
        }
    }

    private bool IsStill(Guest guest) => machine.Guests.GetValueOrDefault(guest.Id) == guest;

    private RunningGuest Seen(Guest guest) => new(guest.Definition.GuestName, guest.Definition.Uuid, guest.ProcessId, guest.State)
    {
        Token = guest.Token,
        Uptime = World.Elapsed - guest.SpawnedAt,
    };

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
