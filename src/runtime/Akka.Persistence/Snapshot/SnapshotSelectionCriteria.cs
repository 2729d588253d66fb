namespace Akka.Persistence;

/// <summary>Which snapshots: a range of sequence numbers and a range of times, all bounds inclusive.</summary>
public sealed class SnapshotSelectionCriteria : IEquatable<SnapshotSelectionCriteria>
{
    /// <summary>Creates criteria.</summary>
    /// <param name="maxSequenceNr">The highest sequence number.</param>
    /// <param name="maxTimeStamp">The latest time, UTC.</param>
    /// <param name="minSequenceNr">The lowest sequence number.</param>
    /// <param name="minTimestamp">The earliest time, UTC; null means any.</param>
    public SnapshotSelectionCriteria(long maxSequenceNr, DateTime maxTimeStamp, long minSequenceNr = 0, DateTime? minTimestamp = null)
    {
        MaxSequenceNr = maxSequenceNr;
        MaxTimeStamp = maxTimeStamp;
        MinSequenceNr = minSequenceNr;
        MinTimestamp = minTimestamp ?? DateTime.MinValue;
    }

    /// <summary>Creates criteria for any time.</summary>
    /// <param name="maxSequenceNr">The highest sequence number.</param>
    public SnapshotSelectionCriteria(long maxSequenceNr)
        : this(maxSequenceNr, DateTime.MaxValue)
    {
    }

    /// <summary>Any snapshot; the newest is taken.</summary>
    public static SnapshotSelectionCriteria Latest { get; } = new(long.MaxValue);

    /// <summary>No snapshot at all.</summary>
    public static SnapshotSelectionCriteria None { get; } = new(0L, DateTime.MinValue);

    /// <summary>The highest sequence number.</summary>
    public long MaxSequenceNr { get; }

    /// <summary>The latest time, UTC.</summary>
    public DateTime MaxTimeStamp { get; }

    /// <summary>The lowest sequence number.</summary>
    public long MinSequenceNr { get; }

    /// <summary>The earliest time, UTC.</summary>
    public DateTime? MinTimestamp { get; }

    /// <inheritdoc/>
    public bool Equals(SnapshotSelectionCriteria? other) =>
        other is not null && MaxSequenceNr == other.MaxSequenceNr && MaxTimeStamp == other.MaxTimeStamp
        && MinSequenceNr == other.MinSequenceNr && MinTimestamp == other.MinTimestamp;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SnapshotSelectionCriteria);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MaxSequenceNr, MaxTimeStamp, MinSequenceNr, MinTimestamp);

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"sequence {MinSequenceNr}..{MaxSequenceNr}, taken {MinTimestamp:O}..{MaxTimeStamp:O}");

    /// <summary>The same criteria with nothing above a sequence number.</summary>
    internal SnapshotSelectionCriteria Limit(long toSequenceNr) =>
        toSequenceNr < MaxSequenceNr ? new SnapshotSelectionCriteria(toSequenceNr, MaxTimeStamp, MinSequenceNr, MinTimestamp) : this;

    /// <summary>Whether a snapshot fits.</summary>
    internal bool IsMatch(SnapshotMetadata metadata) =>
        metadata.SequenceNr <= MaxSequenceNr && metadata.SequenceNr >= MinSequenceNr
        && metadata.Timestamp <= MaxTimeStamp && metadata.Timestamp >= MinTimestamp;
}
