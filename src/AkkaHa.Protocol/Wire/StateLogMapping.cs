using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;
using Google.Protobuf.Collections;

namespace AkkaHa.Protocol.Wire;

/// <summary>The state log's messages and journal events between the core and the wire.</summary>
internal static class StateLogMapping
{
    public static PreparePb ToWire(this Prepare m) => new() { Header = m.Header.ToWire() };

    public static Prepare FromWire(this PreparePb m) => new(m.Header.FromWire());

    public static AppendPb ToWire(this Append m)
    {
        var wire = new AppendPb
        {
            Header = m.Header.ToWire(),
            PreviousIndex = m.PreviousIndex,
            PreviousEpoch = m.PreviousEpoch.ToWire(),
            CommitIndex = m.CommitIndex,
            Round = m.Round,
        };
        wire.Entries.AddRange(m.Entries.Select(CommandMapping.ToWire));
        wire.Acknowledged.AddRange(m.Acknowledged.Select(a => a.Value.ToWire(a.Key)));
        return wire;
    }

    public static Append FromWire(this AppendPb m) => new(
        m.Header.FromWire(), m.PreviousIndex, m.PreviousEpoch.FromWire(), Entries(m.Entries), m.CommitIndex, m.Round, Acknowledgements(m.Acknowledged));

    public static FetchPb ToWire(this Fetch m) => new() { Header = m.Header.ToWire(), FromIndex = m.FromIndex, MaxEntries = m.MaxEntries };

    public static Fetch FromWire(this FetchPb m) => new(m.Header.FromWire(), m.FromIndex, m.MaxEntries);

    public static InstallSnapshotPb ToWire(this InstallSnapshot m) => new() { Header = m.Header.ToWire(), Snapshot = m.Snapshot.ToWire(), Round = m.Round };

    public static InstallSnapshot FromWire(this InstallSnapshotPb m) => new(m.Header.FromWire(), m.Snapshot.FromWire(), m.Round);

    public static RolledBackNoticePb ToWire(this RolledBackNotice m) =>
        new() { Header = m.Header.ToWire(), Remembered = m.Remembered.ToWire(null) };

    public static RolledBackNotice FromWire(this RolledBackNoticePb m) => new(m.Header.FromWire(), Acknowledgement(m.Remembered));

    public static PromisePb ToWire(this Promise m)
    {
        var wire = new PromisePb
        {
            Header = m.Header.ToWire(),
            LastIndex = m.LastIndex,
            LastEpoch = m.LastEpoch.ToWire(),
            AcceptedEpoch = m.AcceptedEpoch.ToWire(),
            CommitIndex = m.CommitIndex,
            Configuration = m.Configuration?.ToWire(),
        };
        wire.Remembered.AddRange(m.Remembered.Select(a => a.Value.ToWire(a.Key)));
        wire.Earlier.AddRange(m.Earlier.Select(c => c.ToWire()));
        return wire;
    }

    public static Promise FromWire(this PromisePb m) => new(
        m.Header.FromWire(), m.LastIndex, m.LastEpoch.FromWire(), m.AcceptedEpoch.FromWire(), m.CommitIndex,
        m.Configuration?.FromWire(), Acknowledgements(m.Remembered), [.. m.Earlier.Select(c => c.FromWire())]);

    public static AppendedPb ToWire(this Appended m) => new() { Header = m.Header.ToWire(), MatchIndex = m.MatchIndex, Round = m.Round };

    public static Appended FromWire(this AppendedPb m) => new(m.Header.FromWire(), m.MatchIndex, m.Round);

    public static MismatchPb ToWire(this Mismatch m) =>
        new() { Header = m.Header.ToWire(), PreviousIndex = m.PreviousIndex, Hint = m.Hint, Round = m.Round };

    public static Mismatch FromWire(this MismatchPb m) => new(m.Header.FromWire(), m.PreviousIndex, m.Hint, m.Round);

    public static FetchedPb ToWire(this Fetched m)
    {
        var wire = new FetchedPb { Header = m.Header.ToWire(), FromIndex = m.FromIndex, Snapshot = m.Snapshot?.ToWire() };
        wire.Entries.AddRange(m.Entries.Select(CommandMapping.ToWire));
        return wire;
    }

    public static Fetched FromWire(this FetchedPb m) => new(m.Header.FromWire(), m.FromIndex, m.Snapshot?.FromWire(), Entries(m.Entries));

    public static RefusedPb ToWire(this Refused m)
    {
        var wire = new RefusedPb { Header = m.Header.ToWire() };
        switch (m.Why)
        {
            case Refusal.PromisedHigher higher:
                wire.PromisedHigher = higher.Promised.ToWire();
                break;
            case Refusal.KnowsNewer newer:
                wire.KnowsNewer = newer.Configuration.ToWire();
                break;
            case Refusal.NotAVoter learner:
                wire.NotAVoter = (int)learner.Reason;
                break;
        }

        return wire;
    }

