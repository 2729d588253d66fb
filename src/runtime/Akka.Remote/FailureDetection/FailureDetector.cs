using Akka.Embedded;

namespace Akka.Remote;

/// <summary>A monotonic clock for failure detectors: milliseconds since an arbitrary moment that never goes back.</summary>
public delegate long Clock();

/// <summary>
/// Decides from the heartbeats of one resource whether that resource can be taken to be alive. Until the first
/// heartbeat nothing is known, and the resource counts as available.
/// </summary>
public abstract class FailureDetector
{
    /// <summary>The clock of the real environment, in milliseconds; monotonic, so a stepped wall clock kills nobody.</summary>
    public static readonly Clock DefaultClock = ClockOf(RuntimeEnvironment.Real.Time);

    /// <summary>True while the resource is believed to be alive.</summary>
    public abstract bool IsAvailable { get; }

    /// <summary>True once a first heartbeat has arrived.</summary>
    public abstract bool IsMonitoring { get; }

    /// <summary>Notes that a heartbeat of the resource has arrived now.</summary>
    public abstract void HeartBeat();

    internal static Clock ClockOf(TimeProvider time)
    {
        var start = time.GetTimestamp();
        return () => (long)time.GetElapsedTime(start).TotalMilliseconds;
    }
}
