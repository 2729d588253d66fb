namespace AkkaHa.Devices.SelfFence;

/// <summary>The time in which the cluster is disarmed and guests live without a lease of the voters.</summary>
public sealed partial class LeaseGuard
{
    private readonly Lock _fileTurn = new();
    private long? _leaseFree;
    private long _armedAt = -1;

    /// <inheritdoc />
    public long? LeaseFreeSince
    {
        get
        {
            lock (_state)
                return _leaseFree;
        }
    }

    /// <inheritdoc />
    public long ArmedAt
    {
        get
        {
            lock (_state)
                return _armedAt;
        }
    }

    /// <inheritdoc />
    public Task<string?> GoLeaseFreeAsync(long disarming)
    {
        lock (_state)
        {
            if (_retired)
                return Task.FromResult<string?>($"{Boot.Node} has let its lease go, since its daemon is being stopped.");
            if (disarming < _armedAt)
                return Task.FromResult<string?>($"{Boot.Node} was armed after that disarming and does not follow it.");
            if (_leaseFree is not { } known || known < disarming)
                _leaseFree = disarming;
        }

        return GiveItselfOne();
    }

    /// <inheritdoc />
    public Task<string?> ArmAsync(long index)
    {
        TimeSpan until;
        lock (_state)
        {
            if (_leaseFree > index)
                return Task.FromResult<string?>($"{Boot.Node} was disarmed after that.");
            _leaseFree = null;
            until = _until;
        }

        try
        {
            // A later daemon must not find the disarming: only what is written down may be answered.
            Write(until);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<string?>($"{Boot.Node}: that it goes by its lease again cannot be written down ({e.Message}); it is not said before it can.");
        }

        lock (_state)
        {
            _armedAt = Math.Max(_armedAt, index);
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        return Task.FromResult<string?>(null);
    }

    // No longer than a lease of the voters: so that what they count from this node's answer on covers the last one.
    private async Task<string?> GiveItselfOne()
    {
        TimeSpan until;
        lock (_state)
        {
            if (_leaseFree is null)
                return null;
            until = _bootTime() + Terms.NodeTtl;
        }

        string? problem;
        try
        {
            problem = await HoldAsync(until).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            problem = $"{Boot.Node}: {e.Message}";
        }

        if (problem is not null)
            Retry();
        return problem;
    }

    // What the watchdog or the disk does not take is tried again; without them the lease ends as any other.
    private void Retry()
    {
        lock (_state)
        {
            var left = _until - _bootTime();
            if (left > TimeSpan.Zero || _enforced)
            {
                _timer.Change(_enforced ? LongestSleep : SleepFor(left), Timeout.InfiniteTimeSpan);
                return;
            }

            _enforced = true;
        }

        _ = Enforce();
    }

    private void Write(TimeSpan until)
    {
        lock (_fileTurn)
            _file.Write(Boot.Id, until, LeaseFreeSince);
    }
}
