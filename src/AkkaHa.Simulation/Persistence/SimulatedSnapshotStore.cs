using Akka.Persistence;
using Akka.Persistence.Snapshot;

namespace AkkaHa.Simulation.Persistence;

/// <summary>A snapshot store on the machine's simulated disk.</summary>
internal sealed class SimulatedSnapshotStore : SnapshotStore
{
    private readonly SimulatedDiskSetup _setup = SimulatedDiskSetup.Of(Context.System);

    private List<(SnapshotMetadata Metadata, object Snapshot)> Snapshots => _setup.Disk.Snapshots;

    /// <inheritdoc/>
    protected override Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        var newest = Snapshots.Where(s => s.Metadata.PersistenceId == persistenceId
                && s.Metadata.SequenceNr <= criteria.MaxSequenceNr && s.Metadata.SequenceNr >= criteria.MinSequenceNr)
            .OrderByDescending(s => s.Metadata.SequenceNr).FirstOrDefault();
        return Task.FromResult(newest.Metadata is null ? null : new SelectedSnapshot(newest.Metadata, newest.Snapshot));
    }

    /// <inheritdoc/>
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) => _setup.Process.Run(async () =>
    {
        await _setup.Process.Delay(_setup.Disk.WriteTime());
        if (_setup.Disk.Health is DiskHealth.Full or DiskHealth.Broken)
            throw new IOException("no space left on device");
        Snapshots.RemoveAll(s => s.Metadata.PersistenceId == metadata.PersistenceId && s.Metadata.SequenceNr == metadata.SequenceNr);
        Snapshots.Add((metadata, snapshot));
    });

    /// <inheritdoc/>
    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        Snapshots.RemoveAll(s => s.Metadata.PersistenceId == metadata.PersistenceId && s.Metadata.SequenceNr == metadata.SequenceNr);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        Snapshots.RemoveAll(s => s.Metadata.PersistenceId == persistenceId
            && s.Metadata.SequenceNr <= criteria.MaxSequenceNr && s.Metadata.SequenceNr >= criteria.MinSequenceNr);
        return Task.CompletedTask;
    }
}
