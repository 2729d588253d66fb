using System.Diagnostics.CodeAnalysis;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Host;
using AkkaHa.Devices.Storage;

namespace AkkaHa.Devices.Hypervisors;

/// <inheritdoc cref="IVmHost" />
/// <remarks>What is let through the gate takes the records beside its disks first, which may wait for a storage, and is spawned under the gate's lock then.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "The token sources have no timer and no wait handle: nothing to release.")]
public sealed class VmHost(IHypervisor hypervisor, TimeProvider time, Func<TimeSpan>? bootTime = null, IDiskOwnership? ownership = null) : IVmHost, IMigrationHost, IGuestHost, IAsyncDisposable
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
        using var admission = Admit(cancellationToken);
        if (admission is null)
            return new StartOutcome(StartVerdict.GateClosed, $"{definition.Id} was not started: the gate of this node's VM host is closed.");
        try
        {
            if (await NotOwnedAsync(definition, token, admission.Abort).ConfigureAwait(false) is { } refused)
                return refused;
            if (Begin(admission, abort => hypervisor.SpawnPausedAsync(definition, token, abort)) is not { } spawning)
                return ClosedMeanwhile(definition.Id);
            var spawned = await spawning.ConfigureAwait(false);
            return spawned.Verdict == StartVerdict.Started ? await LetRunAsync(definition.Id, admission, spawned, cancellationToken).ConfigureAwait(false) : spawned;
        }
        catch (OperationCanceledException) when (admission.Closed.IsCancellationRequested)
        {
            return ClosedMeanwhile(definition.Id);
        }
    }

    /// <inheritdoc />
    public async Task<IncomingOutcome> PrepareIncomingAsync(
        VmDefinition definition, Token token, string listen, CancellationToken cancellationToken = default)
    {
        if (Migration is not { } migration)
            return new IncomingOutcome(new StartOutcome(StartVerdict.Failed, $"{definition.Id} cannot be received: the hypervisor '{hypervisor.Kind}' does not migrate."));
        using var admission = Admit(cancellationToken);
        if (admission is null || Begin(admission, abort => migration.PrepareIncomingAsync(definition, token, listen, abort)) is not { } preparing)
            return new IncomingOutcome(new StartOutcome(StartVerdict.GateClosed, $"{definition.Id} is not received: the gate of this node's VM host is closed."));
        try
        {
            var incoming = await preparing.ConfigureAwait(false);
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
    public async Task<StartOutcome> ContinueIncomingAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default)
    {
        var id = definition.Id;
        using var admission = Admit(cancellationToken);
        if (admission is null)
            return new StartOutcome(StartVerdict.GateClosed, $"{id} is not continued: the gate of this node's VM host is closed.");
        try
        {
            if (await NotOwnedAsync(definition, token, admission.Abort).ConfigureAwait(false) is { } refused)
                return await EndCopyAsync(definition, refused).ConfigureAwait(false);
            return Begin(admission, _ => hypervisor.ContinueAsync(id, cancellationToken)) is { } running
                ? await running.ConfigureAwait(false)
                : ClosedMeanwhile(id);
        }
        catch (OperationCanceledException) when (admission.Closed.IsCancellationRequested)
        {
            return ClosedMeanwhile(id);
        }
    }

    /// <inheritdoc />
    public ILiveMigration? Migration => hypervisor as ILiveMigration;

    /// <inheritdoc />
    public IGuestControl? Control => hypervisor as IGuestControl;

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

    // Counted as under way before it does anything: who closes the gate, and who settles, waits for its end.
    private Admission? Admit(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!IsOpen())
                return null;
            var abort = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token, cancellationToken);
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _starting.Add(done.Task);
            return new Admission(_closed, abort, () =>
            {
                lock (_gate)
                    _starting.Remove(done.Task);
                done.SetResult();
            });
        }
    }

    // The work begins, and its process is created, before the lock is left: a closing that follows finds it. Null if the gate has closed meanwhile.
    private Task<T>? Begin<T>(Admission admission, Func<CancellationToken, Task<T>> begin)
    {
        lock (_gate)
        {
            if (!IsOpenSince(admission.Closed))
                return null;
            try
            {
                return begin(admission.Abort);
            }
            // A driver that throws before its first await fails the start alone: what is counted as under way must end, or nothing settles any more.
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return Task.FromException<T>(e);
            }
        }
    }

    private async Task<StartOutcome?> NotOwnedAsync(VmDefinition definition, Token token, CancellationToken cancellationToken) =>
        ownership is not null && await ownership.TakeAsync(definition, token, cancellationToken).ConfigureAwait(false) is { } refusal
            ? new StartOutcome(StartVerdict.NotOwned, $"{definition.Id} does not run here: {refusal.Detail}")
            : null;

    private async Task<StartOutcome> EndCopyAsync(VmDefinition definition, StartOutcome refused)
    {
        var guest = (await hypervisor.ListAsync(CancellationToken.None).ConfigureAwait(false)).FirstOrDefault(g => g.Id == definition.Id);
        var killed = await hypervisor.KillAsync(definition.Id, CancellationToken.None).ConfigureAwait(false);
        return killed.IsGone ? refused : refused with { Detail = $"{refused.Detail} {killed.Detail}", Guest = guest };
    }

    // The same opening of the gate, not just an open gate: a close and a reopen in between has killed what was there.
    private bool IsOpenSince(CancellationTokenSource closed)
    {
        lock (_gate)
            return IsOpen() && ReferenceEquals(closed, _closed);
    }

    // Asked under the lock. Whoever holds the lease in time need not have been heard of for the gate to be closed.
    private bool IsOpen() => _open && _bootTime() < _until;

    private async Task<StartOutcome> LetRunAsync(ResourceId id, Admission admission, StartOutcome spawned, CancellationToken cancellationToken)
    {
        if (Begin(admission, _ => hypervisor.ContinueAsync(id, cancellationToken)) is { } running)
            return await running.ConfigureAwait(false);
        var killed = await hypervisor.KillAsync(id, CancellationToken.None).ConfigureAwait(false);
        return killed.IsGone ? ClosedMeanwhile(id) : new StartOutcome(StartVerdict.Failed, killed.Detail, spawned.Guest);
    }

    private static StartOutcome ClosedMeanwhile(ResourceId id) => new(
        StartVerdict.GateClosed,
        $"{id} never ran here: the gate of this node's VM host closed meanwhile, and what was spawned of it was killed.");

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
    private sealed class Admission(CancellationTokenSource closed, CancellationTokenSource abort, Action ended) : IDisposable
    {
        /// <summary>Cancelled when the gate closes; stands for this opening of it.</summary>
        public CancellationTokenSource Closed => closed;

        /// <summary>Cancelled when the gate closes or the caller gives up.</summary>
        public CancellationToken Abort => abort.Token;

        public void Dispose()
        {
            abort.Dispose();
            ended();
        }
    }
}
