using Akka.Configuration;

namespace Akka.Persistence.Sql.Config;

/// <summary>The settings of the SQL journal.</summary>
internal sealed record JournalSettings(ConnectionSettings Connection, JournalNames Names, int BufferSize, int BatchSize, int ReplayBatchSize)
{
    /// <exception cref="ConfigurationException">A key has a value that is not supported.</exception>
    public static JournalSettings Read(Akka.Configuration.Config plugin, string pluginId)
    {
        var tagMode = plugin.GetString("tag-write-mode");
        if (!string.Equals(tagMode, "TagTable", StringComparison.OrdinalIgnoreCase))
            throw new ConfigurationException($"{pluginId}.tag-write-mode is \"{tagMode}\"; tags are kept in a table of their own (TagTable).");
        if (plugin.GetBoolean("delete-compatibility-mode"))
            throw new ConfigurationException($"{pluginId}.delete-compatibility-mode is on; the tables of older plugins are not supported.");
        return new JournalSettings(
            ConnectionSettings.Read(plugin, pluginId), JournalNames.Read(plugin, pluginId), Positive("buffer-size"), Positive("batch-size"),
            Positive("replay-batch-size"));

        int Positive(string key)
        {
            var value = plugin.GetInt(key);
            return value > 0 ? value : throw new ConfigurationException($"{pluginId}.{key} is {value}; it must be at least 1.");
        }
    }
}
