namespace Akka.Persistence.Snapshot;

/// <summary>A snapshot store in memory: its snapshots end with the actor system. For tests and simulations.</summary>
public class MemorySnapshotStore : SnapshotStore
{
    private readonly List<SelectedSnapshot> _snapshots = [];

    /// <inheritdoc/>
    protected override Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Task.FromResult(
            _snapshots.Where(s => s.Metadata.PersistenceId == persistenceId && criteria.IsMatch(s.Metadata))
                .MaxBy(s => (s.Metadata.SequenceNr, s.Metadata.Timestamp)));

    /// <inheritdoc/>
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        _snapshots.RemoveAll(s => s.Metadata.PersistenceId == metadata.PersistenceId && s.Metadata.SequenceNr == metadata.SequenceNr);
        _snapshots.Add(new SelectedSnapshot(metadata, snapshot));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        _snapshots.RemoveAll(s => s.Metadata.PersistenceId == metadata.PersistenceId && s.Metadata.SequenceNr == metadata.SequenceNr
            && (metadata.Timestamp == DateTime.MinValue || metadata.Timestamp == s.Metadata.Timestamp));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        _snapshots.RemoveAll(s => s.Metadata.PersistenceId == persistenceId && criteria.IsMatch(s.Metadata));
        return Task.CompletedTask;
    }
}
