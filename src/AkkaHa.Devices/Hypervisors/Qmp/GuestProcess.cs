using System.Globalization;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Qmp;

/// <summary>A process found in the process table that is a guest of a run directory.</summary>
/// <param name="Id">Process id.</param>
/// <param name="Name">The guest's name, from its pidfile's.</param>
/// <param name="Uuid">The guest's identity, from the command line.</param>
internal sealed record GuestProcess(int Id, string Name, Guid Uuid)
{
    /// <summary>
    /// Finds the guests of a run directory by their command lines: those are there from the first instruction on, while a pidfile can be
    /// late, stale or gone.
    /// </summary>
    public static IReadOnlyList<GuestProcess> FindAll(string runDirectory) =>
        [.. ProcessStat.ReadAll().Where(process => !process.IsDead)
            .Select(process => Of(process.Id, runDirectory)).OfType<GuestProcess>()];

    private static GuestProcess? Of(int pid, string runDirectory)
    {
        string[] arguments;
        try
        {
            arguments = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline")).Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        var pidFile = After(arguments, "-pidfile");
        if (pidFile is null || Path.GetDirectoryName(pidFile) != runDirectory || !Guid.TryParse(After(arguments, "-uuid"), out var uuid))
            return null;
        return new GuestProcess(pid, Path.GetFileNameWithoutExtension(pidFile), uuid);
    }

    private static string? After(string[] arguments, string option)
    {
        var at = Array.IndexOf(arguments, option);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }
}
