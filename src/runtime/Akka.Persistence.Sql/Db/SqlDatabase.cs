using System.Data.Common;
using Akka.Embedded;
using Akka.Persistence.Sql.Config;

namespace Akka.Persistence.Sql.Db;

/// <summary>
/// A database with one writer, which commits what waits together, and one reader beside it. Journal and snapshot store share it if their
/// connection strings are the same, so that they never wait for each other's locks.
/// </summary>
internal sealed class SqlDatabase
{
    private const int MaxReadsWaiting = 10_000;

    private readonly WorkLoop _writer;
    private readonly WorkLoop _reader;

    public SqlDatabase(ConnectionSettings settings, int maxWeight, RuntimeEnvironment environment)
    {
        var dialect = settings.Dialect;
        Name = dialect.Describe(settings.ConnectionString);
        var writing = new SqlSession(dialect, settings.ConnectionString, settings.CommandTimeout);
        _writer = Loop("writer", new GroupCommit(writing).Commit, writing);
        if (dialect.IsSingleConnection(settings.ConnectionString))
        {
            _reader = _writer;
            return;
        }

        var reading = new SqlSession(dialect, settings.ConnectionString, settings.CommandTimeout);
        _reader = Loop("reader", batch => Read(batch, reading), reading);

        WorkLoop Loop(string role, Action<IReadOnlyList<Work>> handle, SqlSession session) =>
            environment.IsDeterministic
                ? new EnvironmentWorkLoop(environment, maxWeight, handle, session.Close)
                : new ThreadWorkLoop(environment, $"akka-persistence-{role}", maxWeight, handle, session.Close);
    }

    /// <summary>The database's name for people.</summary>
    public string Name { get; }

    /// <summary>Ends when both loops are closed.</summary>
    public Task Ended => Task.WhenAll(_writer.Ended, _reader.Ended);

    /// <summary>Changes the database. The task ends when the change is durable.</summary>
    /// <param name="change">The change.</param>
    /// <param name="rows">Number of rows it writes.</param>
    /// <param name="capacity">So many changes may wait.</param>
    public Task<T> Write<T>(Func<DbConnection, DbTransaction?, T> change, int rows, int capacity) => Post(_writer, new Work<T>(change, rows), capacity);

    /// <summary>Reads what was committed.</summary>
    public Task<T> Read<T>(Func<DbConnection, T> query) => Post(_reader, new Work<T>((connection, _) => query(connection)), MaxReadsWaiting);

    public void Close()
    {
        _writer.Close();
        _reader.Close();
    }

    private Task<T> Post<T>(WorkLoop loop, Work<T> work, int capacity)
    {
        if (!loop.TryPost(work, capacity))
            work.Fail(new StorageException($"{Name} does not keep up: {capacity} requests wait already, as many as are allowed, or it is being closed.", null));
        return work.Done;
    }

    private static void Read(IReadOnlyList<Work> batch, SqlSession session)
    {
        foreach (var work in batch)
        {
            try
            {
                Run(work, session);
            }
            catch (Exception e)
            {
                work.Fail(session.Explain(e));
                continue;
            }

            work.Complete();
        }
    }

    private static void Run(Work work, SqlSession session)
    {
        try
        {
            work.Run(session.Connection, null);
        }
        catch (Exception) when (session.IsHungUp)
        {
            session.Close();
            work.Run(session.Connection, null);
        }

        session.Served();
    }
}
