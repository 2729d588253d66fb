using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.StateLog;

public sealed partial record Replica
{
    /// <summary>Answers one request.</summary>
    public ReplicaStep Step(ReplicaRequest request)
    {
        if (!IsStarted)
            throw new InvariantViolation($"The replica of {Node} was asked before its start was counted.");
        if (Refuse(request) is { } refusal)
            return Done([], [Reply(request, new Refused(HeaderFor(request), refusal))]);
        return request switch
        {
            Prepare r => OnPrepare(r),
            Append r => OnAppend(r),
            Fetch r => OnFetch(r),
            InstallSnapshot r => OnInstallSnapshot(r),
            RolledBackNotice r => OnRolledBackNotice(r),
            _ => throw new InvariantViolation($"{request.GetType().Name} is no known request to a replica."),
        };
    }

    private Refusal? Refuse(ReplicaRequest request)
    {
        var header = request.Header;
        if (header.Configuration < KnownConfiguration && !MayReplaceKnownConfiguration(request))
            return new Refusal.KnowsNewer(Configuration!);
        var genesisRound = header.Addressee is null && header.Configuration == Quorum.ConfigurationVersion.None && Log.IsEmpty;
        if (!genesisRound && !KnownBad.Is(KnownBadVariant.AmnesiacVoter) && WhyLearner(header.Addressee) is { } reason)
            return new Refusal.NotAVoter(reason);
        if (header.Epoch < PromisedEpoch && !KnownBad.Is(KnownBadVariant.OldEpochAccepted))
            return new Refusal.PromisedHigher(PromisedEpoch);
        return ContradictsCommitted(request) ? new Refusal.NotAVoter(LearnerReason.OlderGeneration) : null;
    }

    // What is committed in a generation is the same everywhere. But an operator who forced a generation may have left out voters that held more.
    private bool ContradictsCommitted(ReplicaRequest request)
    {
        var (index, contradicts) = request switch
        {
            Append r => (r.Entries.FirstOrDefault(e => Contradicts(e.Index, e.Epoch))?.Index ?? r.PreviousIndex, Contradicts(r.PreviousIndex, r.PreviousEpoch) || r.Entries.Any(e => Contradicts(e.Index, e.Epoch))),
            InstallSnapshot r => (r.Snapshot.Index, Contradicts(r.Snapshot.Index, r.Snapshot.Epoch)),
            _ => (0L, false),
        };
        if (!contradicts)
            return false;
        if (request.Header.Configuration.Generation > KnownConfiguration.Generation)
            return true;
        throw new InvariantViolation(FormattableString.Invariant($"Leader {request.Header.Epoch} has another entry {index} than the one that {Node} knows as committed ({Log.EpochAt(index)})."));

        bool Contradicts(long i, Epoch epoch) => i >= 0 && i <= CommitIndex && Log.EpochAt(i) is { } own && own != epoch;
    }

    // A leader that won a majority over a log without this replica's uncommitted configuration is about to cut it off. Within a
    // generation, and for a newer epoch than the one that wrote it, that is the only way the replica can ever come back in line.
    private bool MayReplaceKnownConfiguration(ReplicaRequest request) =>
        request is Append or InstallSnapshot
        && request.Header.Configuration.Generation == KnownConfiguration.Generation
        && KnownConfiguration.Index > CommitIndex
        && Log.EpochAt(KnownConfiguration.Index) < request.Header.Epoch;

    private ReplicaStep OnPrepare(Prepare request)
    {
        ImmutableArray<JournalEvent> events = request.Header.Epoch > PromisedEpoch ? [new Promised(request.Header.Epoch)] : [];
        var promise = new Promise(HeaderFor(request), Log.LastIndex, Log.LastEpoch, AcceptedEpoch, CommitIndex, Configuration, Remembered, Log.EarlierConfigurations(CommitIndex));
        return Done(events, [Reply(request, promise)]);
    }

