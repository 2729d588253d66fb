using System.Globalization;
using AkkaHa.Devices.Host;

namespace AkkaHa.Devices.Watchdog;

/// <summary>
/// The watchdog of a lab machine: a file that says when it was fed last, read by a process outside of the machine that resets it
/// (<see cref="AkkaHa.Devices.Machines.EmulatedWatchdogServer"/>). Like a real one it goes on running when nobody holds it any more.
/// </summary>
internal sealed class EmulatedWatchdog : IWatchdog
{
    private readonly string _file;
    private readonly string _boot;

    private EmulatedWatchdog(string file, TimeSpan timeout, string boot)
    {
        _file = file;
        _boot = boot;
        Timeout = timeout;
    }

    public string Identity => "emulated watchdog of a lab machine";

    public TimeSpan Timeout { get; }

    public bool CanDisarm => true;

    public static EmulatedWatchdog Open(string file, TimeSpan timeout)
    {
        var folder = Path.GetDirectoryName(file)!;
        var watchdog = new EmulatedWatchdog(file, timeout, HostFacts.ReadBootId(Path.Combine(folder, "boot-id")).Value);
        watchdog.Feed();
        return watchdog;
    }

    public void Feed() => Write(string.Create(CultureInfo.InvariantCulture, $"{_boot} {HostClock.BoottimeNanos() + (long)(Timeout.TotalMilliseconds * 1_000_000)}"));

    public void Disarm() => Write("disarmed");

    public void Dispose()
    {
        // It goes on running, as a real one does.
    }

    private void Write(string text)
    {
        var next = _file + ".new";
        File.WriteAllText(next, text);
        File.Move(next, _file, overwrite: true);
    }
}
