namespace Akka.Persistence;

/// <summary>Says which snapshot: whose, after which event, taken when.</summary>
public sealed class SnapshotMetadata : IEquatable<SnapshotMetadata>
{
    /// <summary>Creates metadata without a time; the snapshot store sets it when it keeps the snapshot.</summary>
    /// <param name="persistenceId">Whose state.</param>
    /// <param name="sequenceNr">The last event that the state holds.</param>
    public SnapshotMetadata(string persistenceId, long sequenceNr)
        : this(persistenceId, sequenceNr, DateTime.MinValue)
    {
    }

    /// <summary>Creates metadata.</summary>
    /// <param name="persistenceId">Whose state.</param>
    /// <param name="sequenceNr">The last event that the state holds.</param>
    /// <param name="timestamp">When it was taken, in UTC.</param>
    public SnapshotMetadata(string persistenceId, long sequenceNr, DateTime timestamp)
    {
        PersistenceId = persistenceId;
        SequenceNr = sequenceNr;
        Timestamp = timestamp;
    }

    /// <summary>Orders by persistence id, then sequence number, then time.</summary>
    public static IComparer<SnapshotMetadata> Comparer { get; } = Comparer<SnapshotMetadata>.Create(Compare);

    /// <summary>Whose state.</summary>
    public string PersistenceId { get; }

    /// <summary>The last event that the state holds.</summary>
    public long SequenceNr { get; }

    /// <summary>When it was taken, in UTC; <see cref="DateTime.MinValue"/> if not known.</summary>
    public DateTime Timestamp { get; }

    /// <inheritdoc/>
    public bool Equals(SnapshotMetadata? other) =>
        other is not null && PersistenceId == other.PersistenceId && SequenceNr == other.SequenceNr && Timestamp == other.Timestamp;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SnapshotMetadata);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(PersistenceId, SequenceNr, Timestamp);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{PersistenceId} at {SequenceNr}, taken {Timestamp:O}");

    private static int Compare(SnapshotMetadata x, SnapshotMetadata y)
    {
        var byId = string.CompareOrdinal(x.PersistenceId, y.PersistenceId);
        if (byId != 0) return byId;
        var bySequence = x.SequenceNr.CompareTo(y.SequenceNr);
        return bySequence != 0 ? bySequence : x.Timestamp.CompareTo(y.Timestamp);
    }
}
