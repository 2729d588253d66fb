namespace Akka.Persistence;

/// <summary>Offers a recovering actor the state to start from; the events after it follow.</summary>
public sealed class SnapshotOffer : IEquatable<SnapshotOffer>
{
    /// <summary>Creates the message.</summary>
    /// <param name="metadata">Which snapshot.</param>
    /// <param name="snapshot">The state.</param>
    public SnapshotOffer(SnapshotMetadata metadata, object snapshot)
    {
        Metadata = metadata ?? throw new ArgumentNullException(nameof(metadata), "A message about a snapshot says which.");
        Snapshot = snapshot;
    }

    /// <summary>Which snapshot.</summary>
    public SnapshotMetadata Metadata { get; }

    /// <summary>The state.</summary>
    public object Snapshot { get; }

    /// <inheritdoc/>
    public bool Equals(SnapshotOffer? other) => other is not null && Equals(Metadata, other.Metadata) && Equals(Snapshot, other.Snapshot);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SnapshotOffer);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Metadata, Snapshot);

    /// <inheritdoc/>
    public override string ToString() => $"SnapshotOffer({Metadata})";
}
