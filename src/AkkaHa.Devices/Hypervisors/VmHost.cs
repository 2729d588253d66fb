using System.Diagnostics.CodeAnalysis;
using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Hypervisors;

/// <inheritdoc cref="IVmHost" />
[SuppressMessage("Design", "CA1001", Justification = "The token sources have no timer and no wait handle: nothing to release.")]
public sealed class VmHost(IHypervisor hypervisor, TimeProvider time) : IVmHost, IAsyncDisposable
{
    private static readonly TimeSpan SweepPause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly HashSet<Task> _starting = [];
    private CancellationTokenSource _closed = new();
    private bool _open;
    private int _closings;
    private bool _leftAlive;

    /// <inheritdoc />
    public bool IsGateOpen
    {
        get
        {
            lock (_gate)
                return _open;
        }
    }

    /// <inheritdoc />
    public Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken = default) =>
        hypervisor.CapabilitiesAsync(cancellationToken);

    /// <inheritdoc />
    public bool OpenGate()
    {
        lock (_gate)
        {
            if (_closings > 0 || _leftAlive)
                return false;
            if (!_open)
            {
                _open = true;
                _closed = new CancellationTokenSource();
            }
            return true;
        }
    }

    /// <inheritdoc />
    public async Task<GateClosed> CloseGateAsync(string reason, TimeSpan timeout)
    {
        CancellationTokenSource closed;
        lock (_gate)
        {
            _open = false;
            _closings++;
            closed = _closed;
        }
        // Not under the lock: the callbacks of a cancellation run the code of whoever waits for it.
        await closed.CancelAsync().ConfigureAwait(false);
        var allDead = false;
        try
        {
            var result = await KillEverythingAsync(reason, timeout).ConfigureAwait(false);
            allDead = result.AllDead;
            return result;
        }
        finally
        {
            lock (_gate)
            {
                _closings--;
                _leftAlive = !allDead;
            }
        }
    }

    /// <inheritdoc />
    public async Task<StartOutcome> StartAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<StartOutcome> spawn;
        CancellationTokenSource admission;
        CancellationTokenSource abort;
        lock (_gate)
        {
            if (!_open)
                return new StartOutcome(StartVerdict.GateClosed, $"{definition.Id} was not started: the gate of this node's VM host is closed.");
            admission = _closed;
            abort = CancellationTokenSource.CreateLinkedTokenSource(admission.Token, cancellationToken);
            _starting.Add(done.Task);
            // The process is created here, before the lock is left: a closing that follows finds it.
            spawn = hypervisor.SpawnPausedAsync(definition, token, abort.Token);
        }
        try
        {
            return await FinishStartAsync(definition, spawn, admission, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            abort.Dispose();
            lock (_gate)
                _starting.Remove(done.Task);
            done.SetResult();
        }
    }

    /// <inheritdoc />
    public async Task SettleAsync()
    {
        Task[] starting;
        lock (_gate)
            starting = [.. _starting];
        await Task.WhenAll(starting).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<StopOutcome> StopAsync(ResourceId id, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        hypervisor.StopAsync(id, timeout, cancellationToken);

    /// <inheritdoc />
    public Task<StopOutcome> KillAsync(ResourceId id, CancellationToken cancellationToken = default) =>
        hypervisor.KillAsync(id, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<RunningGuest>> ListAsync(CancellationToken cancellationToken = default) =>
        hypervisor.ListAsync(cancellationToken);

    /// <inheritdoc />
    public IDisposable Watch(Action<GuestExit> onExit) => hypervisor.Watch(onExit);

    /// <summary>Lets go of the driver; the guests live on.</summary>
    public ValueTask DisposeAsync() => hypervisor.DisposeAsync();

    private async Task<StartOutcome> FinishStartAsync(
        VmDefinition definition, Task<StartOutcome> spawn, CancellationTokenSource admission, CancellationToken cancellationToken)
    {
        StartOutcome spawned;
        try
        {
            spawned = await spawn.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (admission.IsCancellationRequested)
        {
            return ClosedMeanwhile(definition);
        }
        if (spawned.Verdict != StartVerdict.Started)
            return spawned;

        Task<StartOutcome>? running = null;
        lock (_gate)
        {
            // The same opening of the gate, not just an open gate: a close and a reopen in between has killed what was there.
            if (_open && ReferenceEquals(admission, _closed))
                running = hypervisor.ContinueAsync(definition.Id, cancellationToken);
        }
        if (running is not null)
            return await running.ConfigureAwait(false);
        var killed = await hypervisor.KillAsync(definition.Id, CancellationToken.None).ConfigureAwait(false);
        return killed.IsGone ? ClosedMeanwhile(definition) : new StartOutcome(StartVerdict.Failed, killed.Detail, spawned.Guest);
    }

    private static StartOutcome ClosedMeanwhile(VmDefinition definition) => new(
        StartVerdict.GateClosed,
        $"{definition.Id} was spawned but never ran: the gate of this node's VM host closed meanwhile, and its process was killed.");

    private async Task<GateClosed> KillEverythingAsync(string reason, TimeSpan timeout)
    {
        var started = time.GetTimestamp();
        var killed = new SortedSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var guests = await hypervisor.ListAsync(CancellationToken.None).ConfigureAwait(false);
            foreach (var guest in guests)
                killed.Add(guest.Name);
            var outcomes = await Task.WhenAll(guests.Where(guest => guest.Id is not null)
                .Select(guest => hypervisor.KillAsync(guest.Id!.Value, CancellationToken.None))).ConfigureAwait(false);
            Task[] starting;
            lock (_gate)
                starting = [.. _starting];
            if (guests.Count == 0 && starting.Length == 0)
                return new GateClosed(true, [.. killed], $"The gate is closed ({reason}); {Count(killed.Count)} killed, nothing runs here any more.");
            if (time.GetElapsedTime(started) >= timeout)
            {
                var left = outcomes.Where(outcome => !outcome.IsGone).Select(outcome => outcome.Detail).ToList();
                return new GateClosed(false, [.. killed], $"The gate is closed ({reason}), but not everything is dead after "
                    + FormattableString.Invariant($"{timeout.TotalSeconds:0.#} s: ")
                    + (left.Count > 0 ? string.Join(" ", left) : "a start is still under way."));
            }
            await Task.Delay(SweepPause, time).ConfigureAwait(false);
        }
    }

    private static string Count(int guests) => guests == 1 ? "1 guest was" : FormattableString.Invariant($"{guests} guests were");
}
