using Akka.Embedded;
using Akka.Event;
using Akka.Persistence.Sql.Config;
using Dapper;

namespace Akka.Persistence.Sql.Db;

/// <summary>Makes a plugin's tables before its first use, and tries again at the next use if that failed.</summary>
internal sealed class Schema(SqlDatabase database, ConnectionSettings settings, string statements, RuntimeEnvironment environment, ILoggingAdapter log)
{
    private readonly object _gate = new();
    private Task? _attempt;
    private bool _isMade = !settings.AutoInitialize;
    private bool _isWarned;

    /// <summary>
    /// Queues the making of the tables before whatever is queued next. The task ends with it, and never fails: what follows shows whether the
    /// tables are there.
    /// </summary>
    public Task Demand()
    {
        if (Volatile.Read(ref _isMade)) return Task.CompletedTask;
        lock (_gate)
        {
            if (_attempt is null || _attempt.IsCompleted) _attempt = environment.Start(Make);
            return _attempt;
        }
    }

    private async Task Make()
    {
        try
        {
            await database.Write((connection, transaction) => connection.Execute(statements, transaction: transaction), 1, int.MaxValue);
            Volatile.Write(ref _isMade, true);
        }
        catch (Exception e)
        {
            if (_isWarned || !settings.WarnOnAutoInitializeFail) return;
            _isWarned = true;
            log.Warning("{0} could not make its tables: {1}", settings.PluginId, e.Message);
        }
    }
}
