using System.Data;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Processes;
using Microsoft.Data.Sqlite;

namespace AkkaHa.Devices.Events;

/// <summary>Keeps events in a SQLite file: one table, readable with any SQL tool.</summary>
/// <param name="file">The file; made if it is missing.</param>
/// <param name="retention">How many events are kept.</param>
/// <param name="time">The clock of the timeouts.</param>
public sealed class SqliteEventStore(string file, int retention, TimeProvider time) : IEventStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DeviceThread _thread = new("event store", abandonedLimit: 4);
    private readonly Lock _access = new();
    private bool _isReady;

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredEvent>> NewestAsync(int limit) => RunAsync<IReadOnlyList<StoredEvent>>(connection =>
        [.. Read(connection, "SELECT * FROM event ORDER BY sequence DESC LIMIT $limit", 0, limit).Reverse<StoredEvent>()]);

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredEvent>> AfterAsync(long sequence, int limit) => RunAsync<IReadOnlyList<StoredEvent>>(connection =>
        Read(connection, "SELECT * FROM event WHERE sequence > $after ORDER BY sequence LIMIT $limit", sequence, limit));

    /// <inheritdoc />
    public Task AppendAsync(IReadOnlyList<StoredEvent> events) => RunAsync(connection =>
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT OR REPLACE INTO event VALUES ($sequence, $at, $kind, $subject, $text, $number, $node, $uid, $by)";
        foreach (var e in events)
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$sequence", e.Sequence);
            insert.Parameters.AddWithValue("$at", (e.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            insert.Parameters.AddWithValue("$kind", e.Kind);
            insert.Parameters.AddWithValue("$subject", e.Subject);
            insert.Parameters.AddWithValue("$text", e.Text);
            insert.Parameters.AddWithValue("$number", e.Epoch.Number);
            insert.Parameters.AddWithValue("$node", e.Epoch.Node.Value);
            insert.Parameters.AddWithValue("$uid", e.Epoch.ProcessUid);
            insert.Parameters.AddWithValue("$by", e.By);
            insert.ExecuteNonQuery();
        }

        using var trim = connection.CreateCommand();
        trim.CommandText = "DELETE FROM event WHERE sequence <= (SELECT MAX(sequence) FROM event) - $retention";
        trim.Parameters.AddWithValue("$retention", retention);
        trim.ExecuteNonQuery();
        transaction.Commit();
        return true;
    });

    private static List<StoredEvent> Read(SqliteConnection connection, string sql, long after, int limit)
    {
        using var query = connection.CreateCommand();
        query.CommandText = sql;
        query.Parameters.AddWithValue("$after", after);
        query.Parameters.AddWithValue("$limit", limit);
        using var reader = query.ExecuteReader();
        var found = new List<StoredEvent>();
        while (reader.Read())
        {
            var node = reader.GetString("epoch_node");
            found.Add(new StoredEvent(
                reader.GetInt64("sequence"),
                DateTimeOffset.UnixEpoch.AddTicks(reader.GetInt64("at_unix_micros") * TimeSpan.TicksPerMicrosecond),
                reader.GetString("kind"), reader.GetString("subject"), reader.GetString("text"),
                node.Length == 0 ? Epoch.None : new Epoch(reader.GetInt64("epoch_number"), new NodeName(node), reader.GetInt64("epoch_process_uid")),
                reader.GetString("by")));
        }

        return found;
    }

    private Task<T> RunAsync<T>(Func<SqliteConnection, T> work) => _thread.RunAsync(
        () =>
        {
            lock (_access)
            {
                using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString);
                connection.Open();
                if (!_isReady)
                    Prepare(connection);
                _isReady = true;
                return work(connection);
            }
        },
        Patience,
        time);

    private static void Prepare(SqliteConnection connection)
    {
        using var create = connection.CreateCommand();
        // The events of the last moment before a power cut may be missing; the state log has what they tell of.
        create.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            CREATE TABLE IF NOT EXISTS event (
              sequence INTEGER PRIMARY KEY,
              at_unix_micros INTEGER NOT NULL,
              kind TEXT NOT NULL,
              subject TEXT NOT NULL,
              text TEXT NOT NULL,
              epoch_number INTEGER NOT NULL,
              epoch_node TEXT NOT NULL,
              epoch_process_uid INTEGER NOT NULL,
              by TEXT NOT NULL);
            """;
        create.ExecuteNonQuery();
    }
}
