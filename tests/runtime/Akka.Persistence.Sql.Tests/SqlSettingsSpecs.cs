using Akka.Configuration;
using Akka.Persistence.Sql.Config;
using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql.Tests;

public sealed class SqlSettingsSpecs
{
    [Fact]
    public void A_journal_without_a_connection_string_is_refused()
    {
        var error = Assert.Throws<ConfigurationException>(() => Journal("provider-name = SQLite.MS"));
        Assert.Contains("spec.connection-string is empty", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Oracle.Managed")]
    public void An_unknown_provider_is_refused_and_the_known_ones_are_named(string provider)
    {
        var error = Assert.Throws<ConfigurationException>(() => Journal($"provider-name = \"{provider}\"\nconnection-string = x"));
        Assert.Contains($"spec.provider-name is \"{provider}\"", error.Message);
        Assert.Contains("SQLite.MS", error.Message);
    }

    [Theory]
    [InlineData("tag-write-mode = Csv", "tag-write-mode")]
    [InlineData("delete-compatibility-mode = on", "delete-compatibility-mode")]
    [InlineData("table-mapping = mysql", "table-mapping")]
    [InlineData("batch-size = 0", "batch-size")]
    [InlineData("buffer-size = -1", "buffer-size")]
    [InlineData("replay-batch-size = 0", "replay-batch-size")]
    public void A_value_that_is_not_supported_is_refused_and_named(string setting, string key) =>
        Assert.Contains(
            $"spec.{key}", Assert.Throws<ConfigurationException>(() => Journal($"provider-name = SQLite.MS\nconnection-string = x\n{setting}")).Message);

    [Fact]
    public void Tables_and_columns_can_have_other_names_and_a_schema()
    {
        var settings = Journal("""
            provider-name = PostgreSQL.15
            connection-string = x
            default {
              schema-name = events
              journal { table-name = "my journal", columns.ordering = nr }
            }
            """);
        Assert.Equal("\"events\".\"my journal\"", settings.Names.Table);
        Assert.Equal("\"nr\"", settings.Names.Ordering);
        Assert.Equal("\"events\".\"tags\"", settings.Names.Tags.Table);
        Assert.Equal("\"message\"", settings.Names.Message);
    }

    [Fact]
    public void The_defaults_are_the_published_ones()
    {
        var settings = Journal("provider-name = SQLite.MS\nconnection-string = x");
        Assert.Equal((5000, 100, 1000), (settings.BufferSize, settings.BatchSize, settings.ReplayBatchSize));
        Assert.Equal("\"journal\"", settings.Names.Table);
        Assert.True(settings.Connection.AutoInitialize);
        Assert.Null(settings.Connection.Serializer);
    }

    [Theory]
    [InlineData("Data Source=/var/lib/akkaha/journal.db;Password=secret", "/var/lib/akkaha/journal.db")]
    [InlineData("Data Source=file:/var/lib/akkaha/journal.db?cache=private", "/var/lib/akkaha/journal.db")]
    [InlineData("Data Source=:memory:", "the database in memory")]
    public void A_database_is_named_by_its_file(string connectionString, string name) =>
        Assert.Equal(name, SqliteDialect.Instance.Describe(connectionString));

    [Fact]
    public void A_server_is_named_without_its_password() =>
        Assert.Equal(
            "PostgreSQL database ha on db1:5433", PostgreSqlDialect.Instance.Describe("Host=db1;Port=5433;Database=ha;Username=u;Password=secret"));

    private static JournalSettings Journal(string hocon) =>
        JournalSettings.Read(ConfigurationFactory.ParseString(hocon).WithFallback(SqlPersistence.DefaultJournalConfiguration), "spec");
}
