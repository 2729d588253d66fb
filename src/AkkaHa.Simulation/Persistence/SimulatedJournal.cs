using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace AkkaHa.Simulation.Persistence;

/// <summary>A journal on the machine's simulated disk.</summary>
internal sealed class SimulatedJournal : AsyncWriteJournal
{
    private readonly SimulatedDiskSetup _setup = SimulatedDiskSetup.Of(Context.System);

    /// <inheritdoc/>
    protected override Task<IImmutableList<Exception?>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var write = _setup.Disk.Begin([.. messages.SelectMany(m => (IEnumerable<IPersistentRepresentation>)m.Payload)]);
        return _setup.Process.Run(async () =>
        {
            await _setup.Process.Delay(_setup.Disk.WriteTime());
            _setup.Disk.Finish(write);
            return (IImmutableList<Exception?>?)null;
        });
    }

    /// <inheritdoc/>
    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        Task.FromResult(_setup.Disk.Highest(persistenceId));

    /// <inheritdoc/>
    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        foreach (var one in _setup.Disk.Read(persistenceId))
        {
            if (one.SequenceNr < fromSequenceNr)
                continue;
            if (one.SequenceNr > toSequenceNr || max-- <= 0)
                break;
            recoveryCallback(one);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        _setup.Disk.DeleteTo(persistenceId, toSequenceNr);
        return Task.CompletedTask;
    }
}
