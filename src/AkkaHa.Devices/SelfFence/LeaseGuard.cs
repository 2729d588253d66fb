using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Devices.SelfFence;

/// <inheritdoc cref="ILeaseGuard" />
public sealed partial class LeaseGuard : ILeaseGuard, IDisposable
{
    private const long NanosPerTick = 100;
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    private readonly Lock _state = new();
    private readonly IVmHost _vmHost;
    private readonly LeaseFile _file;
    private readonly IDeadlineFeeder? _feeder;
    private readonly Func<TimeSpan> _bootTime;
    private readonly Action<string> _tell;
    private readonly ITimer _timer;
    private TimeSpan _until;
    private bool _enforced;
    private bool _retired;

    /// <summary>Takes over the lease of an earlier daemon of this boot, if one is left; it is enforced from here on.</summary>
    /// <param name="boot">The boot.</param>
    /// <param name="terms">What the node says of its self-fence.</param>
    /// <param name="vmHost">The owner of the guests.</param>
    /// <param name="file">Where the end of the lease is kept.</param>
    /// <param name="feeder">The feeder of the watchdog; null without one.</param>
    /// <param name="bootTime">CLOCK_BOOTTIME.</param>
    /// <param name="time">Timers.</param>
    /// <param name="tell">Told what people should read.</param>
    public LeaseGuard(
        Boot boot, LeaseTerms terms, IVmHost vmHost, LeaseFile file, IDeadlineFeeder? feeder, Func<TimeSpan> bootTime, TimeProvider time, Action<string> tell)
    {
        Boot = boot;
        Terms = terms;
        _vmHost = vmHost;
        _file = file;
        _feeder = feeder;
        _bootTime = bootTime;
        _tell = tell;
        // A lease that was longer than those of these terms ends as they say: the admission that follows tells no longer ones.
        var inherited = file.Read(boot.Id);
        var longest = bootTime() + terms.NodeTtl;
        _until = inherited.Until < longest ? inherited.Until : longest;
        _leaseFree = inherited.LeaseFreeSince;
        _timer = time.CreateTimer(_ => Look(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc />
    public Boot Boot { get; }

    /// <inheritdoc />
    public LeaseTerms Terms { get; }

    /// <inheritdoc />
    public TimeSpan Until
    {
        get
        {
            lock (_state)
                return _until;
        }
    }

    /// <inheritdoc />
    public async Task<string?> HoldAsync(TimeSpan until)
    {
        lock (_state)
        {
            if (_retired)
                return $"{Boot.Node} has let its lease go, since its daemon is being stopped.";
            if (until < _until)
                until = _until;
        }

        // The watchdog first: a gate that is open longer than it is fed would lose the node, one that is not opened loses a moment.
        if (_feeder is not null && !await _feeder.SendDeadlineAsync(until.Ticks * NanosPerTick).ConfigureAwait(false))
            return $"{Boot.Node}: the watchdog feeder takes no deadline; the lease is not used before it does.";
        try
        {
            Write(until);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{Boot.Node}: the end of its lease cannot be written down ({e.Message}); the lease is not used before it can.";
        }

        lock (_state)
        {
            if (_retired)
                return $"{Boot.Node} has let its lease go, since its daemon is being stopped.";
            if (until > _until)
                _until = until;
            // A killing that is under way goes on to its end; the gate opens again after it.
            var isOpen = _vmHost.OpenGate(_until);
            if (isOpen)
                _enforced = false;
            _timer.Change(SleepFor(_until - _bootTime()), Timeout.InfiniteTimeSpan);
            return isOpen ? null : $"{Boot.Node}: the gate of its VM host stays closed; the lease has ended, or what ran here is not dead yet.";
        }
    }

    /// <inheritdoc />
    public async Task<bool> RetireAsync()
    {
        if ((await _vmHost.ListAsync().ConfigureAwait(false)).Count > 0)
            return false;
        lock (_state)
            _retired = true;
        var closed = await _vmHost.CloseGateAsync("the daemon is being stopped", KillTimeout).ConfigureAwait(false);
        return closed.AllDead;
    }

    /// <inheritdoc />
    public async Task DisarmAsync()
    {
        if (_feeder is not null && await _feeder.DisarmAsync().ConfigureAwait(false) is { } problem)
            _tell($"{Boot.Node}: the watchdog could not be disarmed: {problem}. It goes on being fed as long as no guest runs here.");
    }

    /// <summary>Ends with the process; guests and watchdog go on by themselves.</summary>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_state)
        {
            if (_leaseFree is not null && !_retired)
            {
                _ = GiveItselfOne();
                return;
            }

            var left = _until - _bootTime();
            if (left > TimeSpan.Zero || _enforced)
            {
                if (!_enforced)
                    _timer.Change(SleepFor(left), Timeout.InfiniteTimeSpan);
                return;
            }

            _enforced = true;
        }

        _ = Enforce();
    }

    // Until everything is dead: what the lease's return cannot undo is not left half done.
    private async Task Enforce()
    {
        GateClosed closed;
        do
        {
            closed = await Close().ConfigureAwait(false);
            if (closed.Killed.Count > 0 || !closed.AllDead)
                _tell($"{Boot.Node}: {closed.Detail}");
        }
        while (!closed.AllDead);
    }

    private async Task<GateClosed> Close()
    {
        try
        {
            return await _vmHost.CloseGateAsync("the lease of this node has ended", KillTimeout).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new GateClosed(false, [], $"what runs here could not be killed after the end of the lease, which is tried again: {e.Message}");
        }
    }

    // The timer may count a clock that stands still while the host sleeps; the lease's clock does not.
    private static TimeSpan SleepFor(TimeSpan left) => left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestSleep ? left : LongestSleep;
}
