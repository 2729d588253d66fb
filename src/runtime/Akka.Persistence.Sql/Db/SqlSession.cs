using System.Data;
using System.Data.Common;

namespace Akka.Persistence.Sql.Db;

/// <summary>A connection that is opened when it is needed, and given up after an error. Used by one work loop alone.</summary>
internal sealed class SqlSession(SqlDialect dialect, string connectionString, TimeSpan commandTimeout)
{
    private DbConnection? _connection;
    private bool _afterFailure;
    private bool _hasServed;

    public DbConnection Connection
    {
        get
        {
            if (_connection is not null) return _connection;
            _connection = dialect.Open(connectionString, commandTimeout, _afterFailure);
            _afterFailure = false;
            _hasServed = false;
            return _connection;
        }
    }

    /// <summary>Whether the server hung up on a connection that had worked: a restarted server shows only so, and a new connection may do.</summary>
    public bool IsHungUp => _hasServed && _connection is { State: not ConnectionState.Open };

    /// <summary>The connection did what it was asked.</summary>
    public void Served() => _hasServed = true;

    /// <summary>What an error means. After one that is not about the data, the connection is not trusted any more.</summary>
    public StorageException Explain(Exception error)
    {
        var failure = dialect.Explain(error, connectionString);
        if (failure is StorageConstraintException) return failure;
        _afterFailure = true;
        Close();
        return failure;
    }

    public void BeforeCommit() => dialect.BeforeCommit(connectionString);

    public void Close()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (Exception)
        {
            // A broken connection may fail to say goodbye; nothing is lost that was acknowledged.
        }

        _connection = null;
    }
}
