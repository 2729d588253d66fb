using Akka.Configuration;
using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql.Config;

/// <summary>Which database a plugin uses, and how.</summary>
internal sealed record ConnectionSettings(
    string PluginId, SqlDialect Dialect, string ConnectionString, TimeSpan CommandTimeout, bool AutoInitialize, bool WarnOnAutoInitializeFail, string? Serializer)
{
    /// <exception cref="ConfigurationException">A required key is missing or not known.</exception>
    public static ConnectionSettings Read(Akka.Configuration.Config plugin, string pluginId)
    {
        var connectionString = plugin.GetString("connection-string");
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new ConfigurationException($"{pluginId}.connection-string is empty; it names the database, as \"Data Source=/var/lib/akkaha/journal.db\".");
        // The circuit breaker gives a call up after its timeout; the database has to say why it does not answer before that. Three waits can
        // follow each other on the one writer: the journal's tables, the snapshots' tables, and the write itself.
        var callTimeout = plugin.GetTimeSpan("circuit-breaker.call-timeout", TimeSpan.FromSeconds(10), allowInfinite: false);
        var serializer = plugin.GetString("serializer");
        return new ConnectionSettings(
            pluginId, SqlDialect.Of(plugin.GetString("provider-name"), pluginId), connectionString, callTimeout / 4, plugin.GetBoolean("auto-initialize"),
            plugin.GetBoolean("warn-on-auto-init-fail"), TableMapping.IsNull(serializer) ? null : serializer);
    }
}
