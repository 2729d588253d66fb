namespace Akka.Persistence;

public abstract partial class Eventsourced
{
    /// <summary>Asks the snapshot store for a snapshot; answered by <see cref="LoadSnapshotResult"/> or <see cref="LoadSnapshotFailed"/>.</summary>
    /// <param name="persistenceId">Whose state.</param>
    /// <param name="criteria">Which snapshots may be taken.</param>
    /// <param name="toSequenceNr">No snapshot above this sequence number.</param>
    public void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr) =>
        SnapshotStore.Tell(new LoadSnapshot(persistenceId, criteria, toSequenceNr), Self);

    /// <summary>Saves the state as of the last event; answered by <see cref="SaveSnapshotSuccess"/> or <see cref="SaveSnapshotFailure"/>.</summary>
    /// <param name="snapshot">The state; immutable, since it is serialized later.</param>
    public void SaveSnapshot(object snapshot) =>
        SnapshotStore.Tell(new SaveSnapshot(new SnapshotMetadata(SnapshotterId, SnapshotSequenceNr), snapshot), Self);

    /// <summary>Deletes the snapshot with a sequence number; answered by <see cref="DeleteSnapshotSuccess"/> or <see cref="DeleteSnapshotFailure"/>.</summary>
    /// <param name="sequenceNr">Its sequence number.</param>
    public void DeleteSnapshot(long sequenceNr) =>
        SnapshotStore.Tell(new DeleteSnapshot(new SnapshotMetadata(SnapshotterId, sequenceNr)), Self);

    /// <summary>Deletes the snapshots that fit; answered by <see cref="DeleteSnapshotsSuccess"/> or <see cref="DeleteSnapshotsFailure"/>.</summary>
    /// <param name="criteria">Which snapshots go.</param>
    public void DeleteSnapshots(SnapshotSelectionCriteria criteria) =>
        SnapshotStore.Tell(new DeleteSnapshots(SnapshotterId, criteria), Self);
}
