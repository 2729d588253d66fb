using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// A failure detector with a fixed limit: the resource is unavailable when no heartbeat came for
/// <c>heartbeat-interval + acceptable-heartbeat-pause</c>. Unlike phi accrual it does not widen after a lossy time.
/// </summary>
public class DeadlineFailureDetector : FailureDetector
{
    private const long Never = long.MinValue;

    private readonly Clock _clock;
    private readonly long _deadlineMillis;
    private long _lastMillis = Never;

    /// <summary>Makes a detector whose limit is the pause alone.</summary>
    /// <exception cref="ArgumentException">The pause is not positive.</exception>
    public DeadlineFailureDetector(TimeSpan acceptableHeartbeatPause, Clock? clock = null)
        : this(acceptableHeartbeatPause, TimeSpan.Zero, clock)
    {
    }

    /// <summary>Makes a detector.</summary>
    /// <param name="acceptableHeartbeatPause">How long the resource may be silent beyond one interval.</param>
    /// <param name="heartbeatInterval">How often heartbeats are sent.</param>
    /// <param name="clock">Milliseconds, monotonic; by default the real clock.</param>
    /// <exception cref="ArgumentException">The sum of the two is not positive, or one is negative.</exception>
    public DeadlineFailureDetector(TimeSpan acceptableHeartbeatPause, TimeSpan heartbeatInterval, Clock? clock = null)
    {
        if (acceptableHeartbeatPause < TimeSpan.Zero)
            throw new ArgumentException("failure-detector.acceptable-heartbeat-pause must not be negative", nameof(acceptableHeartbeatPause));
        if (heartbeatInterval < TimeSpan.Zero)
            throw new ArgumentException("failure-detector.heartbeat-interval must not be negative", nameof(heartbeatInterval));
        _deadlineMillis = (long)(acceptableHeartbeatPause + heartbeatInterval).TotalMilliseconds;
        if (_deadlineMillis <= 0)
            throw new ArgumentException("failure-detector.acceptable-heartbeat-pause + heartbeat-interval must be above 0", nameof(acceptableHeartbeatPause));
        _clock = clock ?? DefaultClock;
    }

    /// <summary>Makes a detector from the keys <c>acceptable-heartbeat-pause</c> and <c>heartbeat-interval</c>.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public DeadlineFailureDetector(Config config, EventStream eventStream)
        : this(config, eventStream, DefaultClock)
    {
    }

    internal DeadlineFailureDetector(Config config, EventStream eventStream, Clock clock)
        : this(config.GetTimeSpan("acceptable-heartbeat-pause"), config.GetTimeSpan("heartbeat-interval"), clock)
    {
        _ = eventStream;
    }

    /// <inheritdoc/>
    public override bool IsAvailable
    {
        get
        {
            var last = Interlocked.Read(ref _lastMillis);
            return last == Never || _clock() < last + _deadlineMillis;
        }
    }

    /// <inheritdoc/>
    public override bool IsMonitoring => Interlocked.Read(ref _lastMillis) != Never;

    /// <inheritdoc/>
    public override void HeartBeat() => Interlocked.Exchange(ref _lastMillis, _clock());
}
