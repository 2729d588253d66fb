using System.Globalization;
using AkkaHa.Core.Model;

namespace AkkaHa.Devices.SelfFence;

/// <summary>
/// The end of this boot's lease, where a later daemon of the same boot finds it: the guests that it adopts live on borrowed time. It need not
/// survive the boot, so it is not synced.
/// </summary>
/// <param name="folder">A folder of this boot, usually the run directory of the guests.</param>
public sealed class LeaseFile(string folder)
{
    private string Path => System.IO.Path.Combine(folder, "lease");

    /// <summary>The end of the lease as an earlier daemon of this boot left it; zero if none did.</summary>
    public TimeSpan Read(BootId boot)
    {
        try
        {
            return File.ReadAllText(Path).Split(' ') is [var id, var ticks] && id == boot.Value && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
                ? TimeSpan.FromTicks(until)
                : TimeSpan.Zero;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Write(BootId boot, TimeSpan until)
    {
        Directory.CreateDirectory(folder);
        var next = Path + ".new";
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{boot.Value} {until.Ticks}"));
        File.Move(next, Path, overwrite: true);
    }
}
