using System.Data.Common;

namespace Akka.Coordination.Stores.Sql;

/// <summary>
/// A row for each lease: owner, token, and when it expires by the wall clock of the machine that the database runs on. Each operation is one statement that changes
/// the row only if it is as it must be, so the database decides between contenders.
/// </summary>
internal sealed class SqlLeaseStore : ILeaseStore
{
    private readonly SqlDialect _dialect;
    private readonly string _connectionString;
    private readonly string _leaseName;
    private readonly TimeProvider _time;
    private readonly int _timeoutSeconds;
    private readonly (string Create, string Acquire, string Renew, string Release) _sql;
    private bool _hasTable;

    public SqlLeaseStore(SqlDialect dialect, string connectionString, string table, string leaseName, TimeProvider time, TimeSpan operationTimeout)
    {
        _dialect = dialect;
        _connectionString = connectionString;
        _leaseName = leaseName;
        _time = time;
        _timeoutSeconds = Math.Max(1, (int)Math.Ceiling(operationTimeout.TotalSeconds));
        var now = dialect.Now;
        _sql = (
            $"CREATE TABLE IF NOT EXISTS {table} (name VARCHAR(255) NOT NULL PRIMARY KEY, owner VARCHAR(255) NOT NULL, token BIGINT NOT NULL, expires_at BIGINT NOT NULL)",
            $"INSERT INTO {table} (name, owner, token, expires_at) VALUES (@name, @owner, @token, {now} + @duration) "
                + $"ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, token = excluded.token, expires_at = excluded.expires_at "
                + $"WHERE {table}.owner = @owner OR {table}.expires_at <= {now}",
            $"UPDATE {table} SET expires_at = {now} + @duration WHERE name = @name AND owner = @owner AND token = @token AND expires_at > {now}",
            $"DELETE FROM {table} WHERE name = @name AND owner = @owner AND token = @token");
    }

    public bool TryAcquire(string owner, long token, TimeSpan duration) => Execute(_sql.Acquire, owner, token, duration) == 1;

    public bool TryRenew(string owner, long token, TimeSpan duration) => Execute(_sql.Renew, owner, token, duration) == 1;

    public void Release(string owner, long token) => Execute(_sql.Release, owner, token, TimeSpan.Zero);

    private int Execute(string sql, string owner, long token, TimeSpan duration)
    {
        using var connection = _dialect.Connect(_connectionString);
        connection.Open();
        if (_dialect.Prepare is { } prepare) Run(connection, prepare);
        if (!_hasTable) CreateTable(connection);
        using var command = Command(connection, sql);
        Bind(command, "@name", _leaseName);
        Bind(command, "@owner", owner);
        Bind(command, "@token", token);
        if (sql.Contains("@duration", StringComparison.Ordinal)) Bind(command, "@duration", (long)duration.TotalMilliseconds);
        if (sql.Contains("@now", StringComparison.Ordinal)) Bind(command, "@now", _time.GetUtcNow().ToUnixTimeMilliseconds());
        return command.ExecuteNonQuery();
    }

    private void CreateTable(DbConnection connection)
    {
        try
        {
            Run(connection, _sql.Create);
        }
        catch (DbException race) when (race.SqlState is "23505" or "42P07" or "42710")
        {
            // PostgreSQL: another contender made it at the same moment.
        }

        _hasTable = true;
    }

    private void Run(DbConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        command.ExecuteNonQuery();
    }

    private DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = _timeoutSeconds;
        return command;
    }

    private static void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
