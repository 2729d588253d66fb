namespace AkkaHa.Devices.Watchdog;

/// <summary>Opens the watchdog that a configuration names.</summary>
public static class Watchdogs
{
    /// <summary>What a lab machine's watchdog begins with; after it comes its file.</summary>
    public const string EmulatedPrefix = "emulated:";

    /// <summary>Opens and thereby arms a watchdog: a device of the kernel, or the emulated one of a lab machine.</summary>
    /// <exception cref="IOException">It cannot be had, or does not take the timeout.</exception>
    public static IWatchdog Open(string device, TimeSpan timeout) => device.StartsWith(EmulatedPrefix, StringComparison.Ordinal)
        ? EmulatedWatchdog.Open(device[EmulatedPrefix.Length..], timeout)
        : LinuxWatchdog.Open(device, timeout);
}
