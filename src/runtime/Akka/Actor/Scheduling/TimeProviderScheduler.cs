using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Embedded;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The scheduler of the runtime: one timer of the environment's clock for each thing to be done. Deadlines are monotonic, so a
/// wall clock that is set changes nothing; after a pause of the process a repeated task runs once, not once for each turn it missed.
/// </summary>
internal sealed class TimeProviderScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<Registration, byte> _pending = new();
    private readonly long _started;
    private volatile bool _disposed;

    public TimeProviderScheduler(Config scheduler, ILoggingAdapter log, RuntimeEnvironment environment) : base(scheduler, log)
    {
        Environment = environment;
        _time = environment.Time;
        _started = _time.GetTimestamp();
    }

    /// <summary>Whose clock it is.</summary>
    internal RuntimeEnvironment Environment { get; }

    public override TimeSpan MonotonicClock => _time.GetElapsedTime(_started);

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override DateTimeOffset TimeNow => _time.GetUtcNow();

    public void Dispose()
    {
        _disposed = true;
        foreach (var registration in _pending.Keys)
            registration.End();
    }

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable)
        => Start(new TellRegistration(this, receiver, message, sender), delay, null, cancelable);

    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable)
        => Start(new TellRegistration(this, receiver, message, sender), initialDelay, interval, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable)
        => Start(new ActionRegistration(this, action), delay, null, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable)
        => Start(new ActionRegistration(this, action.Run), delay, null, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable)
        => Start(new ActionRegistration(this, action), initialDelay, interval, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable)
        => Start(new ActionRegistration(this, action.Run), initialDelay, interval, cancelable);

    private void Start(Registration registration, TimeSpan delay, TimeSpan? interval, ICancelable? cancelable)
    {
        if (_disposed)
            throw new SchedulerException("cannot enqueue after timer shutdown");
        if (cancelable is { IsCancellationRequested: true })
            return;
        _pending.TryAdd(registration, 0);
        registration.Start(delay, interval, cancelable);
        // The scheduler may have ended while this began.
        if (_disposed)
            registration.End();
    }

    private abstract class Registration(TimeProviderScheduler scheduler)
    {
        private readonly Lock _lock = new();
        private ITimer? _timer;
        private CancellationTokenRegistration _cancellation;
        private TimeSpan? _interval;
        private TimeSpan _due;
        private bool _ended;

        public void Start(TimeSpan delay, TimeSpan? interval, ICancelable? cancelable)
        {
            _interval = interval;
            _due = scheduler.MonotonicClock + delay;
            // What is to be done belongs to nobody's call: no context is carried along.
            var suppress = !ExecutionContext.IsFlowSuppressed();
            var flow = suppress ? ExecutionContext.SuppressFlow() : default;
            try
            {
                lock (_lock)
                    _timer = scheduler._time.CreateTimer(static state => ((Registration)state!).Elapsed(), this, delay, Timeout.InfiniteTimeSpan);
            }
            finally
            {
                if (suppress)
                    flow.Undo();
            }

            if (cancelable is null)
                return;
            var cancellation = cancelable.Token.UnsafeRegister(static state => ((Registration)state!).End(), this);
            bool ended;
            lock (_lock)
            {
                _cancellation = cancellation;
                ended = _ended;
            }

            if (ended)
                cancellation.Unregister();
        }

        public void End()
        {
            lock (_lock)
            {
                if (_ended)
                    return;
                _ended = true;
                _timer?.Dispose();
                _cancellation.Unregister();
            }

            scheduler._pending.TryRemove(this, out _);
        }

        protected abstract void Run();

        private void Elapsed()
        {
            lock (_lock)
            {
                if (_ended)
                    return;
                // Timers of the operating system count whole milliseconds and may come a little early; deadlines must not.
                var early = _due - scheduler.MonotonicClock;
                if (early > TimeSpan.Zero)
                {
                    _timer?.Change(TimeSpan.FromMilliseconds(Math.Ceiling(early.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                    return;
                }
            }

            if (_interval is null)
                End();
            try
            {
                Run();
            }
            catch (Exception failure)
            {
                scheduler.Log.Log(LogLevel.ErrorLevel, failure, "A scheduled task failed; if it repeats it goes on.");
            }

            if (_interval is { } interval)
                Again(interval);
        }

        private void Again(TimeSpan interval)
        {
            var now = scheduler.MonotonicClock;
            var late = now - _due;
            _due = late < interval ? _due + interval : now + interval - TimeSpan.FromTicks(late.Ticks % interval.Ticks);
            lock (_lock)
            {
                if (!_ended)
                    _timer?.Change(_due > now ? _due - now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private sealed class TellRegistration(TimeProviderScheduler scheduler, ICanTell receiver, object message, IActorRef sender) : Registration(scheduler)
    {
        protected override void Run() => receiver.Tell(message, sender);
    }

    private sealed class ActionRegistration(TimeProviderScheduler scheduler, Action action) : Registration(scheduler)
    {
        protected override void Run() => action();
    }
}
