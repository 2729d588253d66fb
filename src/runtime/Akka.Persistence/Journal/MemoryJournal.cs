using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>A journal in memory: its events end with the actor system. For tests and simulations.</summary>
public class MemoryJournal : AsyncWriteJournal
{
    private readonly ConcurrentDictionary<string, Stream> _streams = new();

    /// <inheritdoc/>
    protected override Task<IImmutableList<Exception?>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        foreach (var write in messages)
        {
            var stream = StreamOf(write.PersistenceId);
            _streams[write.PersistenceId] = stream with
            {
                Events = stream.Events.AddRange(write.Events),
                HighestSequenceNr = Math.Max(stream.HighestSequenceNr, write.HighestSequenceNr),
            };
        }

        return Task.FromResult<IImmutableList<Exception?>?>(null);
    }

    /// <inheritdoc/>
    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        Task.FromResult(StreamOf(persistenceId).HighestSequenceNr);

    /// <inheritdoc/>
    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        foreach (var representation in StreamOf(persistenceId).Events)
        {
            if (representation.SequenceNr < fromSequenceNr) continue;
            if (representation.SequenceNr > toSequenceNr || max-- <= 0) break;
            recoveryCallback(representation.Payload is Tagged tagged ? representation.WithPayload(tagged.Payload) : representation);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        var stream = StreamOf(persistenceId);
        _streams[persistenceId] = stream with { Events = stream.Events.RemoveAll(representation => representation.SequenceNr <= toSequenceNr) };
        return Task.CompletedTask;
    }

    private Stream StreamOf(string persistenceId) => _streams.GetValueOrDefault(persistenceId, Stream.Empty);

    private sealed record Stream(ImmutableList<IPersistentRepresentation> Events, long HighestSequenceNr)
    {
        public static readonly Stream Empty = new([], 0);
    }
}
