using System.Data.Common;
using Akka.Persistence.Sql.Config;
using Dapper;

namespace Akka.Persistence.Sql.Snapshot;

/// <summary>A snapshot as it stands in the snapshot store's table.</summary>
internal sealed class SnapshotRow
{
    public required string PersistenceId { get; set; }

    public long SequenceNumber { get; set; }

    /// <summary>When it was taken, in ticks of UTC.</summary>
    public long Created { get; set; }

    public required byte[] Snapshot { get; set; }

    public string? Manifest { get; set; }

    public int? SerializerId { get; set; }
}

/// <summary>The statements on the snapshot store's table.</summary>
internal sealed class SnapshotTable
{
    private readonly string _upsert;
    private readonly string _selectNewest;
    private readonly string _deleteOne;
    private readonly string _deleteFitting;

    public SnapshotTable(SnapshotNames n)
    {
        var fits =
            $"{n.PersistenceId} = @persistenceId AND {n.SequenceNumber} BETWEEN @minSequenceNr AND @maxSequenceNr AND {n.Created} BETWEEN @minCreated AND @maxCreated";
        _upsert =
            $"INSERT INTO {n.Table} ({n.PersistenceId}, {n.SequenceNumber}, {n.Created}, {n.Snapshot}, {n.Manifest}, {n.SerializerId}) "
            + "VALUES (@PersistenceId, @SequenceNumber, @Created, @Snapshot, @Manifest, @SerializerId) "
            + $"ON CONFLICT ({n.PersistenceId}, {n.SequenceNumber}) DO UPDATE SET {n.Created} = EXCLUDED.{n.Created}, {n.Snapshot} = EXCLUDED.{n.Snapshot}, "
            + $"{n.Manifest} = EXCLUDED.{n.Manifest}, {n.SerializerId} = EXCLUDED.{n.SerializerId}";
        _selectNewest =
            $"SELECT {n.PersistenceId} AS \"PersistenceId\", {n.SequenceNumber} AS \"SequenceNumber\", {n.Created} AS \"Created\", {n.Snapshot} AS \"Snapshot\", "
            + $"{n.Manifest} AS \"Manifest\", {n.SerializerId} AS \"SerializerId\" FROM {n.Table} WHERE {fits} ORDER BY {n.SequenceNumber} DESC LIMIT 1";
        _deleteOne =
            $"DELETE FROM {n.Table} WHERE {n.PersistenceId} = @persistenceId AND {n.SequenceNumber} = @sequenceNr AND (@created = 0 OR {n.Created} = @created)";
        _deleteFitting = $"DELETE FROM {n.Table} WHERE {fits}";
    }

    public int Upsert(DbConnection connection, DbTransaction? transaction, SnapshotRow row) => connection.Execute(_upsert, row, transaction);

    public SnapshotRow? SelectNewest(DbConnection connection, string persistenceId, SnapshotSelectionCriteria criteria) =>
        connection.QueryFirstOrDefault<SnapshotRow>(_selectNewest, Bounds(persistenceId, criteria));

    public int Delete(DbConnection connection, DbTransaction? transaction, SnapshotMetadata metadata) =>
        connection.Execute(
            _deleteOne, new { persistenceId = metadata.PersistenceId, sequenceNr = metadata.SequenceNr, created = metadata.Timestamp.Ticks }, transaction);

    public int Delete(DbConnection connection, DbTransaction? transaction, string persistenceId, SnapshotSelectionCriteria criteria) =>
        connection.Execute(_deleteFitting, Bounds(persistenceId, criteria), transaction);

    private static object Bounds(string persistenceId, SnapshotSelectionCriteria criteria) => new
    {
        persistenceId,
        minSequenceNr = criteria.MinSequenceNr,
        maxSequenceNr = criteria.MaxSequenceNr,
        minCreated = (criteria.MinTimestamp ?? DateTime.MinValue).Ticks,
        maxCreated = criteria.MaxTimeStamp.Ticks,
    };
}
