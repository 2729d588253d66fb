using System.Globalization;

namespace AkkaHa.Devices.Processes;

/// <summary>What <c>/proc/PID/stat</c> says of a process.</summary>
/// <param name="Id">Process id.</param>
/// <param name="State">The kernel's letter: R, S, D, T, Z …</param>
/// <param name="ParentId">The parent's id.</param>
/// <param name="GroupId">The process group.</param>
/// <param name="SessionId">The session.</param>
/// <param name="StartTicks">Start after boot in clock ticks: with the id, the identity of a process.</param>
public sealed record ProcessStat(int Id, char State, int ParentId, int GroupId, int SessionId, long StartTicks)
{
    /// <summary>Clock ticks in a second; the kernel's interface has fixed it at 100.</summary>
    public const int TicksPerSecond = 100;

    /// <summary>Whether it is a zombie or already gone: it holds no file and writes nothing.</summary>
    public bool IsDead => State is 'Z' or 'X' or 'x';

    /// <summary>Reads one process; null if there is none.</summary>
    public static ProcessStat? Read(int pid)
    {
        string text;
        try
        {
            text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        return Parse(text);
    }

    /// <summary>All processes that are there now.</summary>
    public static IReadOnlyList<ProcessStat> ReadAll() =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0)
            .Select(Read)
            .OfType<ProcessStat>()];

    /// <summary>How long the process has lived, by the kernel's clocks.</summary>
    public TimeSpan Uptime()
    {
        var sinceBoot = File.ReadAllText("/proc/uptime").Split(' ')[0];
        var uptime = double.Parse(sinceBoot, CultureInfo.InvariantCulture) - ((double)StartTicks / TicksPerSecond);
        return TimeSpan.FromSeconds(Math.Max(0, uptime));
    }

    /// <summary>Whether every thread of a process stands still (a stop reaches them one by one); true if there is no such process.</summary>
    public static bool IsStopped(int pid)
    {
        try
        {
            return Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/task"))
                .All(task => Parse(File.ReadAllText(task + "/stat")) is null or { State: 'T' or 't' } or { IsDead: true });
        }
        catch (IOException)
        {
            return Read(pid) is null or { IsDead: true };
        }
    }

    internal static ProcessStat? Parse(string text)
    {
        // The name stands in brackets and may itself hold brackets and blanks: what counts is the last one.
        var nameStart = text.IndexOf('(', StringComparison.Ordinal);
        var nameEnd = text.LastIndexOf(')');
        if (nameStart < 0 || nameEnd < nameStart)
            return null;
        var fields = text[(nameEnd + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 20)
            return null;
        return new ProcessStat(
            int.Parse(text.AsSpan(0, nameStart), CultureInfo.InvariantCulture),
            fields[0][0],
            int.Parse(fields[1], CultureInfo.InvariantCulture),
            int.Parse(fields[2], CultureInfo.InvariantCulture),
            int.Parse(fields[3], CultureInfo.InvariantCulture),
            long.Parse(fields[19], CultureInfo.InvariantCulture));
    }
}
