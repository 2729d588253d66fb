using System.Collections.Immutable;
using Akka.Actor;
using Akka.Embedded;

namespace Akka.Persistence.Journal;

/// <summary>What every journal that writes has in common.</summary>
public abstract class WriteJournalBase : ActorBase
{
    /// <summary>Time and threads of this journal.</summary>
    internal RuntimeEnvironment Runtime { get; } = RuntimeEnvironment.Of(Context.System);

    /// <summary>The atomic writes of a batch, as they are to be written: without senders, and with the time of the writing.</summary>
    /// <param name="resequenceables">The batch; deferred events in it are left out.</param>
    protected IEnumerable<AtomicWrite> PreparePersistentBatch(IEnumerable<IPersistentEnvelope> resequenceables)
    {
        var ticks = Runtime.Time.GetUtcNow().UtcTicks;
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
