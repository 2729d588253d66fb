using System.Data.Common;
using Akka.Embedded;
using Akka.Persistence.Sql.Config;
using Akka.Persistence.Sql.Db;
using Dapper;

namespace Akka.Persistence.Sql.Tests.Sqlite;

/// <summary>How the one writer of a database commits.</summary>
public sealed class GroupCommitSpecs : IDisposable
{
    private readonly SqliteFile _file = new();
    private readonly SqlDatabase _database;

    public GroupCommitSpecs()
    {
        _database = Database(_file, batchSize: 100);
        Write("CREATE TABLE t (id INTEGER PRIMARY KEY)").GetAwaiter().GetResult();
    }

    [Fact]
    public async Task What_waits_is_committed_together_up_to_the_batch_size()
    {
        var gate = Hold();
        var transactions = Enumerable.Range(0, 250).Select(i => _database.Write((_, transaction) => transaction, 1, 1_000)).ToList();
        gate.Set();
        var groups = (await Task.WhenAll(transactions)).GroupBy(t => t, ReferenceEqualityComparer.Instance).Select(g => g.Count());
        Assert.Equal([100, 100, 50], groups);
    }

    [Fact]
    public async Task One_write_that_is_refused_fails_alone()
    {
        await Write("INSERT INTO t VALUES (7)");
        var gate = Hold();
        var writes = Enumerable.Range(1, 10).Select(i => Write($"INSERT INTO t VALUES ({i})")).ToList();
        gate.Set();
        await Assert.ThrowsAsync<StorageConstraintException>(() => writes[6]);
        foreach (var write in writes.Where((_, i) => i != 6)) await write;
        Assert.Equal(10, await _database.Read(c => c.ExecuteScalar<int>("SELECT COUNT(*) FROM t")));
    }

    [Fact]
    public async Task A_write_goes_whole_or_not_at_all()
    {
        var write = _database.Write(
            (connection, transaction) =>
            {
                connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
                return connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
            },
            2, 100);
        await Assert.ThrowsAsync<StorageConstraintException>(() => write);
        Assert.Equal(0, await _database.Read(c => c.ExecuteScalar<int>("SELECT COUNT(*) FROM t")));
    }

    [Fact]
    public async Task Writes_beyond_the_buffer_fail_and_say_so()
    {
        var gate = Hold();
        var writes = Enumerable.Range(1, 5).Select(i => Write($"INSERT INTO t VALUES ({i})", capacity: 3)).ToList();
        var refused = await Assert.ThrowsAsync<StorageException>(() => writes[3]);
        Assert.Contains("does not keep up", refused.Message);
        gate.Set();
        await Task.WhenAll(writes.Take(3));
        Assert.True(writes[4].IsFaulted);
    }

    [Fact]
    public async Task A_commit_waits_for_the_disk()
    {
        var pragmas = await _database.Write(
            (c, t) => (c.ExecuteScalar<string>("PRAGMA journal_mode", transaction: t), c.ExecuteScalar<int>("PRAGMA synchronous", transaction: t)), 1, 10);
        // 2 is FULL: the log is flushed at each commit.
        Assert.Equal(("wal", 2), pragmas);
    }

    [Fact]
    public async Task What_still_waits_when_it_is_closed_fails_and_what_runs_is_finished()
    {
        var gate = Hold(out var held);
        var waiting = Write("INSERT INTO t VALUES (1)");
        _database.Close();
        gate.Set();
        await held;
        await Assert.ThrowsAsync<StorageException>(() => waiting);
        await _database.Ended.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(Write("INSERT INTO t VALUES (2)").IsFaulted);
    }

    [Fact]
    public async Task After_an_error_the_next_write_uses_a_new_connection()
    {
        DbConnection? first = null;
        await Assert.ThrowsAsync<StorageException>(() => _database.Write<int>(
            (connection, _) =>
            {
                first = connection;
                throw new IOException("the cable is out");
            },
            1, 10));
        Assert.NotSame(first, await _database.Write((connection, _) => connection, 1, 10));
    }

    public void Dispose()
    {
        _database.Close();
        _database.Ended.Wait(TimeSpan.FromSeconds(20));
        _file.Dispose();
    }

    internal static SqlDatabase Database(SqliteFile file, int batchSize, RuntimeEnvironment? environment = null) =>
        new(
            new ConnectionSettings("spec", SqliteDialect.Instance, file.ConnectionString, TimeSpan.FromSeconds(5), true, true, null), batchSize,
            environment ?? RuntimeEnvironment.Real);

    private Task<int> Write(string sql, int capacity = 1_000) =>
        _database.Write((connection, transaction) => connection.Execute(sql, transaction: transaction), 1, capacity);

    private ManualResetEventSlim Hold() => Hold(out _);

    // The writer waits within a work of its own until the gate opens; what is posted meanwhile waits together.
    private ManualResetEventSlim Hold(out Task held)
    {
        var begun = new ManualResetEventSlim();
        var gate = new ManualResetEventSlim();
        held = _database.Write(
            (_, _) =>
            {
                begun.Set();
                gate.Wait();
                return 0;
            },
            1, 1_000);
        begun.Wait();
        return gate;
    }
}
