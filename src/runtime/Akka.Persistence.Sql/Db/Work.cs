using System.Data.Common;

namespace Akka.Persistence.Sql.Db;

/// <summary>Something to do with a database, and the task of whoever waits for it.</summary>
internal abstract class Work(int weight)
{
    /// <summary>Number of rows it writes; bounds what goes into one transaction.</summary>
    public int Weight { get; } = weight;

    public abstract void Run(DbConnection connection, DbTransaction? transaction);

    /// <summary>What was run counts: the waiter gets its result.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception cause);
}

/// <inheritdoc/>
internal sealed class Work<T>(Func<DbConnection, DbTransaction?, T> run, int weight = 1) : Work(weight)
{
    // Continuations run where the work ends: on the database's own thread, or on the one thread of a simulation. They only tell actors.
    private readonly TaskCompletionSource<T> _done = new();
    private T? _result;

    public Task<T> Done => _done.Task;

    public override void Run(DbConnection connection, DbTransaction? transaction) => _result = run(connection, transaction);

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception cause) => _done.TrySetException(cause);
}
