using System.Data.Common;
using Akka.Configuration;
using Akka.Persistence.Sql.Config;

namespace Akka.Persistence.Sql.Db;

/// <summary>What differs between databases: connections, column types, and what an error means.</summary>
internal abstract class SqlDialect
{
    /// <summary>The dialect of a <c>provider-name</c>.</summary>
    /// <exception cref="ConfigurationException">The name is not known.</exception>
    public static SqlDialect Of(string? providerName, string pluginId)
    {
        if (providerName is "SQLite" or "SQLite.MS") return SqliteDialect.Instance;
        if (providerName is not null && providerName.StartsWith("PostgreSQL", StringComparison.Ordinal)) return PostgreSqlDialect.Instance;
        throw new ConfigurationException($"{pluginId}.provider-name is \"{providerName}\"; it can be SQLite.MS or PostgreSQL (as PostgreSQL.15).");
    }

    /// <summary>Names the database for people: the file, or host and database. Never a password.</summary>
    public abstract string Describe(string connectionString);

    /// <summary>Whether readers and the writer must share one connection, as with a database in memory.</summary>
    public abstract bool IsSingleConnection(string connectionString);

    /// <summary>Opens a connection whose commits are durable when they return.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="commandTimeout">How long a command may wait, locks included.</param>
    /// <param name="afterFailure">Whether the connection before this one was given up after an error.</param>
    public abstract DbConnection Open(string connectionString, TimeSpan commandTimeout, bool afterFailure);

    /// <summary>Called before each commit.</summary>
    /// <exception cref="StorageException">What would be committed could be lost.</exception>
    public virtual void BeforeCommit(string connectionString)
    {
    }

    /// <summary>What an error means.</summary>
    public abstract StorageException Explain(Exception error, string connectionString);

    /// <summary>Statements that make the journal's tables where they are missing.</summary>
    public abstract string CreateJournal(JournalNames names);

    /// <summary>Statements that make the snapshot store's table where it is missing.</summary>
    public abstract string CreateSnapshotStore(SnapshotNames names);
}
