using Akka.Configuration;

namespace Akka.Persistence.Journal;

/// <summary>What is done about events of two writers that wrote at the same time.</summary>
internal enum ReplayFilterMode
{
    Fail,
    Warn,
    RepairByDiscardOld,
    Disabled,
}

/// <summary>The settings <c>replay-filter</c> of a journal.</summary>
internal sealed record ReplayFilterSettings(ReplayFilterMode Mode, int WindowSize, int MaxOldWriters, bool Debug)
{
    /// <exception cref="ConfigurationException">The mode is not known.</exception>
    public static ReplayFilterSettings Read(Config config, string journalId)
    {
        var mode = config.GetString("mode");
        return new ReplayFilterSettings(
            mode?.ToLowerInvariant() switch
            {
                "fail" => ReplayFilterMode.Fail,
                "warn" => ReplayFilterMode.Warn,
                "repair-by-discard-old" => ReplayFilterMode.RepairByDiscardOld,
                "off" or "false" or "no" => ReplayFilterMode.Disabled,
                _ => throw new ConfigurationException(
                    $"{journalId}.replay-filter.mode is \"{mode}\"; it can be repair-by-discard-old, fail, warn or off."),
            },
            config.GetInt("window-size"),
            config.GetInt("max-old-writers"),
            config.GetBoolean("debug"));
    }
}
