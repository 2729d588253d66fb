using System.Data.Common;
using Akka.Persistence.Sql.Config;
using Npgsql;

namespace Akka.Persistence.Sql.Db;

/// <summary>PostgreSQL.</summary>
internal sealed class PostgreSqlDialect : SqlDialect
{
    public static readonly PostgreSqlDialect Instance = new();

    public override string Describe(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return $"PostgreSQL database {builder.Database} on {builder.Host}:{builder.Port}";
    }

    public override bool IsSingleConnection(string connectionString) => false;

    public override DbConnection Open(string connectionString, TimeSpan commandTimeout, bool afterFailure)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        var seconds = Math.Max(1, (int)commandTimeout.TotalSeconds);
        if (!builder.ContainsKey("Command Timeout")) builder.CommandTimeout = seconds;
        if (!builder.ContainsKey("Timeout")) builder.Timeout = seconds;
        var connection = new NpgsqlConnection(builder.ConnectionString);
        try
        {
            connection.Open();
            // A server that is set to answer a commit before it is on its disk is told to wait for it.
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override StorageException Explain(Exception error, string connectionString)
    {
        if (error is StorageException known) return known;
        var database = Describe(connectionString);
        if (error is not PostgresException postgres)
            return new StorageException($"{database} could not be used: {error.Message}{(error.InnerException is { } inner ? $" ({inner.Message})" : "")}", error);
        var detail = $"{postgres.MessageText} [{postgres.SqlState}]";
        return postgres.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation => new StorageConstraintException(
                $"{database} has an event with this sequence number already, so another writer uses the same persistence id: {detail}", error),
            PostgresErrorCodes.DiskFull => new StorageException($"The disk of {database} is full; nothing was written. Free some space there. ({detail})", error),
            PostgresErrorCodes.ReadOnlySqlTransaction => new StorageException($"{database} is read-only, as a standby is. ({detail})", error),
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => new StorageException(
                $"{database} did not answer in time; a lock may be held there. ({detail})", error),
            // Data that does not fit, as a persistence id that is too long, concerns the one write.
            ['2', '2', ..] or ['2', '3', ..] => new StorageConstraintException($"{database} refuses the data: {detail}", error),
            _ => new StorageException($"{database} could not be used: {detail}", error),
        };
    }

    public override string CreateJournal(JournalNames names) => $"""
        CREATE TABLE IF NOT EXISTS {names.Table} (
            {names.Ordering} BIGSERIAL NOT NULL PRIMARY KEY,
            {names.Deleted} BOOLEAN NOT NULL,
            {names.PersistenceId} VARCHAR(255) NOT NULL,
            {names.SequenceNumber} BIGINT NOT NULL,
            {names.Created} BIGINT NOT NULL,
            {names.Message} BYTEA NOT NULL,
            {names.Manifest} VARCHAR(500) NULL,
            {names.Identifier} INT NULL,
            {(names.WriterUuid is null ? "" : $"{names.WriterUuid} VARCHAR(128) NULL,")}
            UNIQUE ({names.PersistenceId}, {names.SequenceNumber})
        );
        CREATE TABLE IF NOT EXISTS {names.Tags.Table} (
            {names.Tags.Ordering} BIGINT NOT NULL,
            {names.Tags.Tag} VARCHAR(64) NOT NULL,
            {names.Tags.PersistenceId} VARCHAR(255) NOT NULL,
            {names.Tags.SequenceNumber} BIGINT NOT NULL,
            PRIMARY KEY ({names.Tags.Ordering}, {names.Tags.Tag})
        );
        """;

    public override string CreateSnapshotStore(SnapshotNames names) => $"""
        CREATE TABLE IF NOT EXISTS {names.Table} (
            {names.PersistenceId} VARCHAR(255) NOT NULL,
            {names.SequenceNumber} BIGINT NOT NULL,
            {names.Created} BIGINT NOT NULL,
            {names.Snapshot} BYTEA NOT NULL,
            {names.Manifest} VARCHAR(500) NULL,
            {names.SerializerId} INT NULL,
            PRIMARY KEY ({names.PersistenceId}, {names.SequenceNumber})
        );
        """;
}
