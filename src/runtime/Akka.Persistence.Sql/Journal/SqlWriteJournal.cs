using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence.Journal;
using Akka.Persistence.Sql.Config;
using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql.Journal;

/// <summary>
/// A journal in an SQL database. An event is acknowledged when it is on the database's disk. Writes that wait are committed together;
/// a failed commit fails what was in it, and the message names the database and the cause.
/// </summary>
public class SqlWriteJournal : AsyncWriteJournal
{
    private readonly SqlPersistence _extension;
    private readonly JournalSettings _settings;
    private readonly SqlDatabase _database;
    private readonly JournalTable _table;
    private readonly EventCodec _codec;
    private readonly Schema _schema;

    /// <summary>Reads the journal's settings.</summary>
    /// <param name="journalConfig">The plugin's own configuration.</param>
    public SqlWriteJournal(Akka.Configuration.Config journalConfig)
    {
        var system = (ExtendedActorSystem)Context.System;
        _extension = SqlPersistence.Get(system);
        _settings = JournalSettings.Read(journalConfig.WithFallback(DefaultConfiguration), Self.Path.Name);
        _database = _extension.Databases.Acquire(_settings.Connection, _settings.BatchSize);
        _table = new JournalTable(_settings.Names);
        _codec = new EventCodec(system, _settings.Connection.Serializer, _database.Name);
        _schema = new Schema(_database, _settings.Connection, _settings.Connection.Dialect.CreateJournal(_settings.Names), Runtime, Context.GetLogger());
    }

    /// <summary>The journal's defaults.</summary>
    public static readonly Akka.Configuration.Config DefaultConfiguration = SqlPersistence.DefaultJournalConfiguration;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        base.PreStart();
        _schema.Demand();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _extension.Databases.Release(_settings.Connection);
        base.PostStop();
    }

    /// <inheritdoc/>
    protected override async Task<IImmutableList<Exception?>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var rows = new List<JournalRow>();
        var rejections = ImmutableList.CreateBuilder<Exception?>();
        foreach (var write in messages) rejections.Add(TryEncode(write, rows));
        if (rows.Count > 0)
        {
            _ = _schema.Demand();
            await _database.Write((connection, transaction) => _table.Insert(connection, transaction, rows), rows.Count, _settings.BufferSize);
        }

        return rejections.All(rejection => rejection is null) ? null : rejections.ToImmutable();
    }

    /// <inheritdoc/>
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        _ = _schema.Demand();
        return _database.Write((connection, transaction) => _table.Delete(connection, transaction, persistenceId, toSequenceNr), 1, _settings.BufferSize);
    }

    /// <inheritdoc/>
    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr)
    {
        await _schema.Demand();
        return await _database.Read(connection => _table.SelectHighest(connection, persistenceId));
    }

    /// <inheritdoc/>
    public override async Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        for (var from = fromSequenceNr; from <= toSequenceNr && max > 0;)
        {
            var start = from;
            var limit = (int)Math.Min(max, _settings.ReplayBatchSize);
            var rows = await _database.Read(connection => _table.Select(connection, persistenceId, start, toSequenceNr, limit));
            foreach (var row in rows) recoveryCallback(_codec.Decode(row));
            if (rows.Count < limit) return;
            from = rows[^1].SequenceNumber + 1;
            max -= rows.Count;
        }
    }

    // An atomic write goes whole or not at all: if one of its events cannot be serialized, none is written.
    private Exception? TryEncode(AtomicWrite write, List<JournalRow> rows)
    {
        var first = rows.Count;
        try
        {
            rows.AddRange(write.Events.Select(_codec.Encode));
            return null;
        }
        catch (Exception e)
        {
            rows.RemoveRange(first, rows.Count - first);
            return e;
        }
    }
}
