using Akka.Actor;

namespace Akka.Persistence;

/// <summary>An event as a journal holds it: the payload and where it belongs. Immutable.</summary>
public interface IPersistentRepresentation : Serialization.IMessage
{
    /// <summary>The event itself.</summary>
    object Payload { get; }

    /// <summary>A hint of the event's type from an event adapter; empty without one.</summary>
    string Manifest { get; }

    /// <summary>Whose event.</summary>
    string PersistenceId { get; }

    /// <summary>Its place in that persistence id's order; the first has 1.</summary>
    long SequenceNr { get; }

    /// <summary>When it was handed to the journal, in ticks of UTC.</summary>
    long Timestamp { get; }

    /// <summary>Identifies the actor incarnation that wrote it.</summary>
    string WriterGuid { get; }

    /// <summary>Whether it is marked as deleted.</summary>
    bool IsDeleted { get; }

    /// <summary>Who sent the command that led to it; not kept in a journal.</summary>
    IActorRef Sender { get; }

    /// <summary>A copy with another place.</summary>
    IPersistentRepresentation Update(long sequenceNr, string persistenceId, bool isDeleted, IActorRef sender, string writerGuid);

    /// <summary>A copy with another manifest.</summary>
    IPersistentRepresentation WithManifest(string manifest);

    /// <summary>A copy with another payload.</summary>
    IPersistentRepresentation WithPayload(object payload);

    /// <summary>A copy with another time, in ticks of UTC.</summary>
    IPersistentRepresentation WithTimestamp(long timestamp);
}
