using Akka.Event;
using Akka.Persistence.Sql.Config;
using Dapper;

namespace Akka.Persistence.Sql.Db;

/// <summary>Makes a plugin's tables before its first use, and tries again at the next use if that failed. Used by one actor alone.</summary>
internal sealed class Schema(SqlDatabase database, ConnectionSettings settings, string statements, ILoggingAdapter log)
{
    private Task? _made;
    private bool _warned;

    /// <summary>Queues the making of the tables before whatever is queued next. The task ends with it, and never fails: what follows shows whether the tables are there.</summary>
    public Task Demand()
    {
        if (!settings.AutoInitialize) return Task.CompletedTask;
        if (_made is { IsCompleted: false } or { IsCompletedSuccessfully: true }) return Settled(_made);
        _made = Make();
        return Settled(_made);
    }

    private Task Make() => database.Write((connection, transaction) => connection.Execute(statements, transaction: transaction), 1, int.MaxValue);

    private async Task Settled(Task made)
    {
        try
        {
            await made.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (_warned || !settings.WarnOnAutoInitializeFail) return;
            _warned = true;
            log.Warning("{0} could not make its tables: {1}", settings.PluginId, e.Message);
        }
    }
}
