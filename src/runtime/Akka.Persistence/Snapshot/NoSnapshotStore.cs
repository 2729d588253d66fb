namespace Akka.Persistence.Snapshot;

/// <summary>Stands in where no snapshot store is configured: it has no snapshot, and saving or deleting one fails.</summary>
public sealed class NoSnapshotStore : SnapshotStore
{
    /// <inheritdoc/>
    protected override Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Task.FromResult<SelectedSnapshot?>(null);

    /// <inheritdoc/>
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) => Refuse();

    /// <inheritdoc/>
    protected override Task DeleteAsync(SnapshotMetadata metadata) => Refuse();

    /// <inheritdoc/>
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Refuse();

    private static Task Refuse() =>
        Task.FromException(new NoSnapshotStoreException("No snapshot store is configured: set akka.persistence.snapshot-store.plugin to the configuration path of one."));

    /// <summary>A snapshot was to be saved or deleted, and there is no store for it.</summary>
    public class NoSnapshotStoreException : Exception
    {
        /// <summary>Creates the exception.</summary>
        /// <param name="message">What is missing.</param>
        public NoSnapshotStoreException(string message)
            : base(message)
        {
        }
    }
}
