using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Events of one persistence id that a journal writes all or none.</summary>
public sealed class AtomicWrite : IPersistentEnvelope, Serialization.IMessage
{
    private readonly IImmutableList<IPersistentRepresentation> _events;

    /// <summary>Creates a write of one event.</summary>
    /// <param name="event">The event.</param>
    public AtomicWrite(IPersistentRepresentation @event)
        : this(ImmutableArray.Create(@event))
    {
    }

    /// <summary>Creates a write of several events.</summary>
    /// <param name="payload">The events, in order, at least one, all of one persistence id.</param>
    /// <exception cref="ArgumentException">There is no event, or they are of different persistence ids.</exception>
    public AtomicWrite(IImmutableList<IPersistentRepresentation> payload)
    {
        if (payload is null || payload.Count == 0)
            throw new ArgumentException("An atomic write needs at least one event.", nameof(payload));
        _events = payload;
        PersistenceId = payload[0].PersistenceId;
        foreach (var representation in payload)
        {
            if (representation.PersistenceId != PersistenceId)
                throw new ArgumentException(
                    $"An atomic write has the events of one persistence id, and this one has {PersistenceId} and {representation.PersistenceId}.", nameof(payload));
        }
    }

    /// <summary>The events: an immutable list of <see cref="IPersistentRepresentation"/>.</summary>
    public object Payload => _events;

    /// <summary>Always nobody: each event has its own sender.</summary>
    public IActorRef Sender => ActorRefs.NoSender;

    /// <summary>Number of events.</summary>
    public int Size => _events.Count;

    /// <summary>Whose events.</summary>
    public string PersistenceId { get; }

    /// <summary>Sequence number of the first event.</summary>
    public long LowestSequenceNr => _events[0].SequenceNr;

    /// <summary>Sequence number of the last event.</summary>
    public long HighestSequenceNr => _events[^1].SequenceNr;

    /// <summary>The events, typed.</summary>
    internal IImmutableList<IPersistentRepresentation> Events => _events;

    /// <inheritdoc/>
    public override string ToString() => $"AtomicWrite({PersistenceId} {LowestSequenceNr}..{HighestSequenceNr})";
}