    public static Refused FromWire(this RefusedPb m) => new(m.Header.FromWire(), m.WhyCase switch
    {
        RefusedPb.WhyOneofCase.PromisedHigher => new Refusal.PromisedHigher(m.PromisedHigher.FromWire()),
        RefusedPb.WhyOneofCase.KnowsNewer => new Refusal.KnowsNewer(m.KnowsNewer.FromWire()),
        RefusedPb.WhyOneofCase.NotAVoter => new Refusal.NotAVoter(ModelMapping.Enum<LearnerReason>(m.NotAVoter)),
        _ => throw ModelMapping.Missing("reason"),
    });

    public static EntriesAppendedPb ToWire(this EntriesAppended m)
    {
        var wire = new EntriesAppendedPb { Epoch = m.Epoch.ToWire(), CommitIndex = m.CommitIndex };
        wire.Entries.AddRange(m.Entries.Select(CommandMapping.ToWire));
        wire.Acknowledged.AddRange(m.Acknowledged.Select(a => a.Value.ToWire(a.Key)));
        return wire;
    }

    public static EntriesAppended FromWire(this EntriesAppendedPb m) =>
        new(m.Epoch.FromWire(), Entries(m.Entries), m.CommitIndex, Acknowledgements(m.Acknowledged));

    public static LogTruncatedPb ToWire(this LogTruncated m) => new() { Epoch = m.Epoch.ToWire(), FromIndex = m.FromIndex };

    public static LogTruncated FromWire(this LogTruncatedPb m) => new(m.Epoch.FromWire(), m.FromIndex);

    public static SnapshotInstalledPb ToWire(this SnapshotInstalled m) => new() { Epoch = m.Epoch.ToWire(), Snapshot = m.Snapshot.ToWire() };

    public static SnapshotInstalled FromWire(this SnapshotInstalledPb m) => new(m.Epoch.FromWire(), m.Snapshot.FromWire());

    public static ReplicaDemotedPb ToWire(this ReplicaDemoted m) => new() { Remembered = m.Remembered.ToWire(null) };

    public static ReplicaDemoted FromWire(this ReplicaDemotedPb m) => new(Acknowledgement(m.Remembered));

    public static SnapshotPb ToWire(this LogSnapshot snapshot) => new()
    {
        Index = snapshot.Index,
        Epoch = snapshot.Epoch.ToWire(),
        Configuration = snapshot.Configuration.ToWire(),
        State = ((ClusterState)snapshot.State).ToWire(),
    };

    public static LogSnapshot FromWire(this SnapshotPb? wire) => wire is null
        ? throw ModelMapping.Missing("snapshot")
        : new LogSnapshot(wire.Index, wire.Epoch.FromWire(), wire.Configuration.FromWire(), wire.State.FromWire());

    public static RequestHeaderPb ToWire(this RequestHeader header) => new()
    {
        From = header.From.Value,
        Epoch = header.Epoch.ToWire(),
        Configuration = new ConfigurationVersionPb { Generation = header.Configuration.Generation, Index = header.Configuration.Index },
        Addressee = header.Addressee?.ToWire(),
    };

    public static RequestHeader FromWire(this RequestHeaderPb? wire) => wire?.Configuration is null
        ? throw ModelMapping.Missing("header")
        : new RequestHeader(
            ModelMapping.Node(wire.From), wire.Epoch.FromWire(),
            new ConfigurationVersion(wire.Configuration.Generation, wire.Configuration.Index), wire.Addressee?.FromWire());

    private static ReplyHeaderPb ToWire(this ReplyHeader header) => new()
    {
        From = header.From.Value,
        Replica = header.Replica.ToWire(),
        StartCounter = header.StartCounter,
        Epoch = header.Epoch.ToWire(),
    };

    private static ReplyHeader FromWire(this ReplyHeaderPb? wire) => wire is null
        ? throw ModelMapping.Missing("header")
        : new ReplyHeader(ModelMapping.Node(wire.From), ModelMapping.Uuid(wire.Replica), wire.StartCounter, wire.Epoch.FromWire());

    private static AcknowledgementPb ToWire(this Acknowledgement acknowledgement, NodeName? node) => new()
    {
        Node = node?.Value ?? "",
        Replica = acknowledgement.Replica.ToWire(),
        Epoch = acknowledgement.Epoch.ToWire(),
        Index = acknowledgement.Index,
    };

    private static Acknowledgement Acknowledgement(AcknowledgementPb? wire) => wire is null
        ? throw ModelMapping.Missing("acknowledgement")
        : new Acknowledgement(ModelMapping.Uuid(wire.Replica), wire.Epoch.FromWire(), wire.Index);

    private static ImmutableSortedDictionary<NodeName, Acknowledgement> Acknowledgements(RepeatedField<AcknowledgementPb> wire) =>
        wire.ToImmutableSortedDictionary(a => ModelMapping.Node(a.Node), Acknowledgement);

    private static ImmutableArray<LogEntry> Entries(RepeatedField<LogEntryPb> wire) => [.. wire.Select(CommandMapping.FromWire)];
}
