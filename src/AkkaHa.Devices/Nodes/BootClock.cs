using System.ComponentModel;
using System.Runtime.InteropServices;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Nodes;

/// <summary>
/// A clock whose timestamps are CLOCK_BOOTTIME: it never goes back, counts the time a host sleeps, and is the same for every process of a
/// boot. Leases and sessions are measured by it; wall time and timers are those of the clock it wraps.
/// </summary>
public sealed class BootClock(TimeProvider wall) : TimeProvider
{
    private const int ClockBootTime = 7;
    private const long NanosPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds.</summary>
    public override long TimestampFrequency => NanosPerSecond;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => wall.LocalTimeZone;

    /// <inheritdoc />
    public override long GetTimestamp() =>
        LibC.ClockGetTime(ClockBootTime, out var now) == 0
            ? (now.Seconds * NanosPerSecond) + now.Nanoseconds
            : throw new Win32Exception(Marshal.GetLastPInvokeError(), "The boot clock cannot be read");

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => wall.GetUtcNow();

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        wall.CreateTimer(callback, state, dueTime, period);
}
