using System.Data.Common;
using Akka.Persistence.Sql.Config;
using Microsoft.Data.Sqlite;

namespace Akka.Persistence.Sql.Db;

/// <summary>SQLite, with a write-ahead log that is flushed to the disk at each commit.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    public static readonly SqliteDialect Instance = new();

    // Primary result codes, https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    public override string Describe(string connectionString) => IsSingleConnection(connectionString) ? "the database in memory" : FileOf(connectionString);

    public override bool IsSingleConnection(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        return builder.Mode == SqliteOpenMode.Memory || builder.DataSource is "" or ":memory:"
            || builder.DataSource.Contains("mode=memory", StringComparison.OrdinalIgnoreCase);
    }

    public override DbConnection Open(string connectionString, TimeSpan commandTimeout, bool afterFailure)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        if (!connectionString.Contains("Timeout", StringComparison.OrdinalIgnoreCase))
            builder.DefaultTimeout = Math.Max(1, (int)commandTimeout.TotalSeconds);
        var connection = new SqliteConnection(builder.ConnectionString);
        try
        {
            connection.Open();
            // FULL: a commit returns when the log is on the disk. NORMAL would lose the last commits with the power.
            // The driver itself tries a locked file again until its timeout. A wait of the same length inside SQLite could come on top
            // of that, and the circuit breaker would give the call up before anybody could say that the file is locked.
            Execute(connection, "PRAGMA busy_timeout = 100; PRAGMA synchronous = FULL;");
            if (builder.Mode != SqliteOpenMode.ReadOnly) Execute(connection, "PRAGMA journal_mode = WAL;");
            // After an error the log may hold a commit that is in the page cache and not on the disk. Writing it out into the database
            // makes it durable, or fails here, before anything reads it back as if it were.
            if (afterFailure) Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE);");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override void BeforeCommit(string connectionString)
    {
        if (IsSingleConnection(connectionString)) return;
        // A file that was removed under way still takes writes, and loses them with the last process that has it open.
        var file = FileOf(connectionString);
        foreach (var part in new[] { file, file + "-wal" })
        {
            if (!File.Exists(part)) throw new StorageException($"{part} was removed while it was in use; nothing is written to it any more.", null);
        }
    }

    public override StorageException Explain(Exception error, string connectionString)
    {
        if (error is StorageException known) return known;
        var file = Describe(connectionString);
        if (error is not SqliteException sqlite) return new StorageException($"{file} could not be used: {error.Message}", error);
        var detail = $"{sqlite.Message} [{sqlite.SqliteExtendedErrorCode}]";
        return sqlite.SqliteErrorCode switch
        {
            Constraint => new StorageConstraintException(
                $"{file} has an event with this sequence number already, so another writer uses the same persistence id: {detail}", error),
            Full => new StorageException($"The disk of {file} is full; nothing was written. Free some space there. ({detail})", error),
            ReadOnly => new StorageException($"{file} cannot be written: the file, its folder or its file system is read-only. ({detail})", error),
            Busy or Locked => new StorageException($"{file} is locked by another process, and did not become free in time. ({detail})", error),
            IoError => new StorageException($"Reading or writing {file} failed; look at its disk. ({detail})", error),
            Corrupt => new StorageException($"{file} is damaged: torn, truncated or overwritten. ({detail})", error),
            NotADatabase => new StorageException($"{file} is damaged or is no SQLite database. ({detail})", error),
            CannotOpen => new StorageException($"{file} cannot be opened: {ReasonNotToOpen(file)}. ({detail})", error),
            _ => new StorageException($"{file} could not be used: {detail}", error),
        };
    }

    public override string CreateJournal(JournalNames names) => $"""
        CREATE TABLE IF NOT EXISTS {names.Table} (
            {names.Ordering} INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            {names.Deleted} BIT NOT NULL,
            {names.PersistenceId} NVARCHAR(255) NOT NULL,
            {names.SequenceNumber} BIGINT NOT NULL,
            {names.Created} BIGINT NOT NULL,
            {names.Message} VARBINARY NOT NULL,
            {names.Manifest} NVARCHAR(500) NULL,
            {names.Identifier} INT NULL,
            {(names.WriterUuid is null ? "" : $"{names.WriterUuid} NVARCHAR(128) NULL,")}
            UNIQUE ({names.PersistenceId}, {names.SequenceNumber})
        );
        CREATE TABLE IF NOT EXISTS {names.Tags.Table} (
            {names.Tags.Ordering} INTEGER NOT NULL,
            {names.Tags.Tag} NVARCHAR(64) NOT NULL,
            {names.Tags.PersistenceId} NVARCHAR(255) NOT NULL,
            {names.Tags.SequenceNumber} INTEGER NOT NULL,
            PRIMARY KEY ({names.Tags.Ordering}, {names.Tags.Tag})
        );
        """;

    public override string CreateSnapshotStore(SnapshotNames names) => $"""
        CREATE TABLE IF NOT EXISTS {names.Table} (
            {names.PersistenceId} NVARCHAR(255) NOT NULL,
            {names.SequenceNumber} BIGINT NOT NULL,
            {names.Created} BIGINT NOT NULL,
            {names.Snapshot} VARBINARY NOT NULL,
            {names.Manifest} NVARCHAR(500) NULL,
            {names.SerializerId} INT NULL,
            PRIMARY KEY ({names.PersistenceId}, {names.SequenceNumber})
        );
        """;

    private static string FileOf(string connectionString)
    {
        var source = new SqliteConnectionStringBuilder(connectionString).DataSource;
        if (source.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            // file:PATH or file:///PATH, with parameters behind a question mark (https://www.sqlite.org/uri.html)
            source = Uri.UnescapeDataString(source["file:".Length..].Split('?')[0]);
            if (source.StartsWith("///", StringComparison.Ordinal)) source = source[2..];
        }

        return Path.GetFullPath(source);
    }

    private static string ReasonNotToOpen(string file)
    {
        var folder = Path.GetDirectoryName(file);
        if (folder is not null && !Directory.Exists(folder)) return $"the folder {folder} does not exist";
        return Directory.Exists(file) ? "it is a folder" : "look at its permissions and those of its folder";
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
