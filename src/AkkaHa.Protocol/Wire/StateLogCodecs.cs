using AkkaHa.Core.StateLog;

namespace AkkaHa.Protocol.Wire;

/// <summary>The codecs of the state log: its messages, and the events of a replica's journal.</summary>
internal static class StateLogCodecs
{
    public static IReadOnlyList<Codec> All { get; } =
    [
        Codec.Of<Prepare, PreparePb>("log.prepare", m => m.ToWire(), PreparePb.Parser, w => w.FromWire()),
        Codec.Of<Append, AppendPb>("log.append", m => m.ToWire(), AppendPb.Parser, w => w.FromWire()),
        Codec.Of<Fetch, FetchPb>("log.fetch", m => m.ToWire(), FetchPb.Parser, w => w.FromWire()),
        Codec.Of<InstallSnapshot, InstallSnapshotPb>("log.install", m => m.ToWire(), InstallSnapshotPb.Parser, w => w.FromWire()),
        Codec.Of<RolledBackNotice, RolledBackNoticePb>("log.rolled-back", m => m.ToWire(), RolledBackNoticePb.Parser, w => w.FromWire()),
        Codec.Of<Promise, PromisePb>("log.promise", m => m.ToWire(), PromisePb.Parser, w => w.FromWire()),
        Codec.Of<Appended, AppendedPb>("log.appended", m => m.ToWire(), AppendedPb.Parser, w => w.FromWire()),
        Codec.Of<Mismatch, MismatchPb>("log.mismatch", m => m.ToWire(), MismatchPb.Parser, w => w.FromWire()),
        Codec.Of<Fetched, FetchedPb>("log.fetched", m => m.ToWire(), FetchedPb.Parser, w => w.FromWire()),
        Codec.Of<Refused, RefusedPb>("log.refused", m => m.ToWire(), RefusedPb.Parser, w => w.FromWire()),
        Codec.Of<ReplicaCreated, ReplicaCreatedPb>(
            "journal.created", m => new ReplicaCreatedPb { Replica = m.Replica.ToWire() }, ReplicaCreatedPb.Parser,
            w => new ReplicaCreated(ModelMapping.Uuid(w.Replica))),
        Codec.Of<ReplicaStarted, ReplicaStartedPb>(
            "journal.started", m => new ReplicaStartedPb { StartCounter = m.StartCounter }, ReplicaStartedPb.Parser, w => new ReplicaStarted(w.StartCounter)),
        Codec.Of<Promised, PromisedPb>(
            "journal.promised", m => new PromisedPb { Epoch = m.Epoch.ToWire() }, PromisedPb.Parser, w => new Promised(w.Epoch.FromWire())),
        Codec.Of<EntriesAppended, EntriesAppendedPb>("journal.appended", m => m.ToWire(), EntriesAppendedPb.Parser, w => w.FromWire()),
        Codec.Of<LogTruncated, LogTruncatedPb>("journal.truncated", m => m.ToWire(), LogTruncatedPb.Parser, w => w.FromWire()),
        Codec.Of<SnapshotTaken, SnapshotTakenPb>(
            "journal.snapshot", m => new SnapshotTakenPb { Snapshot = m.Snapshot.ToWire() }, SnapshotTakenPb.Parser, w => new SnapshotTaken(w.Snapshot.FromWire())),
        Codec.Of<SnapshotInstalled, SnapshotInstalledPb>("journal.installed", m => m.ToWire(), SnapshotInstalledPb.Parser, w => w.FromWire()),
        Codec.Of<ReplicaDemoted, ReplicaDemotedPb>("journal.demoted", m => m.ToWire(), ReplicaDemotedPb.Parser, w => w.FromWire()),
    ];
}
