using System.Text.RegularExpressions;

namespace AkkaHa.Devices.Storage;

/// <summary>The mounts of this host, read without touching any of them.</summary>
internal static partial class Mounts
{
    /// <summary>Null if the storage is mounted, or need not be; else a sentence. An empty mount point would pass for the storage.</summary>
    public static string? Problem(StorageDefinition storage) =>
        storage.MountPoint is { } point && !Parse(File.ReadLines("/proc/self/mountinfo")).Contains(Path.TrimEndingDirectorySeparator(point))
            ? $"{point} is not mounted"
            : null;

    /// <summary>The mount points: the fifth field, with blanks written as <c>\040</c>.</summary>
    internal static IReadOnlySet<string> Parse(IEnumerable<string> mountInfo) =>
        mountInfo.Select(line => line.Split(' ')).Where(fields => fields.Length > 4)
            .Select(fields => Octal().Replace(fields[4], match => ((char)Convert.ToInt32(match.Groups[1].Value, 8)).ToString()))
            .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\\([0-7]{3})")]
    private static partial Regex Octal();
}
