using System.Globalization;

namespace AkkaHa.Devices.Watchdog;

/// <summary>The feeder process of a node's watchdog.</summary>
/// <param name="Device">The watchdog device.</param>
/// <param name="Timeout">Its timeout, whole seconds.</param>
/// <param name="Folder">Where its lock and its socket are. Kept short: a socket's path has at most 107 bytes.</param>
/// <param name="RunDirectory">The run directory of the node's guests: by it the feeder sees whether any lives.</param>
public sealed record FeederSettings(string Device, TimeSpan Timeout, string Folder, string RunDirectory)
{
    /// <summary>The cgroup of the node's guests, where there is one: empty means none lives.</summary>
    public string? Cgroup { get; init; }

    /// <summary>No deadline further ahead is taken: a daemon gone wrong must not feed for ever.</summary>
    public TimeSpan LeaseLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The feeder's socket.</summary>
    public string Socket => Path.Combine(Folder, "feeder.sock");

    /// <summary>Locked by the feeder for its life.</summary>
    public string LockFile => Path.Combine(Folder, "feeder.lock");

    /// <summary>What the feeder itself says.</summary>
    public string Log => Path.Combine(Folder, "feeder.log");

    /// <summary>How often the watchdog is fed.</summary>
    public TimeSpan FeedInterval => FeedIntervalOf(Timeout);

    /// <summary>Several feedings fit into the timeout, so that one that is late does no harm.</summary>
    public static TimeSpan FeedIntervalOf(TimeSpan timeout) => timeout / 5;

    internal IReadOnlyList<string> ToArguments() =>
    [
        "--device", Device,
        "--timeout", Seconds(Timeout),
        "--folder", Folder,
        "--run-directory", RunDirectory,
        "--cgroup", Cgroup ?? "",
        "--lease-limit", Seconds(LeaseLimit),
    ];

    internal static FeederSettings? FromArguments(IReadOnlyList<string> arguments)
    {
        var values = arguments.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        string Of(string name) => values.GetValueOrDefault(name, "");
        if (Of("--device").Length == 0 || Of("--folder").Length == 0
            || !double.TryParse(Of("--timeout"), CultureInfo.InvariantCulture, out var timeout) || timeout < 1
            || !double.TryParse(Of("--lease-limit"), CultureInfo.InvariantCulture, out var limit))
            return null;
        return new FeederSettings(Of("--device"), TimeSpan.FromSeconds(timeout), Of("--folder"), Of("--run-directory"))
        {
            Cgroup = Of("--cgroup") is { Length: > 0 } cgroup ? cgroup : null,
            LeaseLimit = TimeSpan.FromSeconds(limit),
        };
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
