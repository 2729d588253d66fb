using Akka.Coordination.Stores.Sql;
using Akka.Persistence.Sql.Tests;
using AkkaHa.TestSupport;
using Npgsql;

namespace Akka.Coordination.Tests.Stores;

/// <summary>What every database must do.</summary>
public abstract class SqlLeaseStoreSpecs
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [Fact]
    public void What_one_contender_writes_another_reads()
    {
        var (a, b) = (Store(), Store());

        Assert.True(a.TryAcquire("a", 1, Long));
        Assert.False(b.TryAcquire("b", 2, Long));
        Assert.True(a.TryRenew("a", 1, Long));
        b.Release("b", 2);
        Assert.False(b.TryAcquire("b", 2, Long));
        a.Release("a", 1);
        Assert.True(b.TryAcquire("b", 2, Long));
        Assert.False(a.TryRenew("a", 1, Long));
    }

    [Fact]
    public void A_lease_whose_time_is_over_goes_to_the_next_and_cannot_be_renewed()
    {
        Store().TryAcquire("a", 1, Long);
        LetItsTimePass();

        Assert.False(Store().TryRenew("a", 1, Long));
        Assert.True(Store().TryAcquire("b", 2, Long));
    }

    [Fact]
    public void The_same_owner_gets_it_back_at_once_and_its_earlier_acquisition_counts_no_more()
    {
        Store().TryAcquire("a", 1, Long);

        Assert.True(Store().TryAcquire("a", 2, Long));
        Assert.False(Store().TryRenew("a", 1, Long));
    }

    [Fact]
    public async Task Of_many_contenders_at_once_exactly_one_gets_it()
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var contenders = Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            await start.Task;
            return Store().TryAcquire($"owner {i}", i, Long);
        })).ToArray();
        start.SetResult();

        Assert.Single(await Task.WhenAll(contenders), isAcquired => isAcquired);
    }

    internal abstract SqlLeaseStore Store();

    protected abstract void LetItsTimePass();
}

public sealed class SqliteLeaseStoreSpecs : SqlLeaseStoreSpecs, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("akka-lease-").FullName;
    private readonly ManualTime _time = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    internal override SqlLeaseStore Store() => new(
        SqlDialect.Sqlite, $"Data Source={Path.Combine(_directory, "leases.db")};Pooling=False", "akka_lease", "crm", _time, TimeSpan.FromSeconds(30));

    protected override void LetItsTimePass() => _time.Advance(TimeSpan.FromHours(1));
}

[Collection(PostgreSqlCollection.Name)]
public sealed class PostgreSqlLeaseStoreSpecs(PostgreSqlCluster server) : SqlLeaseStoreSpecs
{
    private readonly string _connectionString = server.CreateDatabase();

    [Fact]
    public void A_contender_whose_clock_is_ahead_gets_no_lease_too_early()
    {
        var ahead = new ManualTime();
        ahead.Advance(TimeSpan.FromDays(40_000));
        Store().TryAcquire("a", 1, TimeSpan.FromMinutes(10));

        Assert.False(StoreAt(ahead).TryAcquire("b", 2, TimeSpan.FromMinutes(10)));
    }

    internal override SqlLeaseStore Store() => StoreAt(new ManualTime());

    private SqlLeaseStore StoreAt(ManualTime time) =>
        new(SqlDialect.PostgreSql, $"{_connectionString};Pooling=False", "akka_lease", "crm", time, TimeSpan.FromSeconds(30));

    // The clock of the server cannot be set, so the row is made as old as if its time had passed.
    protected override void LetItsTimePass()
    {
        using var connection = new NpgsqlConnection($"{_connectionString};Pooling=False");
        connection.Open();
        using var command = new NpgsqlCommand("UPDATE akka_lease SET expires_at = expires_at - 3600000", connection);
        command.ExecuteNonQuery();
    }
}
