namespace Akka.Persistence;

/// <summary>From where to where an actor recovers.</summary>
public sealed class Recovery
{
    /// <summary>Recovers from the newest snapshot and all events after it.</summary>
    public Recovery()
        : this(SnapshotSelectionCriteria.Latest)
    {
    }

    /// <summary>Recovers from a snapshot and all events after it.</summary>
    /// <param name="fromSnapshot">Which snapshots may be the start.</param>
    public Recovery(SnapshotSelectionCriteria fromSnapshot)
        : this(fromSnapshot, long.MaxValue, long.MaxValue)
    {
    }

    /// <summary>Recovers from a snapshot and the events after it, up to one.</summary>
    /// <param name="fromSnapshot">Which snapshots may be the start.</param>
    /// <param name="toSequenceNr">The last event that is replayed.</param>
    public Recovery(SnapshotSelectionCriteria fromSnapshot, long toSequenceNr)
        : this(fromSnapshot, toSequenceNr, long.MaxValue)
    {
    }

    /// <summary>Recovers from a snapshot and a number of events after it.</summary>
    /// <param name="fromSnapshot">Which snapshots may be the start; null means any.</param>
    /// <param name="toSequenceNr">The last event that is replayed.</param>
    /// <param name="replayMax">At most so many events are replayed.</param>
    public Recovery(SnapshotSelectionCriteria? fromSnapshot = null, long toSequenceNr = long.MaxValue, long replayMax = long.MaxValue)
    {
        FromSnapshot = fromSnapshot ?? SnapshotSelectionCriteria.Latest;
        ToSequenceNr = toSequenceNr;
        ReplayMax = replayMax;
    }

    /// <summary>The newest snapshot and all events after it.</summary>
    public static Recovery Default { get; } = new(SnapshotSelectionCriteria.Latest);

    /// <summary>Neither snapshot nor events: only the highest sequence number is learned.</summary>
    public static Recovery None { get; } = new(SnapshotSelectionCriteria.None, 0L);

    /// <summary>Which snapshots may be the start.</summary>
    public SnapshotSelectionCriteria FromSnapshot { get; }

    /// <summary>The last event that is replayed.</summary>
    public long ToSequenceNr { get; }

    /// <summary>At most so many events are replayed.</summary>
    public long ReplayMax { get; }
}
