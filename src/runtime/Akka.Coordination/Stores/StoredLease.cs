namespace Akka.Coordination.Stores;

/// <summary>
/// A lease that is written down in a store: acquired by compare-and-set, renewed every heartbeat interval, and given up at the
/// latest when its time is over, whatever the store does. Its time counts from the moment a request was made, by the monotonic
/// clock, so it always ends here before it ends for others.
/// </summary>
internal abstract class StoredLease : Lease
{
    // Clocks differ in speed by far less; what is left covers the time between waking up and acting.
    private const double RelianceShare = 0.95;

    private readonly Lock _lock = new();
    private readonly ILeaseStore _store;
    private readonly LeasePlace _place;
    private readonly BlockingQueue _queue;
    private readonly TimeSpan _reliance;
    private Hold? _hold;
    private bool _isStopped;

    protected StoredLease(LeaseSettings settings, ILeaseStore store, LeasePlace place)
        : base(settings)
    {
        _store = store;
        _place = place;
        _queue = new BlockingQueue(place, $"lease {settings.LeaseName}");
        _reliance = settings.TimeoutSettings.HeartbeatTimeout * RelianceShare;
        // What cannot be read now is read at the first acquisition, which says what is wrong with it.
        _queue.Add(() => Attempt(store.Observe));
    }

    private TimeProvider Time => _place.Time;

    private TimeoutSettings Timeouts => Settings.TimeoutSettings;

    /// <inheritdoc/>
    public override bool CheckLease()
    {
        lock (_lock) return _hold is { } hold && Time.GetTimestamp() < hold.Until;
    }

    /// <inheritdoc/>
    public override Task<bool> Acquire() => Acquire(null);

    /// <inheritdoc/>
    public override Task<bool> Acquire(Action<Exception?>? leaseLostCallback)
    {
        var answer = new LeaseAnswer(this, "acquired");
        answer.Run(() =>
        {
            var hold = new Hold(_place.NewToken(), leaseLostCallback) { Until = End(Time.GetTimestamp()) };
            var isAcquired = _store.TryAcquire(Settings.OwnerName, hold.Token, Timeouts.HeartbeatTimeout);
            if (isAcquired && answer.TryGive(true, () => Begin(hold))) return;
            // What was held before does not stand in the store any more.
            Lose(CurrentHold(), isAcquired ? new LeaseTimeoutException($"The lease '{Settings.LeaseName}' was acquired anew too late and is given back.") : null);
            if (isAcquired)
                GiveBackLate(hold);
            else
                answer.TryGive(false);
        });
        return answer.Task;
    }

    /// <inheritdoc/>
    public override Task<bool> Release()
    {
        Hold? hold;
        lock (_lock)
        {
            hold = _hold;
            _hold = null;
            hold?.StopTimers();
        }

        // Queued even without a hold: an acquisition may be on its way, and is to be over when this has been answered.
        var answer = new LeaseAnswer(this, "given back");
        answer.Run(() =>
        {
            var late = TakeHold();
            if (hold is not null) _store.Release(Settings.OwnerName, hold.Token);
            if (late is not null) _store.Release(Settings.OwnerName, late.Token);
            answer.TryGive(true);
        });
        return answer.Task;
    }

    /// <summary>Renews no more; the lease ends by itself.</summary>
    public void Stop()
    {
        lock (_lock) _isStopped = true;
        TakeHold();
    }

    private long End(long from) => from + (long)(_reliance.TotalSeconds * Time.TimestampFrequency);

    private Hold? CurrentHold()
    {
        lock (_lock) return _hold;
    }

    private Hold? TakeHold()
    {
        lock (_lock)
        {
            var hold = _hold;
            _hold = null;
            hold?.StopTimers();
            return hold;
        }
    }

    /// <summary>Called under the lock: from now on the lease is held.</summary>
    private void Begin(Hold hold)
    {
        _hold?.StopTimers();
        if (_isStopped)
        {
            _hold = null;
            return;
        }

        _hold = hold;
        hold.Keep(Time.CreateTimer(_ => Renew(hold), null, Timeouts.HeartbeatInterval, Timeouts.HeartbeatInterval));
        EndInTime(hold);
    }

