namespace Akka.Persistence;

/// <summary>A snapshot that was found in a snapshot store.</summary>
public sealed class SelectedSnapshot : IEquatable<SelectedSnapshot>
{
    /// <summary>Creates the message.</summary>
    /// <param name="metadata">Which snapshot.</param>
    /// <param name="snapshot">The state.</param>
    public SelectedSnapshot(SnapshotMetadata metadata, object snapshot)
    {
        Metadata = metadata ?? throw new ArgumentNullException(nameof(metadata), "A message about a snapshot says which.");
        Snapshot = snapshot;
    }

    /// <summary>Which snapshot.</summary>
    public SnapshotMetadata Metadata { get; }

    /// <summary>The state.</summary>
    public object Snapshot { get; }

    /// <inheritdoc/>
    public bool Equals(SelectedSnapshot? other) => other is not null && Equals(Metadata, other.Metadata) && Equals(Snapshot, other.Snapshot);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SelectedSnapshot);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Metadata, Snapshot);

    /// <inheritdoc/>
    public override string ToString() => $"SelectedSnapshot({Metadata})";
}
