using System.Globalization;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// The phi accrual failure detector (Hayashibara et al., 2004): instead of yes or no it computes a suspicion level
/// phi = -log10(1 - F(time since the last heartbeat)), F being a normal distribution fitted to the recent intervals
/// between heartbeats. The resource is available while phi is below the threshold.
/// </summary>
public class PhiAccrualFailureDetector : FailureDetector
{
    private readonly double _threshold;
    private readonly double _minStdDeviationMillis;
    private readonly double _acceptablePauseMillis;
    private readonly Clock _clock;
    private readonly EventStream? _eventStream;
    private readonly HeartbeatHistory _firstHeartbeat;
    private volatile State _state;

    /// <summary>Makes a detector.</summary>
    /// <param name="threshold">The phi from which on the resource counts as unavailable; must be positive.</param>
    /// <param name="maxSampleSize">How many intervals the statistics remember; must be positive.</param>
    /// <param name="minStdDeviation">Lower bound of the standard deviation, so that very regular heartbeats do not make the detector over-sensitive.</param>
    /// <param name="acceptableHeartbeatPause">A pause that is expected now and then (garbage collection, a stalled link) and added to the mean.</param>
    /// <param name="firstHeartbeatEstimate">The interval assumed before there are statistics; must be positive.</param>
    /// <param name="clock">Milliseconds, monotonic; by default the real clock.</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public PhiAccrualFailureDetector(
        double threshold,
        int maxSampleSize,
        TimeSpan minStdDeviation,
        TimeSpan acceptableHeartbeatPause,
        TimeSpan firstHeartbeatEstimate,
        Clock? clock = null)
    {
        Require(threshold > 0, nameof(threshold), "failure-detector.threshold must be above 0");
        Require(maxSampleSize > 0, nameof(maxSampleSize), "failure-detector.max-sample-size must be above 0");
        Require(minStdDeviation > TimeSpan.Zero, nameof(minStdDeviation), "failure-detector.min-std-deviation must be above 0");
        Require(acceptableHeartbeatPause >= TimeSpan.Zero, nameof(acceptableHeartbeatPause), "failure-detector.acceptable-heartbeat-pause must not be negative");
        Require(firstHeartbeatEstimate > TimeSpan.Zero, nameof(firstHeartbeatEstimate), "failure-detector.heartbeat-interval must be above 0");
        _threshold = threshold;
        _minStdDeviationMillis = minStdDeviation.TotalMilliseconds;
        _acceptablePauseMillis = acceptableHeartbeatPause.TotalMilliseconds;
        _clock = clock ?? DefaultClock;
        _firstHeartbeat = FirstHeartbeat(maxSampleSize, firstHeartbeatEstimate.TotalMilliseconds);
        _state = new State(_firstHeartbeat, null);
    }

    /// <summary>Makes a detector from the keys <c>threshold</c>, <c>max-sample-size</c>, <c>min-std-deviation</c>,
    /// <c>acceptable-heartbeat-pause</c> and <c>heartbeat-interval</c>.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public PhiAccrualFailureDetector(Config config, EventStream ev)
        : this(config, ev, DefaultClock)
    {
    }

    /// <summary>A detector with the default tuning and a clock of one's own, for derived detectors.</summary>
    protected PhiAccrualFailureDetector(Clock clock)
        : this(8.0, 1000, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), clock)
    {
    }

    internal PhiAccrualFailureDetector(Config config, EventStream ev, Clock clock)
        : this(
            config.GetDouble("threshold"),
            config.GetInt("max-sample-size"),
            config.GetTimeSpan("min-std-deviation"),
            config.GetTimeSpan("acceptable-heartbeat-pause"),
            config.GetTimeSpan("heartbeat-interval"),
            clock)
    {
        _eventStream = ev;
    }

    /// <summary>The address that is watched, named in warnings about late heartbeats.</summary>
    public string Address { get; set; } = "N/A";

    /// <inheritdoc/>
    public override bool IsAvailable => IsAvailableAt(_clock(), _state);

    /// <inheritdoc/>
    public override bool IsMonitoring => _state.LastMillis is not null;

    /// <summary>The suspicion level now; 0 before the first heartbeat.</summary>
    internal double CurrentPhi => PhiAt(_clock(), _state);

    /// <inheritdoc/>
    public override void HeartBeat()
    {
        while (true)
        {
            var now = _clock();
            var old = _state;
            HeartbeatHistory history;
            if (old.LastMillis is not { } last)
                history = _firstHeartbeat;
            // An interval that ended in unavailability is no sample of a live resource; it would teach the detector to wait longer.
            else if (IsAvailableAt(now, old))
            {
                WarnOfLateHeartbeat(now - last);
                history = old.History.With(now - last);
            }
            else
                history = old.History;

#pragma warning disable CS0420 // Interlocked treats the field as volatile itself
            if (Interlocked.CompareExchange(ref _state, new State(history, now), old) == old)
                return;
#pragma warning restore CS0420
        }
    }

    /// <summary>
    /// Phi for a silence of <paramref name="silenceMillis"/>. The logistic approximation of the cumulative normal
    /// distribution is used: its error is below 0.00014, and it does not underflow where the exact tail does.
    /// </summary>
    internal static double Phi(double silenceMillis, double meanMillis, double stdDeviationMillis)
    {
        var y = (silenceMillis - meanMillis) / stdDeviationMillis;
        var e = Math.Exp(-y * (1.5976 + 0.070566 * y * y));
        return silenceMillis > meanMillis
            ? -Math.Log10(e / (1.0 + e))
            : -Math.Log10(1.0 - 1.0 / (1.0 + e));
    }

    private static HeartbeatHistory FirstHeartbeat(int maxSampleSize, double estimateMillis)
    {
        // Two samples around the estimate give a first, generous standard deviation.
        var deviation = estimateMillis / 4;
        return new HeartbeatHistory(maxSampleSize).With(estimateMillis - deviation).With(estimateMillis + deviation);
    }

    private static void Require(bool holds, string parameter, string problem)
    {
        if (!holds)
            throw new ArgumentException(problem, parameter);
    }

    private bool IsAvailableAt(long now, State state) => PhiAt(now, state) < _threshold;

    private double PhiAt(long now, State state)
    {
        if (state.LastMillis is not { } last)
            return 0.0;
        var deviation = Math.Max(state.History.StdDeviation, _minStdDeviationMillis);
        return Phi(now - last, state.History.Mean + _acceptablePauseMillis, deviation);
    }

    private void WarnOfLateHeartbeat(long intervalMillis)
    {
        if (_eventStream is null || intervalMillis < _acceptablePauseMillis / 3 * 2)
            return;
        _eventStream.Publish(new Warning(ToString() ?? string.Empty, GetType(), string.Format(
            CultureInfo.InvariantCulture,
            "The heartbeats of {0} have a growing interval: {1} ms since the last one, and {2} ms are accepted. Look for long pauses there, here, or on the network between.",
            Address,
            intervalMillis,
            _acceptablePauseMillis)));
    }

    private sealed record State(HeartbeatHistory History, long? LastMillis);
}
