namespace Akka.Persistence;

/// <summary>Asks a snapshot store to delete one snapshot.</summary>
public sealed class DeleteSnapshot : ISnapshotRequest, IEquatable<DeleteSnapshot>
{
    /// <summary>Creates the message.</summary>
    /// <param name="metadata">Which snapshot.</param>
    public DeleteSnapshot(SnapshotMetadata metadata)
    {
        Metadata = metadata ?? throw new ArgumentNullException(nameof(metadata), "A message about a snapshot says which.");
    }

    /// <summary>Which snapshot.</summary>
    public SnapshotMetadata Metadata { get; }

    /// <inheritdoc/>
    public bool Equals(DeleteSnapshot? other) => other is not null && Equals(Metadata, other.Metadata);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshot);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Metadata);

    /// <inheritdoc/>
    public override string ToString() => $"DeleteSnapshot({Metadata})";
}

/// <summary>The snapshot is deleted.</summary>
public sealed class DeleteSnapshotSuccess : ISnapshotResponse, IEquatable<DeleteSnapshotSuccess>
{
    /// <summary>Creates the message.</summary>
    /// <param name="metadata">Which snapshot.</param>
    public DeleteSnapshotSuccess(SnapshotMetadata metadata)
    {
        Metadata = metadata ?? throw new ArgumentNullException(nameof(metadata), "A message about a snapshot says which.");
    }

    /// <summary>Which snapshot.</summary>
    public SnapshotMetadata Metadata { get; }

    /// <inheritdoc/>
    public bool Equals(DeleteSnapshotSuccess? other) => other is not null && Equals(Metadata, other.Metadata);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotSuccess);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Metadata);

    /// <inheritdoc/>
    public override string ToString() => $"DeleteSnapshotSuccess({Metadata})";
}

/// <summary>The snapshot could not be deleted.</summary>
public sealed class DeleteSnapshotFailure : ISnapshotResponse, IEquatable<DeleteSnapshotFailure>
{
    /// <summary>Creates the message.</summary>
    /// <param name="metadata">Which snapshot.</param>
    /// <param name="cause">What went wrong.</param>
    public DeleteSnapshotFailure(SnapshotMetadata metadata, Exception cause)
    {
        Metadata = metadata ?? throw new ArgumentNullException(nameof(metadata), "A message about a snapshot says which.");
        Cause = cause ?? throw new ArgumentNullException(nameof(cause), "A failure says its cause.");
    }

    /// <summary>Which snapshot.</summary>
    public SnapshotMetadata Metadata { get; }

    /// <summary>What went wrong.</summary>
    public Exception Cause { get; }

    /// <inheritdoc/>
    public bool Equals(DeleteSnapshotFailure? other) => other is not null && Equals(Metadata, other.Metadata) && Equals(Cause, other.Cause);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotFailure);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Metadata, Cause);

    /// <inheritdoc/>
    public override string ToString() => $"DeleteSnapshotFailure({Metadata}: {Cause.Message})";
}

/// <summary>Asks a snapshot store to delete all snapshots of one persistence id that fit.</summary>
public sealed class DeleteSnapshots : ISnapshotRequest, IEquatable<DeleteSnapshots>
{
    /// <summary>Creates the message.</summary>
    /// <param name="persistenceId">Whose snapshots.</param>
    /// <param name="criteria">Which snapshots.</param>
    public DeleteSnapshots(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        PersistenceId = persistenceId;
        Criteria = criteria ?? throw new ArgumentNullException(nameof(criteria), "Snapshots are selected by criteria, and none were given.");
    }

    /// <summary>Whose snapshots.</summary>
    public string PersistenceId { get; }

    /// <summary>Which snapshots.</summary>
    public SnapshotSelectionCriteria Criteria { get; }

    /// <inheritdoc/>
    public bool Equals(DeleteSnapshots? other) => other is not null && PersistenceId == other.PersistenceId && Equals(Criteria, other.Criteria);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshots);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(PersistenceId, Criteria);

    /// <inheritdoc/>
    public override string ToString() => $"DeleteSnapshots({PersistenceId}, {Criteria})";
}

/// <summary>The snapshots that fit are deleted.</summary>
public sealed class DeleteSnapshotsSuccess : ISnapshotResponse, IEquatable<DeleteSnapshotsSuccess>
{
    /// <summary>Creates the message.</summary>
    /// <param name="criteria">Which snapshots.</param>
    public DeleteSnapshotsSuccess(SnapshotSelectionCriteria criteria)
    {
        Criteria = criteria ?? throw new ArgumentNullException(nameof(criteria), "Snapshots are selected by criteria, and none were given.");
    }

    /// <summary>Which snapshots.</summary>
    public SnapshotSelectionCriteria Criteria { get; }

    /// <inheritdoc/>
    public bool Equals(DeleteSnapshotsSuccess? other) => other is not null && Equals(Criteria, other.Criteria);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotsSuccess);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Criteria);

    /// <inheritdoc/>
    public override string ToString() => $"DeleteSnapshotsSuccess({Criteria})";
}

/// <summary>The snapshots that fit could not be deleted.</summary>
public sealed class DeleteSnapshotsFailure : ISnapshotResponse, IEquatable<DeleteSnapshotsFailure>
{
    /// <summary>Creates the message.</summary>
    /// <param name="criteria">Which snapshots.</param>
    /// <param name="cause">What went wrong.</param>
    public DeleteSnapshotsFailure(SnapshotSelectionCriteria criteria, Exception cause)
    {
        Criteria = criteria ?? throw new ArgumentNullException(nameof(criteria), "Snapshots are selected by criteria, and none were given.");
        Cause = cause ?? throw new ArgumentNullException(nameof(cause), "A failure says its cause.");
    }

    /// <summary>Which snapshots.</summary>
    public SnapshotSelectionCriteria Criteria { get; }

    /// <summary>What went wrong.</summary>
    public Exception Cause { get; }

    /// <inheritdoc/>
    public bool Equals(DeleteSnapshotsFailure? other) => other is not null && Equals(Criteria, other.Criteria) && Equals(Cause, other.Cause);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotsFailure);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Criteria, Cause);

    /// <inheritdoc/>
    public override string ToString() => $"DeleteSnapshotsFailure({Criteria}: {Cause.Message})";
}
