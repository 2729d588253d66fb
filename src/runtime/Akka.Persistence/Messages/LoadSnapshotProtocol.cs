namespace Akka.Persistence;

/// <summary>Asks a snapshot store for the newest snapshot that fits.</summary>
public sealed class LoadSnapshot : ISnapshotRequest, IEquatable<LoadSnapshot>
{
    /// <summary>Creates the message.</summary>
    /// <param name="persistenceId">Whose snapshots.</param>
    /// <param name="criteria">Which snapshots.</param>
    /// <param name="toSequenceNr">No snapshot above this sequence number.</param>
    public LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr)
    {
        PersistenceId = persistenceId;
        Criteria = criteria ?? throw new ArgumentNullException(nameof(criteria), "Snapshots are selected by criteria, and none were given.");
        ToSequenceNr = toSequenceNr;
    }

    /// <summary>Whose snapshots.</summary>
    public string PersistenceId { get; }

    /// <summary>Which snapshots.</summary>
    public SnapshotSelectionCriteria Criteria { get; }

    /// <summary>No snapshot above this sequence number.</summary>
    public long ToSequenceNr { get; }

    /// <inheritdoc/>
    public bool Equals(LoadSnapshot? other) => other is not null && PersistenceId == other.PersistenceId && Equals(Criteria, other.Criteria) && ToSequenceNr == other.ToSequenceNr;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LoadSnapshot);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(PersistenceId, Criteria, ToSequenceNr);

    /// <inheritdoc/>
    public override string ToString() => $"LoadSnapshot({PersistenceId}, {Criteria}, to {ToSequenceNr})";
}

/// <summary>The newest snapshot that fits, or null if there is none.</summary>
public sealed class LoadSnapshotResult : ISnapshotResponse, IEquatable<LoadSnapshotResult>
{
    /// <summary>Creates the message.</summary>
    /// <param name="snapshot">The snapshot, or null if none fits.</param>
    /// <param name="toSequenceNr">The sequence number up to which events are to be replayed on top of it.</param>
    public LoadSnapshotResult(SelectedSnapshot? snapshot, long toSequenceNr)
    {
        Snapshot = snapshot;
        ToSequenceNr = toSequenceNr;
    }

    /// <summary>The snapshot, or null if none fits.</summary>
    public SelectedSnapshot? Snapshot { get; }

    /// <summary>The sequence number up to which events are to be replayed on top of it.</summary>
    public long ToSequenceNr { get; }

    /// <inheritdoc/>
    public bool Equals(LoadSnapshotResult? other) => other is not null && Equals(Snapshot, other.Snapshot) && ToSequenceNr == other.ToSequenceNr;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LoadSnapshotResult);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Snapshot, ToSequenceNr);
}

/// <summary>A snapshot that fits could not be loaded.</summary>
public sealed class LoadSnapshotFailed : ISnapshotResponse
{
    /// <summary>Creates the message.</summary>
    /// <param name="cause">What went wrong.</param>
    public LoadSnapshotFailed(Exception cause)
    {
        Cause = cause ?? throw new ArgumentNullException(nameof(cause), "A failure says its cause.");
    }

    /// <summary>What went wrong.</summary>
    public Exception Cause { get; }

    /// <inheritdoc/>
    public override string ToString() => $"LoadSnapshotFailed({Cause.Message})";
}
