using Akka.Persistence.Sql.Tests.Sqlite;
using Akka.Persistence.Tests;
using Akka.Persistence.Tests.Specs;
using Npgsql;

namespace Akka.Persistence.Sql.Tests.PostgreSql;

/// <summary>What is acknowledged survives a killed writer and a crashed server.</summary>
public sealed class PostgreSqlDurabilitySpecs : PersistenceSpec, IClassFixture<PostgreSqlCluster>
{
    private readonly PostgreSqlCluster _cluster;

    // A server of its own, since it is crashed.
    public PostgreSqlDurabilitySpecs(PostgreSqlCluster cluster)
        : base(SqlConfig.For("PostgreSQL.15", cluster.ConnectionString)) => _cluster = cluster;

    [Fact]
    public void Every_acknowledged_event_is_there_after_writer_and_server_were_killed()
    {
        var database = _cluster.CreateDatabase();
        var acknowledged = WriterProcess.KillAfter(500, "PostgreSQL.15", database, 10);
        _cluster.Crash();
        _cluster.Start();
        using var connection = new NpgsqlConnection($"{database};Pooling=False");
        connection.Open();
        SqliteDurabilitySpecs.AssertKept(connection, acknowledged);
    }

    [Fact]
    public void A_server_that_is_gone_fails_the_write_and_is_named_and_works_again_when_it_is_back()
    {
        var ledger = Start();
        Ask(ledger, new Add("a"));
        ExpectAdded("a");
        _cluster.Crash();
        Watch(ledger);
        Ask(ledger, new Add("b"));
        ObserveThat(what => what.StartsWith("failed b", StringComparison.Ordinal) && what.Contains("PostgreSQL database"));
        ExpectTerminated(ledger, Patience);

        _cluster.Start();
        ledger = Start("a at 1");
        Ask(ledger, new Add("c"));
        Client.ExpectMsg(new Added("c", 2), Patience);
    }

    [Fact]
    public void A_second_writer_with_the_same_persistence_id_fails_and_changes_nothing()
    {
        var first = Start();
        var second = Start();
        Watch(second);
        Ask(first, new Add("first"));
        ExpectAdded("first");
        Ask(second, new Add("second"));
        ObserveThat(what => what.StartsWith("failed second", StringComparison.Ordinal) && what.Contains("another writer"));
        ExpectTerminated(second, Patience);
        Stop(first);
        Start("first at 1");
    }
}
