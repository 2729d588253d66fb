using System.Collections.Immutable;
using System.Text;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.StateLog;

/// <summary>
/// One voter's copy of the log: a value that is the fold of its journal, plus what it need not write down. It does nothing but answer
/// (state, request) → (state, events to persist, answers); <see cref="ReplicaStep"/> says in which order.
/// </summary>
public sealed partial record Replica
{
    private Replica(NodeName node, LogSettings settings)
    {
        Node = node;
        Settings = settings;
    }

    /// <summary>The node it is on.</summary>
    public NodeName Node { get; }

    /// <summary>The bounds it keeps.</summary>
    public LogSettings Settings { get; }

    /// <summary>Its UUID; empty until it is started the first time.</summary>
    public Guid Id { get; private init; }

    /// <summary>How often it was started.</summary>
    public long StartCounter { get; private init; }

    /// <summary>The highest epoch it promised; requests of older ones are refused, and grants carry it.</summary>
    public Epoch PromisedEpoch { get; private init; }

    /// <summary>The newest leader its log was brought in line with.</summary>
    public Epoch AcceptedEpoch { get; private init; }

    /// <summary>Its entries. Denials and configurations count from here on, committed or not.</summary>
    public EntryLog Log { get; private init; } = EntryLog.Empty;

    /// <summary>Up to where it knows entries as committed; -1 if it knows of none.</summary>
    public long CommitIndex { get; private init; } = -1;

    /// <summary>What it remembers of the voters' acknowledgements.</summary>
    public ImmutableSortedDictionary<NodeName, Acknowledgement> Remembered { get; private init; } = ImmutableSortedDictionary<NodeName, Acknowledgement>.Empty;

    /// <summary>Set once it was told that it has forgotten what it acknowledged: it learns only until <see cref="Reset"/>.</summary>
    public Acknowledgement? Forgot { get; private init; }

    /// <summary>Whether it answers in this run: recovery is complete and the start is counted.</summary>
    public bool IsStarted { get; private init; }

    /// <summary>The newest configuration in its log.</summary>
    public Configuration? Configuration => Log.Configuration;

    /// <summary>How new a configuration it knows.</summary>
    public ConfigurationVersion KnownConfiguration => Configuration?.Version ?? ConfigurationVersion.None;

    /// <summary>Why it has no vote by its own knowledge; null if it has one, or if it is empty and does not know yet.</summary>
    public LearnerReason? Learns =>
        Forgot is not null ? LearnerReason.RolledBack
        : Configuration is null ? null
        : WhyLearner(Configuration.VoterOn(Node));

    /// <summary>The replica after these events of its journal, in order; not yet started.</summary>
    public static Replica Recover(NodeName node, LogSettings settings, IEnumerable<JournalEvent> events) =>
        events.Aggregate(new Replica(node, settings), (replica, e) => replica.Apply(e));

    /// <summary>Counts the start, and creates the replica if its journal was empty. It answers nothing before.</summary>
    /// <param name="newReplica">The UUID it gets if it has none.</param>
    public ReplicaStep Start(Guid newReplica)
    {
        JournalEvent started = new ReplicaStarted(StartCounter + 1);
        ImmutableArray<JournalEvent> events = Id == Guid.Empty ? [new ReplicaCreated(newReplica), started] : [started];
        var step = Done(events, []);
        return step with { Next = step.Next with { IsStarted = true } };
    }

    /// <summary>
    /// Whether it may be reset on this word: only if it is the one that is meant and may not vote as it is, by its own knowledge or because the
    /// sender is of a newer generation, in which it holds what was never committed.
    /// </summary>
    public bool MayReset(ResetReplica request) =>
        request.Replica == Id && request.Header.Epoch >= PromisedEpoch
        && (Learns?.NeedsReset() == true || request.Header.Configuration.Generation > KnownConfiguration.Generation);

    /// <summary>Makes a replica that may not vote an empty one with another UUID, so that a <c>voter-replace</c> can give it the vote back.</summary>
    public ReplicaStep Reset(Guid newReplica) => Done([new ReplicaCreated(newReplica), new ReplicaStarted(1)], []);

