using System.Globalization;

namespace AkkaHa.Devices.Processes;

/// <summary>
/// A file with a process's id and its start in clock ticks: it never names a later process that got the same id.
/// </summary>
public static class PidFile
{
    /// <summary>Writes the identity of a live process; the file is there whole or not at all.</summary>
    public static void Write(string path, int pid)
    {
        var start = ProcessStat.Read(pid)?.StartTicks ?? 0;
        File.WriteAllText(path + ".new", string.Create(CultureInfo.InvariantCulture, $"{pid} {start}\n"));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>The process the file names, or null if there is no file or that process lives no more.</summary>
    public static WatchedProcess? Open(string path)
    {
        if (Read(path) is not var (pid, start))
            return null;
        var process = WatchedProcess.Open(pid);
        return process is not null && ProcessStat.Read(pid)?.StartTicks == start ? process : null;
    }

    private static (int Pid, long Start)? Read(string path)
    {
        try
        {
            var parts = File.ReadAllText(path).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            return parts.Length == 2
                ? (int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }
}