    /// <summary>The store may hang, but the end of the lease does not wait for it.</summary>
    private void EndInTime(Hold hold)
    {
        var left = Time.GetElapsedTime(Time.GetTimestamp(), hold.Until);
        hold.Keep(Time.CreateTimer(_ => CheckEnd(hold), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    private void CheckEnd(Hold hold)
    {
        lock (_lock)
        {
            if (_hold != hold) return;
            if (Time.GetTimestamp() < hold.Until)
            {
                EndInTime(hold);
                return;
            }
        }

        Lose(hold, new LeaseTimeoutException(
            $"The lease '{Settings.LeaseName}' of {Settings.OwnerName} could not be renewed for {_reliance} and has ended{(hold.LastFailure is { } failure ? $": {failure.Message}" : ".")}"));
    }

    private void Renew(Hold hold)
    {
        lock (_lock)
        {
            if (_hold != hold || hold.IsRenewing) return;
            hold.IsRenewing = true;
        }

        _queue.Add(() =>
        {
            var until = End(Time.GetTimestamp());
            var isRenewed = false;
            var failure = Attempt(() => isRenewed = _store.TryRenew(Settings.OwnerName, hold.Token, Timeouts.HeartbeatTimeout));
            lock (_lock)
            {
                hold.IsRenewing = false;
                hold.LastFailure = failure;
                if (_hold == hold && isRenewed) hold.Until = until;
            }

            if (failure is not null) return;
            if (!isRenewed)
                Lose(hold, null);
            else if (CurrentHold() != hold)
                GiveBackLate(hold);
        });
    }

    /// <summary>It was got or renewed after it had been given up here, so nobody relies on it.</summary>
    private void GiveBackLate(Hold hold) => Attempt(() => _store.Release(Settings.OwnerName, hold.Token));

    private void Lose(Hold? hold, Exception? reason)
    {
        lock (_lock)
        {
            if (hold is null || _hold != hold) return;
            _hold = null;
            hold.StopTimers();
        }

        if (hold.WhenLost is { } tell) _place.Run(() => tell(reason));
    }

    private static Exception? Attempt(Action operation)
    {
        try
        {
            operation();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    /// <summary>The answer to one operation, which comes in time or not at all.</summary>
    private sealed class LeaseAnswer(StoredLease lease, string what)
    {
        private readonly TaskCompletionSource<bool> _answer =
            new(lease._place.IsDeterministic ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);

        private bool _isGiven;
        private ITimer? _timeout;

        public Task<bool> Task => _answer.Task;

        public void Run(Action operation)
        {
            var callOff = lease._queue.Add(() =>
            {
                if (Attempt(operation) is { } failure) Fail(Describe(failure));
            });
            var limit = lease.Timeouts.OperationTimeout;
            var timeout = lease.Time.CreateTimer(
                _ =>
                {
                    callOff();
                    Fail(new LeaseTimeoutException($"The lease '{lease.Settings.LeaseName}' could not be {what} by {lease.Settings.OwnerName} within {limit}."));
                },
                null,
                limit,
                Timeout.InfiniteTimeSpan);
            lock (lease._lock)
            {
                _timeout = timeout;
                if (_isGiven) timeout.Dispose();
            }
        }

        /// <summary>Gives the answer unless it is too late; <paramref name="first"/> is done under the lock before anybody sees it.</summary>
        public bool TryGive(bool value, Action? first = null)
        {
            lock (lease._lock)
            {
                if (_isGiven) return false;
                _isGiven = true;
                _timeout?.Dispose();
                first?.Invoke();
            }

            _answer.TrySetResult(value);
            return true;
        }

        private void Fail(Exception failure)
        {
            lock (lease._lock)
            {
                if (_isGiven) return;
                _isGiven = true;
                _timeout?.Dispose();
            }

            _answer.TrySetException(failure);
        }

        private Exception Describe(Exception failure) => failure as LeaseException
            ?? new LeaseException($"The lease '{lease.Settings.LeaseName}' could not be {what} by {lease.Settings.OwnerName}: {failure.Message}", failure);
    }
}