    private ReplicaStep OnAppend(Append request)
    {
        var events = ImmutableArray.CreateBuilder<JournalEvent>();
        if (request.Header.Epoch > PromisedEpoch)
            events.Add(new Promised(request.Header.Epoch));
        if (!AgreesAt(request.PreviousIndex, request.PreviousEpoch))
            return Done(events.ToImmutable(), [Reply(request, new Mismatch(HeaderFor(request), request.PreviousIndex, HintBelow(request.PreviousIndex), request.Round))]);

        var match = request.PreviousIndex + request.Entries.Length;
        var news = WithoutKnown(request.Entries);
        if (!news.IsEmpty && news[0].Index <= Log.LastIndex)
            events.Add(new LogTruncated(request.Header.Epoch, news[0].Index));
        var commit = Math.Max(CommitIndex, Math.Min(request.CommitIndex, match));
        var remembered = Remembered.MergedWith(request.Acknowledged);
        // Even without entries the first append of an epoch is written down: the acknowledgement is remembered elsewhere by its epoch,
        // and a replica that restarts must be able to show that it took part in it.
        if (!news.IsEmpty || request.Header.Epoch > AcceptedEpoch)
            events.Add(new EntriesAppended(request.Header.Epoch, news, commit, remembered));
        var step = Done(events.ToImmutable(), [Reply(request, new Appended(HeaderFor(request), match, request.Round))]);
        return step with { Next = step.Next with { CommitIndex = commit, Remembered = remembered } };
    }

    private ReplicaStep OnFetch(Fetch request)
    {
        var from = Math.Max(request.FromIndex, Log.FirstIndex);
        var snapshot = request.FromIndex < Log.FirstIndex ? Log.Snapshot : null;
        var entries = Log.Slice(from, Math.Min(request.MaxEntries, Settings.MaxEntriesPerMessage));
        return Done([], [Reply(request, new Fetched(HeaderFor(request), request.FromIndex, snapshot, entries))]);
    }

    private ReplicaStep OnInstallSnapshot(InstallSnapshot request)
    {
        var events = ImmutableArray.CreateBuilder<JournalEvent>();
        if (request.Header.Epoch > PromisedEpoch)
            events.Add(new Promised(request.Header.Epoch));
        if (request.Snapshot.Index > CommitIndex)
            events.Add(new SnapshotInstalled(request.Header.Epoch, request.Snapshot));
        else if (request.Header.Epoch > AcceptedEpoch)
            events.Add(new EntriesAppended(request.Header.Epoch, [], CommitIndex, Remembered));
        return Done(events.ToImmutable(), [Reply(request, new Appended(HeaderFor(request), request.Snapshot.Index, request.Round))]);
    }

    private ReplicaStep OnRolledBackNotice(RolledBackNotice request)
    {
        var here = new Acknowledgement(Id, AcceptedEpoch, Log.LastIndex);
        return request.Remembered.Replica == Id && request.Remembered.Exceeds(here)
            ? Done([new ReplicaDemoted(request.Remembered)], [])
            : Done([], []);
    }

    // What is committed is the same in every log, so below the commit index there is nothing to compare.
    private bool AgreesAt(long index, Epoch epoch) => index <= CommitIndex || Log.EpochAt(index) == epoch;

    // Skips back over the whole run of the contradicting epoch: a laggard is found in as many answers as there were epochs, not entries.
    private long HintBelow(long previousIndex)
    {
        if (previousIndex > Log.LastIndex)
            return Log.LastIndex;
        var hint = previousIndex;
        var epoch = Log.EpochAt(previousIndex);
        while (hint > CommitIndex && Log.EpochAt(hint) == epoch)
            hint--;
        return hint;
    }

    private ImmutableArray<LogEntry> WithoutKnown(ImmutableArray<LogEntry> entries)
    {
        var known = 0;
        while (known < entries.Length && (entries[known].Index < Log.FirstIndex || Log.EpochAt(entries[known].Index) == entries[known].Epoch))
            known++;
        return entries[known..];
    }

    private ReplyHeader HeaderFor(ReplicaRequest request) => new(Node, Id, StartCounter, request.Header.Epoch);

    private static OutgoingReply Reply(ReplicaRequest request, ReplicaReply reply) => new(request.Header.From, reply);
}
