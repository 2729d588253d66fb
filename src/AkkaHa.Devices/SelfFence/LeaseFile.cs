using System.Globalization;
using AkkaHa.Core.Model;

namespace AkkaHa.Devices.SelfFence;

/// <summary>What is left of a boot's lease for a later daemon.</summary>
/// <param name="Until">Its end on CLOCK_BOOTTIME; zero if there is none.</param>
/// <param name="LeaseFreeSince">The disarming under which guests need none; null where they do.</param>
public readonly record struct LeaseLeft(TimeSpan Until, long? LeaseFreeSince);

/// <summary>
/// The end of this boot's lease, where a later daemon of the same boot finds it: the guests that it adopts live on borrowed time. It need not
/// survive the boot, so it is not synced.
/// </summary>
/// <param name="folder">A folder of this boot, usually the run directory of the guests.</param>
public sealed class LeaseFile(string folder)
{
    private string Path => System.IO.Path.Combine(folder, "lease");

    /// <summary>What an earlier daemon of this boot left; nothing if none did.</summary>
    public LeaseLeft Read(BootId boot)
    {
        try
        {
            return File.ReadAllText(Path).Split(' ') is [var id, var ticks, .. var rest] && id == boot.Value
                && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
                ? new LeaseLeft(
                    TimeSpan.FromTicks(until),
                    rest is [var disarming] && long.TryParse(disarming, NumberStyles.None, CultureInfo.InvariantCulture, out var since) ? since : null)
                : default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Write(BootId boot, TimeSpan until, long? leaseFreeSince = null)
    {
        Directory.CreateDirectory(folder);
        var next = Path + ".new";
        var disarming = leaseFreeSince is { } since ? string.Create(CultureInfo.InvariantCulture, $" {since}") : "";
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{boot.Value} {until.Ticks}{disarming}"));
        File.Move(next, Path, overwrite: true);
    }
}
