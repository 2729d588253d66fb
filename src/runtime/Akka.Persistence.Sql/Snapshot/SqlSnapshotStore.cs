using Akka.Actor;
using Akka.Embedded;
using Akka.Event;
using Akka.Persistence.Snapshot;
using Akka.Persistence.Sql.Config;
using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql.Snapshot;

/// <summary>A snapshot store in an SQL database. A snapshot is acknowledged when it is on the database's disk.</summary>
public class SqlSnapshotStore : SnapshotStore
{
    // A snapshot store writes rarely; what waits beyond this is a sign that the database hangs.
    private const int MaxWaiting = 1_000;

    private readonly SqlPersistence _extension;
    private readonly ExtendedActorSystem _system;
    private readonly ConnectionSettings _settings;
    private readonly SqlDatabase _database;
    private readonly SnapshotTable _table;
    private readonly Schema _schema;

    /// <summary>Reads the store's settings.</summary>
    /// <param name="snapshotConfig">The plugin's own configuration.</param>
    public SqlSnapshotStore(Akka.Configuration.Config snapshotConfig)
    {
        _system = (ExtendedActorSystem)Context.System;
        _extension = SqlPersistence.Get(_system);
        var config = snapshotConfig.WithFallback(DefaultConfiguration);
        _settings = ConnectionSettings.Read(config, Self.Path.Name);
        var names = SnapshotNames.Read(config, Self.Path.Name);
        _database = _extension.Databases.Acquire(_settings, SqlPersistence.DefaultJournalConfiguration.GetInt("batch-size"));
        _table = new SnapshotTable(names);
        _schema = new Schema(_database, _settings, _settings.Dialect.CreateSnapshotStore(names), RuntimeEnvironment.Of(_system), Context.GetLogger());
    }

    /// <summary>The store's defaults.</summary>
    public static readonly Akka.Configuration.Config DefaultConfiguration = SqlPersistence.DefaultSnapshotConfiguration;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        base.PreStart();
        _schema.Demand();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _extension.Databases.Release(_settings);
        base.PostStop();
    }

    /// <inheritdoc/>
    protected override async Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        await _schema.Demand();
        var row = await _database.Read(connection => _table.SelectNewest(connection, persistenceId, criteria));
        if (row is null) return null;
        var metadata = new SnapshotMetadata(row.PersistenceId, row.SequenceNumber, new DateTime(row.Created, DateTimeKind.Utc));
        return new SelectedSnapshot(metadata, Decode(row));
    }

    /// <inheritdoc/>
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        var serializer = _system.Serialization.FindSerializerForType(snapshot.GetType(), _settings.Serializer);
        var row = new SnapshotRow
        {
            PersistenceId = metadata.PersistenceId,
            SequenceNumber = metadata.SequenceNr,
            Created = metadata.Timestamp.Ticks,
            Manifest = Akka.Serialization.Serialization.ManifestFor(serializer, snapshot),
            SerializerId = serializer.Identifier,
            Snapshot = Akka.Serialization.Serialization.WithTransport(_system, () => serializer.ToBinary(snapshot)),
        };
        _ = _schema.Demand();
        return _database.Write((connection, transaction) => _table.Upsert(connection, transaction, row), 1, MaxWaiting);
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        _ = _schema.Demand();
        return _database.Write((connection, transaction) => _table.Delete(connection, transaction, metadata), 1, MaxWaiting);
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        _ = _schema.Demand();
        return _database.Write((connection, transaction) => _table.Delete(connection, transaction, persistenceId, criteria), 1, MaxWaiting);
    }

    private object Decode(SnapshotRow row)
    {
        var which = $"{_database.Name}: the snapshot at {row.SequenceNumber} of {row.PersistenceId} cannot be read";
        if (row.SerializerId is not { } serializerId) throw new StorageException($"{which}: it names no serializer", null);
        try
        {
            return _system.Serialization.Deserialize(row.Snapshot, serializerId, row.Manifest ?? "");
        }
        catch (Exception e)
        {
            throw new StorageException($"{which}: serializer {serializerId} with manifest \"{row.Manifest}\" says: {e.Message}", e);
        }
    }
}
