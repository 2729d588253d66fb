using System.Globalization;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Host;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Machines;

/// <summary>
/// The hardware side of the lab machines' watchdogs: ends a machine whose file says that the time after its last feeding has passed; it
/// stays off, as one whose firmware waits for an administrator. A file of an earlier boot counts for nothing.
/// </summary>
public static class EmulatedWatchdogServer
{
    /// <summary>The file in a machine's folder.</summary>
    public const string FileName = "watchdog";

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ScriptTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Runs until it is stopped; called by a hidden sub-command of the lab.</summary>
    /// <param name="arguments">The folder that holds the machines' folders.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The exit code: 2 for wrong arguments.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TimeProvider time, CancellationToken stop)
    {
        if (arguments is not [var machines])
        {
            await Console.Error.WriteLineAsync("usage: MACHINES-FOLDER").ConfigureAwait(false);
            return 2;
        }

        var tools = new ToolRunner(time);
        while (!stop.IsCancellationRequested)
        {
            foreach (var machine in Directory.EnumerateDirectories(machines))
            {
                if (HasExpired(machine))
                    await tools.RunAsync(new ToolCommand(Path.Combine(machine, "power.sh"), ["off"], ScriptTimeout), stop).ConfigureAwait(false);
            }

            await Task.Delay(LookInterval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return 0;
    }

    /// <summary>Whether the machine's watchdog has expired in its present boot.</summary>
    public static bool HasExpired(string machine)
    {
        try
        {
            return File.ReadAllText(Path.Combine(machine, FileName)).Split(' ') is [var boot, var at]
                && boot == new BootId(File.ReadAllText(Path.Combine(machine, "boot-id"))).Value
                && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var nanos)
                && HostClock.BoottimeNanos() > nanos;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }
}
