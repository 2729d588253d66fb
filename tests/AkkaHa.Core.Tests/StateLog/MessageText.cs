using System.Collections.Immutable;
using System.Globalization;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Tests.StateLog;

/// <summary>Messages, events and outcomes as transcripts show them.</summary>
public static class MessageText
{
    public static string Of(ReplicaRequest request) => request switch
    {
        Prepare r => $"Prepare {Header(r.Header)}",
        Append r => $"Append {Header(r.Header)} after {At(r.PreviousIndex, r.PreviousEpoch)} {Entries(r.Entries)}commit {r.CommitIndex} round {r.Round}",
        Fetch r => $"Fetch {Header(r.Header)} from {r.FromIndex}",
        InstallSnapshot r => $"InstallSnapshot {Header(r.Header)} {At(r.Snapshot.Index, r.Snapshot.Epoch)} {r.Snapshot.State.Describe()} round {r.Round}",
        RolledBackNotice r => $"RolledBackNotice {Header(r.Header)} {At(r.Remembered.Index, r.Remembered.Epoch)}",
        _ => throw new NotSupportedException(request.GetType().Name),
    };

    public static string Of(ReplicaReply reply) => reply switch
    {
        Promise r => $"Promise {r.Header.Epoch} last {At(r.LastIndex, r.LastEpoch)} commit {r.CommitIndex} config {r.Configuration?.Version.ToString() ?? "none"} {Replica(r.Header)}",
        Appended r => $"Appended {r.Header.Epoch} match {r.MatchIndex} round {r.Round}",
        Mismatch r => $"Mismatch {r.Header.Epoch} at {r.PreviousIndex} hint {r.Hint} round {r.Round}",
        Fetched r => $"Fetched {r.Header.Epoch} from {r.FromIndex} {(r.Snapshot is { } s ? $"snapshot {At(s.Index, s.Epoch)} " : "")}{Entries(r.Entries)}".TrimEnd(),
        Refused r => $"Refused {r.Header.Epoch}: {r.Why.Describe()} {Replica(r.Header)}",
        _ => throw new NotSupportedException(reply.GetType().Name),
    };

    public static string Of(JournalEvent e) => e switch
    {
        ReplicaCreated c => $"ReplicaCreated {Short(c.Replica)}",
        ReplicaStarted s => $"ReplicaStarted {s.StartCounter}",
        Promised p => $"Promised {p.Epoch}",
        EntriesAppended a => $"EntriesAppended {a.Epoch} {Entries(a.Entries)}commit {a.CommitIndex}",
        LogTruncated t => $"LogTruncated {t.Epoch} from {t.FromIndex}",
        SnapshotTaken s => $"SnapshotTaken {At(s.Snapshot.Index, s.Snapshot.Epoch)}",
        SnapshotInstalled s => $"SnapshotInstalled {s.Epoch} {At(s.Snapshot.Index, s.Snapshot.Epoch)}",
        ReplicaDemoted d => $"ReplicaDemoted {At(d.Remembered.Index, d.Remembered.Epoch)}",
        _ => throw new NotSupportedException(e.GetType().Name),
    };

    public static string Of(LeaderOutcome outcome) => outcome switch
    {
        PhaseChanged o => $"is {o.Phase}",
        LeaderDeposed o => $"is deposed: {o.Reason.Describe()}",
        StateRestored o => $"restores {o.Snapshot.State.Describe()} at {At(o.Snapshot.Index, o.Snapshot.Epoch)}",
        EntriesCommitted o => $"commits {Entries(o.Entries).TrimEnd()}",
        ProposalAppended o => $"appends {o.FirstIndex}..{o.LastIndex}",
        EntryWritten o => $"writes {o.Entry.Describe()}",
        ProposalRefused o => $"refuses the proposal: {o.Reason}",
        RoundConfirmed o => $"confirms request {o.Id} by a round of {Seconds(o.StartedAt)}",
        RoundRefused o => $"refuses request {o.Id}: {o.Reason}",
        LearnerFound o => $"finds a learner: {o.Node} {Short(o.Replica)} start {o.StartCounter}, {o.Reason.Describe()}",
        _ => throw new NotSupportedException(outcome.GetType().Name),
    };

    public static string Short(Guid replica) => replica == Guid.Empty ? "r?" : "r" + int.Parse(replica.ToString("N")[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0##", CultureInfo.InvariantCulture) + "s";

    private static string Replica(ReplyHeader header) => $"{Short(header.Replica)} start {header.StartCounter}";

    private static string Header(RequestHeader header) => $"{header.Epoch} {header.Configuration} you={(header.Addressee is { } a ? Short(a.Replica) : "-")}";

    private static string At(long index, Epoch epoch) => index < 0 ? "nothing" : $"{index}@{epoch}";

    private static string Entries(ImmutableArray<LogEntry> entries) => entries.IsEmpty ? "" : $"[{string.Join(", ", entries.Select(e => e.Describe()))}] ";
}
