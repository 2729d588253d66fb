using System.Diagnostics.CodeAnalysis;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Host;

namespace AkkaHa.Devices.Hypervisors;

/// <inheritdoc cref="IVmHost" />
[SuppressMessage("Design", "CA1001", Justification = "The token sources have no timer and no wait handle: nothing to release.")]
public sealed class VmHost(IHypervisor hypervisor, TimeProvider time, Func<TimeSpan>? bootTime = null) : IVmHost, IMigrationHost, IAsyncDisposable
{
    private static readonly TimeSpan SweepPause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly HashSet<Task> _starting = [];
    private CancellationTokenSource _closed = new();
    private readonly Func<TimeSpan> _bootTime = bootTime ?? HostClock.BootTime;
    private bool _open;
    private TimeSpan _until;
    private int _closings;
    private bool _leftAlive;

    /// <inheritdoc />
    public bool IsGateOpen
    {
        get
        {
            lock (_gate)
                return IsOpen();
        }
    }

    /// <inheritdoc />
    public Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken = default) =>
        hypervisor.CapabilitiesAsync(cancellationToken);

    /// <inheritdoc />
    public bool OpenGate(TimeSpan until)
    {
        lock (_gate)
        {
            if (_closings > 0 || _leftAlive)
                return false;
            if (!_open)
            {
                _open = true;
                _closed = new CancellationTokenSource();
                _until = until;
            }
            _until = until > _until ? until : _until;
            return IsOpen();
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
        using var admission = Admit(abort => hypervisor.SpawnPausedAsync(definition, token, abort), cancellationToken);
        return admission is null
            ? new StartOutcome(StartVerdict.GateClosed, $"{definition.Id} was not started: the gate of this node's VM host is closed.")
            : await FinishStartAsync(definition, admission, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<IncomingOutcome> PrepareIncomingAsync(
        VmDefinition definition, Token token, string listen, CancellationToken cancellationToken = default)
    {
        if (Migration is not { } migration)
            return new IncomingOutcome(new StartOutcome(StartVerdict.Failed, $"{definition.Id} cannot be received: the hypervisor '{hypervisor.Kind}' does not migrate."));
        using var admission = Admit(abort => migration.PrepareIncomingAsync(definition, token, listen, abort), cancellationToken);
        if (admission is null)
            return new IncomingOutcome(new StartOutcome(StartVerdict.GateClosed, $"{definition.Id} is not received: the gate of this node's VM host is closed."));
        try
        {
            var incoming = await admission.Work.ConfigureAwait(false);
            if (incoming.Address is null || IsOpenSince(admission.Closed))
                return incoming;
        }
        catch (OperationCanceledException) when (admission.Closed.IsCancellationRequested)
        {
            // Killed by the driver; told below.
        }
        await hypervisor.KillAsync(definition.Id, CancellationToken.None).ConfigureAwait(false);
        return new IncomingOutcome(ClosedMeanwhile(definition.Id));
    }

    /// <inheritdoc />
    public async Task<StartOutcome> ContinueIncomingAsync(ResourceId id, CancellationToken cancellationToken = default)
    {
        Task<StartOutcome> running;
        lock (_gate)
        {
            if (!IsOpen())
                return new StartOutcome(StartVerdict.GateClosed, $"{id} is not continued: the gate of this node's VM host is closed.");
            running = hypervisor.ContinueAsync(id, cancellationToken);
        }
        return await running.ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ILiveMigration? Migration => hypervisor as ILiveMigration;

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

    // The work begins, and its process is created, before the lock is left: a closing that follows finds it.
    private Admission<T>? Admit<T>(Func<CancellationToken, Task<T>> begin, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!IsOpen())
                return null;
            var abort = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token, cancellationToken);
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _starting.Add(done.Task);
            return new Admission<T>(Begin(begin, abort.Token), _closed, abort, () =>
            {
                lock (_gate)
                    _starting.Remove(done.Task);
                done.SetResult();
            });
        }
    }

    // A driver that throws before its first await fails the start alone: what is counted as under way must end, or nothing settles any more.
    private static Task<T> Begin<T>(Func<CancellationToken, Task<T>> begin, CancellationToken abort)
    {
        try
        {
            return begin(abort);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Task.FromException<T>(e);
        }
    }

    // The same opening of the gate, not just an open gate: a close and a reopen in between has killed what was there.
    private bool IsOpenSince(CancellationTokenSource closed)
    {
        lock (_gate)
            return IsOpen() && ReferenceEquals(closed, _closed);
    }

    // Asked under the lock. Whoever holds the lease in time need not have been heard of for the gate to be closed.
    private bool IsOpen() => _open && _bootTime() < _until;

    private async Task<StartOutcome> FinishStartAsync(VmDefinition definition, Admission<StartOutcome> admission, CancellationToken cancellationToken)
    {
        StartOutcome spawned;
        try
        {
            spawned = await admission.Work.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (admission.Closed.IsCancellationRequested)
        {
            return ClosedMeanwhile(definition.Id);
        }
        if (spawned.Verdict != StartVerdict.Started)
            return spawned;

        Task<StartOutcome>? running = null;
        lock (_gate)
        {
            if (IsOpenSince(admission.Closed))
                running = hypervisor.ContinueAsync(definition.Id, cancellationToken);
        }
        if (running is not null)
            return await running.ConfigureAwait(false);
        var killed = await hypervisor.KillAsync(definition.Id, CancellationToken.None).ConfigureAwait(false);
        return killed.IsGone ? ClosedMeanwhile(definition.Id) : new StartOutcome(StartVerdict.Failed, killed.Detail, spawned.Guest);
    }

    private static StartOutcome ClosedMeanwhile(ResourceId id) => new(
        StartVerdict.GateClosed,
        $"{id} was spawned but never ran: the gate of this node's VM host closed meanwhile, and its process was killed.");

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

    /// <summary>A start that was let through the gate and is under way.</summary>
    private sealed class Admission<T>(Task<T> work, CancellationTokenSource closed, CancellationTokenSource abort, Action ended) : IDisposable
    {
        public Task<T> Work => work;

        /// <summary>Cancelled when the gate closes; stands for this opening of it.</summary>
        public CancellationTokenSource Closed => closed;

        public void Dispose()
        {
            abort.Dispose();
            ended();
        }
    }
}
