using System.Collections.Immutable;
using Akka.Actor;
using Akka.Embedded;

namespace Akka.Persistence.Journal;

/// <summary>What every journal that writes has in common.</summary>
public abstract class WriteJournalBase : ActorBase
{
    private readonly TimeProvider _time = RuntimeEnvironment.Of(Context.System).Time;

    /// <summary>The atomic writes of a batch, as they are to be written: without senders, and with the time of the writing.</summary>
    /// <param name="resequenceables">The batch; deferred events in it are left out.</param>
    protected IEnumerable<AtomicWrite> PreparePersistentBatch(IEnumerable<IPersistentEnvelope> resequenceables)
    {
        var ticks = _time.GetUtcNow().UtcTicks;
        var writes = new List<AtomicWrite>();
        foreach (var envelope in resequenceables)
        {
            if (envelope is not AtomicWrite write) continue;
            writes.Add(write.Size == 1
                ? new AtomicWrite(Prepare(write.Events[0], ticks))
                : new AtomicWrite(write.Events.Select(representation => Prepare(representation, ticks)).ToImmutableArray()));
        }

        return writes;
    }

    private static IPersistentRepresentation Prepare(IPersistentRepresentation representation, long ticks) =>
        representation.Update(representation.SequenceNr, representation.PersistenceId, representation.IsDeleted, ActorRefs.NoSender, representation.WriterGuid)
            .WithTimestamp(ticks);
}
