using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence.Journal;
using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql.Journal;

/// <summary>Events to rows and back, through the serialization registry. A row never says which type is made of it: that is the serializer's to know.</summary>
internal sealed class EventCodec(ExtendedActorSystem system, string? defaultSerializer, string databaseName)
{
    /// <exception cref="Exception">The event cannot be serialized.</exception>
    public JournalRow Encode(IPersistentRepresentation representation)
    {
        var (payload, tags) = representation.Payload is Tagged tagged ? (tagged.Payload, tagged.Tags) : (representation.Payload, ImmutableHashSet<string>.Empty);
        var serializer = system.Serialization.FindSerializerForType(payload.GetType(), defaultSerializer);
        return new JournalRow
        {
            PersistenceId = representation.PersistenceId,
            SequenceNumber = representation.SequenceNr,
            Created = representation.Timestamp,
            Identifier = serializer.Identifier,
            Manifest = Akka.Serialization.Serialization.ManifestFor(serializer, payload),
            Message = Akka.Serialization.Serialization.WithTransport(system, () => serializer.ToBinary(payload)),
            WriterUuid = representation.WriterGuid,
            Tags = [.. tags],
        };
    }

    /// <exception cref="StorageException">The row cannot be read: its serializer or manifest is not known here, or its bytes are not what it says.</exception>
    public IPersistentRepresentation Decode(JournalRow row)
    {
        if (row.Identifier is not { } serializerId)
            throw Unreadable(row, "it names no serializer", null);
        try
        {
            var payload = system.Serialization.Deserialize(row.Message, serializerId, row.Manifest ?? "");
            return new Persistent(payload, row.SequenceNumber, row.PersistenceId, "", row.Deleted, ActorRefs.NoSender, row.WriterUuid, row.Created);
        }
        catch (Exception e)
        {
            throw Unreadable(row, $"serializer {serializerId} with manifest \"{row.Manifest}\" says: {e.Message}", e);
        }
    }

    private StorageException Unreadable(JournalRow row, string reason, Exception? cause) =>
        new($"{databaseName}: event {row.SequenceNumber} of {row.PersistenceId} cannot be read: {reason}", cause);
}