    /// <summary>Cuts the log at a committed index whose state is known.</summary>
    /// <exception cref="InvariantViolation">The index is not known as committed.</exception>
    public ReplicaStep TakeSnapshot(long index, IStateSnapshot state)
    {
        if (index > CommitIndex)
            throw new InvariantViolation(FormattableString.Invariant($"A snapshot of {Node}'s replica was to be taken at entry {index}, but only those up to {CommitIndex} are known as committed."));
        if (index < Log.FirstIndex)
            return Done([], []);
        return Done([new SnapshotTaken(new LogSnapshot(index, Log.EpochAt(index)!.Value, Log.ConfigurationAt(index)!, state))], []);
    }

    /// <summary>The shortest journal that recovers to this replica: what may replace all events up to now, after a snapshot was taken.</summary>
    public ImmutableArray<JournalEvent> Condense()
    {
        var events = ImmutableArray.CreateBuilder<JournalEvent>();
        events.Add(new ReplicaCreated(Id));
        events.Add(new ReplicaStarted(StartCounter));
        if (PromisedEpoch > Epoch.None)
            events.Add(new Promised(PromisedEpoch));
        if (Log.Snapshot is { } snapshot)
            events.Add(new SnapshotInstalled(AcceptedEpoch, snapshot));
        if (AcceptedEpoch > Epoch.None)
            events.Add(new EntriesAppended(AcceptedEpoch, [.. Log.Entries], CommitIndex, Remembered));
        if (Forgot is { } forgotten)
            events.Add(new ReplicaDemoted(forgotten));
        return events.ToImmutable();
    }

    /// <summary>The replica after one event of its journal.</summary>
    public Replica Apply(JournalEvent journalEvent) => journalEvent switch
    {
        ReplicaCreated e => new Replica(Node, Settings) { Id = e.Replica, IsStarted = IsStarted },
        ReplicaStarted e => this with { StartCounter = e.StartCounter },
        Promised e => e.Epoch > PromisedEpoch
            ? this with { PromisedEpoch = e.Epoch }
            : throw new InvariantViolation($"The replica of {Node} promised {PromisedEpoch}, and was to promise {e.Epoch} after that."),
        LogTruncated e => CommitIndex >= e.FromIndex
            ? throw new InvariantViolation(FormattableString.Invariant($"The replica of {Node} was to truncate from entry {e.FromIndex} on, but entries up to {CommitIndex} are committed."))
            : this with { AcceptedEpoch = e.Epoch, Log = Log.TruncateFrom(e.FromIndex) },
        EntriesAppended e => Appended(e),
        SnapshotTaken e => this with { Log = Log.CutAt(e.Snapshot), CommitIndex = Math.Max(CommitIndex, e.Snapshot.Index) },
        SnapshotInstalled e => this with { AcceptedEpoch = e.Epoch, Log = Log.CutAt(e.Snapshot), CommitIndex = Math.Max(CommitIndex, e.Snapshot.Index) },
        ReplicaDemoted e => this with { Forgot = e.Remembered },
        _ => throw new InvariantViolation($"{journalEvent.GetType().Name} is no known event of a replica's journal."),
    };

    /// <summary>A few lines for people and transcripts.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"{Node} start {StartCounter} promised {Show(PromisedEpoch)} commit {CommitIndex} config {Configuration?.Describe() ?? "none"}"));
        if (Learns is { } reason)
            text.Append(" learner: ").Append(reason.Describe());
        if (Log.Snapshot is { } snapshot)
            text.Append(FormattableString.Invariant($"\n  snapshot {snapshot.Index}@{snapshot.Epoch} {snapshot.State.Describe()}"));
        foreach (var entry in Log.Entries)
            text.Append("\n  ").Append(entry.Describe());
        return text.ToString();
    }

    private static string Show(Epoch epoch) => epoch == Epoch.None ? "none" : epoch.ToString();

    private Replica Appended(EntriesAppended e)
    {
        var log = Log.Append(e.Entries);
        return this with
        {
            AcceptedEpoch = e.Epoch,
            Log = log,
            CommitIndex = Math.Max(CommitIndex, Math.Min(e.CommitIndex, log.LastIndex)),
            Remembered = e.Acknowledged,
        };
    }

    private LearnerReason? WhyLearner(Voter? named) =>
        Forgot is not null ? LearnerReason.RolledBack
        : named is null ? LearnerReason.NotNamed
        : named.Replica != Id ? LearnerReason.OtherReplica
        : StartCounter < named.StartCounter ? LearnerReason.RolledBack
        : null;

    private ReplicaStep Done(ImmutableArray<JournalEvent> events, ImmutableArray<OutgoingReply> replies) =>
        new(events.Aggregate(this, (replica, e) => replica.Apply(e)), events, replies);
}
