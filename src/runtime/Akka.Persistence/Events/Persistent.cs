using Akka.Actor;

namespace Akka.Persistence;

/// <summary>The representation that persistent actors and the journals of this runtime use.</summary>
internal sealed class Persistent : IPersistentRepresentation, IEquatable<IPersistentRepresentation>
{
    public Persistent(
        object payload, long sequenceNr = 0, string? persistenceId = null, string? manifest = null, bool isDeleted = false,
        IActorRef? sender = null, string? writerGuid = null, long timestamp = 0)
    {
        Payload = payload;
        SequenceNr = sequenceNr;
        PersistenceId = persistenceId ?? "";
        Manifest = manifest ?? "";
        IsDeleted = isDeleted;
        Sender = sender ?? ActorRefs.NoSender;
        WriterGuid = writerGuid ?? "";
        Timestamp = timestamp;
    }

    public object Payload { get; }

    public string Manifest { get; }

    public string PersistenceId { get; }

    public long SequenceNr { get; }

    public long Timestamp { get; }

    public string WriterGuid { get; }

    public bool IsDeleted { get; }

    public IActorRef Sender { get; }

    public IPersistentRepresentation Update(long sequenceNr, string persistenceId, bool isDeleted, IActorRef sender, string writerGuid) =>
        new Persistent(Payload, sequenceNr, persistenceId, Manifest, isDeleted, sender, writerGuid, Timestamp);

    public IPersistentRepresentation WithManifest(string manifest) =>
        Manifest == manifest ? this : new Persistent(Payload, SequenceNr, PersistenceId, manifest, IsDeleted, Sender, WriterGuid, Timestamp);

    public IPersistentRepresentation WithPayload(object payload) =>
        new Persistent(payload, SequenceNr, PersistenceId, Manifest, IsDeleted, Sender, WriterGuid, Timestamp);

    public IPersistentRepresentation WithTimestamp(long timestamp) =>
        Timestamp == timestamp ? this : new Persistent(Payload, SequenceNr, PersistenceId, Manifest, IsDeleted, Sender, WriterGuid, timestamp);

    public bool Equals(IPersistentRepresentation? other) =>
        other is not null && SequenceNr == other.SequenceNr && PersistenceId == other.PersistenceId && WriterGuid == other.WriterGuid
        && Manifest == other.Manifest && IsDeleted == other.IsDeleted && Equals(Payload, other.Payload);

    public override bool Equals(object? obj) => Equals(obj as IPersistentRepresentation);

    public override int GetHashCode() => HashCode.Combine(SequenceNr, PersistenceId, WriterGuid);

    public override string ToString() => $"{PersistenceId} event {SequenceNr}: {Payload}";
}
