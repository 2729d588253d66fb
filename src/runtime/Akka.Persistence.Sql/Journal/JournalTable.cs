using System.Data.Common;
using Akka.Persistence.Sql.Config;
using Dapper;

namespace Akka.Persistence.Sql.Journal;

/// <summary>The statements on the journal's tables.</summary>
internal sealed class JournalTable
{
    private readonly string _insert;
    private readonly string _insertTag;
    private readonly string _select;
    private readonly string _selectHighest;
    private readonly string _markDeleted;
    private readonly string _delete;
    private readonly string _deleteTags;
    private readonly string _ordering;

    public JournalTable(JournalNames n)
    {
        var uuid = n.WriterUuid is null ? "" : $", {n.WriterUuid}";
        var uuidParameter = n.WriterUuid is null ? "" : ", @WriterUuid";
        _ordering = n.Ordering;
        _insert =
            $"INSERT INTO {n.Table} ({n.Deleted}, {n.PersistenceId}, {n.SequenceNumber}, {n.Created}, {n.Message}, {n.Identifier}, {n.Manifest}{uuid}) "
            + $"VALUES (@Deleted, @PersistenceId, @SequenceNumber, @Created, @Message, @Identifier, @Manifest{uuidParameter})";
        _insertTag =
            $"INSERT INTO {n.Tags.Table} ({n.Tags.Ordering}, {n.Tags.Tag}, {n.Tags.PersistenceId}, {n.Tags.SequenceNumber}) "
            + "VALUES (@Ordering, @Tag, @PersistenceId, @SequenceNumber)";
        _select =
            $"SELECT {n.Deleted} AS \"Deleted\", {n.PersistenceId} AS \"PersistenceId\", {n.SequenceNumber} AS \"SequenceNumber\", {n.Created} AS \"Created\", "
            + $"{n.Message} AS \"Message\", {n.Identifier} AS \"Identifier\", {n.Manifest} AS \"Manifest\""
            + (n.WriterUuid is null ? "" : $", {n.WriterUuid} AS \"WriterUuid\"")
            + $" FROM {n.Table} WHERE {n.PersistenceId} = @persistenceId AND {n.SequenceNumber} BETWEEN @from AND @to AND {n.Deleted} = @deleted "
            + $"ORDER BY {n.SequenceNumber} LIMIT @limit";
        _selectHighest = $"SELECT MAX({n.SequenceNumber}) FROM {n.Table} WHERE {n.PersistenceId} = @persistenceId";
        _markDeleted =
            $"UPDATE {n.Table} SET {n.Deleted} = @deleted WHERE {n.PersistenceId} = @persistenceId AND {n.SequenceNumber} <= @to AND {n.Deleted} <> @deleted";
        _delete =
            $"DELETE FROM {n.Table} WHERE {n.PersistenceId} = @persistenceId AND {n.SequenceNumber} <= @to "
            + $"AND {n.SequenceNumber} < (SELECT MAX({n.SequenceNumber}) FROM {n.Table} WHERE {n.PersistenceId} = @persistenceId AND {n.Deleted} = @deleted)";
        _deleteTags = $"DELETE FROM {n.Tags.Table} WHERE {n.Tags.PersistenceId} = @persistenceId AND {n.Tags.SequenceNumber} <= @to";
    }

    public int Insert(DbConnection connection, DbTransaction? transaction, IReadOnlyList<JournalRow> rows)
    {
        if (rows.All(row => row.Tags.Count == 0)) return connection.Execute(_insert, rows, transaction);
        foreach (var row in rows)
        {
            var ordering = connection.ExecuteScalar<long>($"{_insert} RETURNING {_ordering}", row, transaction);
            connection.Execute(
                _insertTag, row.Tags.Select(tag => new { Ordering = ordering, Tag = tag, row.PersistenceId, row.SequenceNumber }), transaction);
        }

        return rows.Count;
    }

    public List<JournalRow> Select(DbConnection connection, string persistenceId, long from, long to, int limit) =>
        connection.Query<JournalRow>(_select, new { persistenceId, from, to, limit, deleted = false }).AsList();

    /// <summary>The highest sequence number, deleted events included; 0 if there is none.</summary>
    public long SelectHighest(DbConnection connection, string persistenceId) =>
        connection.ExecuteScalar<long?>(_selectHighest, new { persistenceId }) ?? 0;

    /// <summary>Deletes all up to a sequence number but the last deleted one, which stays, marked, so that the highest sequence number stays known.</summary>
    public int Delete(DbConnection connection, DbTransaction? transaction, string persistenceId, long to)
    {
        var parameters = new { persistenceId, to, deleted = true };
        connection.Execute(_markDeleted, parameters, transaction);
        connection.Execute(_deleteTags, parameters, transaction);
        return connection.Execute(_delete, parameters, transaction);
    }
}
