using System.Runtime.InteropServices;

namespace AkkaHa.Devices.Host;

/// <summary>CLOCK_BOOTTIME: monotonic, counts sleep, the same for every process of a kernel boot. It orders the sessions of a boot.</summary>
public static partial class HostClock
{
    private const int ClockBoottime = 7;

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>Nanoseconds since the kernel's boot, time asleep included.</summary>
    public static long BoottimeNanos()
    {
        if (GetTime(ClockBoottime, out var time) != 0)
            throw new PlatformNotSupportedException($"CLOCK_BOOTTIME cannot be read (errno {Marshal.GetLastPInvokeError()}); Linux is needed.");
        return checked((time.Seconds * 1_000_000_000) + time.Nanoseconds);
    }

    /// <summary>The same as a time.</summary>
    public static TimeSpan BootTime() => TimeSpan.FromTicks(BoottimeNanos() / 100);

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out Timespec time);
}
