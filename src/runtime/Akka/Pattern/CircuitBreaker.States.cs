namespace Akka.Pattern;

/// <content>Closed, open, half open, and what moves it from one to the other.</content>
public partial class CircuitBreaker
{
    private enum State
    {
        Closed,
        Open,
        HalfOpen,
    }

    private void Admit()
    {
        lock (_lock)
        {
            switch (_state)
            {
                case State.Closed:
                    return;
                case State.HalfOpen when !_trialRuns:
                    _trialRuns = true;
                    return;
                case State.HalfOpen:
                    throw new OpenCircuitException("The circuit breaker is half open and tries another call; this one was refused.", _lastException, TimeSpan.Zero);
                default:
                    var left = _openUntil - Scheduler.MonotonicClock;
                    throw new OpenCircuitException(_lastException, left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }
        }
    }

    private void OnSuccess()
    {
        Action? callback = null;
        lock (_lock)
        {
            switch (_state)
            {
                case State.Closed:
                    _failures = 0;
                    _lastException = null;
                    break;
                case State.HalfOpen:
                    _state = State.Closed;
                    _failures = 0;
                    _lastException = null;
                    _nextResetTimeout = ResetTimeout;
                    callback = _onClose;
                    break;
                case State.Open:
                    // a call from before it opened: it proves nothing about now
                    break;
            }
        }

        callback?.Invoke();
    }

    private void OnFailure(Exception cause)
    {
        Action? callback = null;
        lock (_lock)
        {
            switch (_state)
            {
                case State.Closed:
                    _failures++;
                    _lastException = cause;
                    if (_failures >= MaxFailures)
                        callback = Open();
                    break;
                case State.HalfOpen:
                    _lastException = cause;
                    callback = Open();
                    break;
                case State.Open:
                    break;
            }
        }

        callback?.Invoke();
    }

    private Action? Open()
    {
        var stay = _nextResetTimeout;
        _state = State.Open;
        _trialRuns = false;
        _openUntil = Scheduler.MonotonicClock + stay;
        _nextResetTimeout = Next(stay);
        Scheduler.Advanced.ScheduleOnce(stay, TryAgain);
        return _onOpen;
    }

    private TimeSpan Next(TimeSpan current)
    {
        var ticks = current.Ticks * ExponentialBackoffFactor;
        if (RandomFactor > 0)
#pragma warning disable RS0030 // the environment's own source of chance
            ticks *= 1.0 + _random.NextDouble() * RandomFactor;
#pragma warning restore RS0030
        return ticks >= MaxResetTimeout.Ticks ? MaxResetTimeout : TimeSpan.FromTicks((long)ticks);
    }

    private void TryAgain()
    {
        Action? callback;
        lock (_lock)
        {
            if (_state != State.Open)
                return;
            _state = State.HalfOpen;
            _trialRuns = false;
            callback = _onHalfOpen;
        }

        callback?.Invoke();
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }
}
