using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Embedded;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A scheduler whose time stands still until the test advances it. What falls due on the way runs on the test's thread, in the order
/// of its time, and among equals in the order of scheduling.
/// </summary>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Entry, (DateTimeOffset Due, long Sequence)> _entries = new();
    private readonly ILoggingAdapter _log;
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;
    private long _sequence;

    /// <summary>Made by the actor system (<c>akka.scheduler.implementation</c>). Starts at the current time.</summary>
    public TestScheduler(Config schedulerConfig, ILoggingAdapter log)
    {
        _log = log;
        _start = _now = RuntimeEnvironment.Real.Time.GetUtcNow();
    }

    private sealed record Entry(Action Work, TimeSpan? Interval, ICancelable? Cancelable);

    /// <inheritdoc/>
    public DateTimeOffset Now => TimeNow;

    /// <summary>The virtual time.</summary>
    protected DateTimeOffset TimeNow
    {
        get
        {
            lock (_lock)
                return _now;
        }
    }

    /// <summary>How far time has been advanced.</summary>
    public TimeSpan MonotonicClock => TimeNow - _start;

    /// <summary>How far time has been advanced.</summary>
    public TimeSpan HighResMonotonicClock => MonotonicClock;

    /// <inheritdoc/>
    public IAdvancedScheduler Advanced => this;

    /// <summary>Moves time forward and runs all that falls due, including what that schedules.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is negative.</exception>
    public void Advance(TimeSpan offset)
    {
        if (offset < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, "Time cannot be moved backwards.");
        AdvanceTo(TimeNow + offset);
    }

    /// <summary>Moves time forward to <paramref name="when"/> and runs all that falls due, including what that schedules.</summary>
    /// <exception cref="InvalidOperationException"><paramref name="when"/> has passed already.</exception>
    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < TimeNow)
            throw new InvalidOperationException($"Time cannot be moved back from {TimeNow:O} to {when:O}.");

        while (TakeDue(when) is { } entry)
            RunGuarded(entry.Work);

        lock (_lock)
        {
            if (when > _now)
                _now = when;
        }
    }

    /// <inheritdoc/>
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) => ScheduleTellOnce(delay, receiver, message, sender, null);

    /// <inheritdoc/>
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(delay, null, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    /// <inheritdoc/>
    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) => Add(delay, null, action, cancelable);

    /// <inheritdoc/>
    public void ScheduleOnce(TimeSpan delay, Action action) => Add(delay, null, action, null);

    /// <inheritdoc/>
    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) => Add(delay, null, action.Run, cancelable);

    /// <inheritdoc/>
    public void ScheduleOnce(TimeSpan delay, IRunnable action) => Add(delay, null, action.Run, null);

    /// <inheritdoc/>
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) => Add(initialDelay, interval, action, cancelable);

    /// <inheritdoc/>
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => Add(initialDelay, interval, action, null);

    /// <inheritdoc/>
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) => Add(initialDelay, interval, action.Run, cancelable);

    /// <inheritdoc/>
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) => Add(initialDelay, interval, action.Run, null);

    private void Add(TimeSpan delay, TimeSpan? interval, Action work, ICancelable? cancelable)
    {
        if (interval is { } every && every <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(interval), every, "The interval must be above zero.");
        if (delay < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(delay), delay, "The delay must not be negative.");
        lock (_lock)
            _entries.Enqueue(new Entry(work, interval, cancelable), (_now + delay, _sequence++));
    }

    private Entry? TakeDue(DateTimeOffset limit)
    {
        lock (_lock)
        {
            while (_entries.TryPeek(out var entry, out var at) && at.Due <= limit)
            {
                _entries.Dequeue();
                if (entry.Cancelable is { IsCancellationRequested: true })
                    continue;
                if (at.Due > _now)
                    _now = at.Due;
                if (entry.Interval is { } interval)
                    _entries.Enqueue(entry, (at.Due + interval, _sequence++));
                return entry;
            }

            return null;
        }
    }

    private void RunGuarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            _log.Error(e, "A scheduled action failed; the scheduler goes on.");
        }
    }
}
