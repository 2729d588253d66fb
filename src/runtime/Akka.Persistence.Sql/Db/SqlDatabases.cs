using Akka.Actor;
using Akka.Embedded;
using Akka.Persistence.Sql.Config;

namespace Akka.Persistence.Sql.Db;

/// <summary>The databases of an actor system, each open as long as a plugin uses it.</summary>
internal sealed class SqlDatabases
{
    // Bounds how long the end of an actor system waits for a disk.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly Dictionary<(SqlDialect Dialect, string ConnectionString), (SqlDatabase Database, int Users)> _open = new();
    private readonly List<Task> _ending = [];
    private readonly RuntimeEnvironment _environment;

    public SqlDatabases(ActorSystem system)
    {
        _environment = RuntimeEnvironment.Of(system);
        system.RegisterOnTermination(CloseAll);
    }

    public SqlDatabase Acquire(ConnectionSettings settings, int maxWeight)
    {
        var key = (settings.Dialect, settings.ConnectionString);
        lock (_gate)
        {
            var (database, users) = _open.TryGetValue(key, out var known) ? known : (new SqlDatabase(settings, maxWeight, _environment), 0);
            _open[key] = (database, users + 1);
            return database;
        }
    }

    public void Release(ConnectionSettings settings)
    {
        var key = (settings.Dialect, settings.ConnectionString);
        lock (_gate)
        {
            if (!_open.TryGetValue(key, out var known)) return;
            if (known.Users > 1)
            {
                _open[key] = (known.Database, known.Users - 1);
                return;
            }

            _open.Remove(key);
            End(known.Database);
        }
    }

    // Whoever awaits the system's end may open the same file next.
    private void CloseAll()
    {
        Task[] ending;
        lock (_gate)
        {
            foreach (var (database, _) in _open.Values) End(database);
            _open.Clear();
            ending = [.. _ending];
        }

        if (!_environment.IsDeterministic) Task.WaitAll(ending, CloseTimeout);
    }

    private void End(SqlDatabase database)
    {
        database.Close();
        _ending.RemoveAll(task => task.IsCompleted);
        _ending.Add(database.Ended);
    }
}
