namespace Akka.Persistence;

/// <summary>Asks a snapshot store to keep a snapshot.</summary>
public sealed class SaveSnapshot : ISnapshotRequest, IEquatable<SaveSnapshot>
{
    /// <summary>Creates the message.</summary>
    /// <param name="metadata">Which snapshot.</param>
    /// <param name="snapshot">The state.</param>
    public SaveSnapshot(SnapshotMetadata metadata, object snapshot)
    {
        Metadata = metadata ?? throw new ArgumentNullException(nameof(metadata), "A message about a snapshot says which.");
        Snapshot = snapshot;
    }

    /// <summary>Which snapshot.</summary>
    public SnapshotMetadata Metadata { get; }

    /// <summary>The state.</summary>
    public object Snapshot { get; }

    /// <inheritdoc/>
    public bool Equals(SaveSnapshot? other) => other is not null && Equals(Metadata, other.Metadata) && Equals(Snapshot, other.Snapshot);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SaveSnapshot);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Metadata, Snapshot);
}

/// <summary>The snapshot is kept.</summary>
public sealed class SaveSnapshotSuccess : ISnapshotResponse, IEquatable<SaveSnapshotSuccess>
{
    /// <summary>Creates the message.</summary>
    /// <param name="metadata">Which snapshot.</param>
    public SaveSnapshotSuccess(SnapshotMetadata metadata)
    {
        Metadata = metadata ?? throw new ArgumentNullException(nameof(metadata), "A message about a snapshot says which.");
    }

    /// <summary>Which snapshot.</summary>
    public SnapshotMetadata Metadata { get; }

    /// <inheritdoc/>
    public bool Equals(SaveSnapshotSuccess? other) => other is not null && Equals(Metadata, other.Metadata);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SaveSnapshotSuccess);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Metadata);

    /// <inheritdoc/>
    public override string ToString() => $"SaveSnapshotSuccess({Metadata})";
}

/// <summary>The snapshot could not be kept. The events before it are still needed.</summary>
public sealed class SaveSnapshotFailure : ISnapshotResponse, IEquatable<SaveSnapshotFailure>
{
    /// <summary>Creates the message.</summary>
    /// <param name="metadata">Which snapshot.</param>
    /// <param name="cause">What went wrong.</param>
    public SaveSnapshotFailure(SnapshotMetadata metadata, Exception cause)
    {
        Metadata = metadata ?? throw new ArgumentNullException(nameof(metadata), "A message about a snapshot says which.");
        Cause = cause ?? throw new ArgumentNullException(nameof(cause), "A failure says its cause.");
    }

    /// <summary>Which snapshot.</summary>
    public SnapshotMetadata Metadata { get; }

    /// <summary>What went wrong.</summary>
    public Exception Cause { get; }

    /// <inheritdoc/>
    public bool Equals(SaveSnapshotFailure? other) => other is not null && Equals(Metadata, other.Metadata) && Equals(Cause, other.Cause);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SaveSnapshotFailure);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Metadata, Cause);

    /// <inheritdoc/>
    public override string ToString() => $"SaveSnapshotFailure({Metadata}: {Cause.Message})";
}
