using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.StateLog;

/// <content>Entries go out, acknowledgements come in, the commit index moves.</content>
public sealed partial class Leader
{
    private ImmutableSortedDictionary<NodeName, VoterProgress> _progress = ImmutableSortedDictionary<NodeName, VoterProgress>.Empty;
    private ImmutableSortedDictionary<NodeName, Acknowledgement> _acknowledged = ImmutableSortedDictionary<NodeName, Acknowledgement>.Empty;

    /// <summary>What is known of each voter of the newest configuration, once the log is adopted.</summary>
    public ImmutableSortedDictionary<NodeName, VoterProgress> Voters => _progress;

    /// <summary>Why a change of the voters would not be taken in now; null if it would.</summary>
    public string? Refusal(SetConfiguration change, TimeSpan now)
    {
        var asked = (Leader)MemberwiseClone();
        asked._turn = new Turn(now);
        return asked.RefuseProposal([change]);
    }

    private void OnPropose(ImmutableArray<LogCommand> commands)
    {
        if (RefuseProposal(commands) is { } reason)
        {
            Say(new ProposalRefused(reason));
            return;
        }
        var first = Log.LastIndex + 1;
        var before = Log.Configuration;
        AppendOwn(commands.AsSpan());
        Say(new ProposalAppended(first, Log.LastIndex));
        if (Log.Configuration != before)
            FollowConfiguration();
        if (_turn.Now > _roundStartedAt)
            StartRound();
        SendEntriesToAll();
    }

    private string? RefuseProposal(ImmutableArray<LogCommand> commands)
    {
        if (Phase != LeaderPhase.Leading)
            return $"the CRM of epoch {Epoch} does not lead yet: {WaitsFor()}";
        if (commands.IsEmpty)
            return "a proposal needs a command";
        var open = Log.LastIndex - CommitIndex;
        if (open + commands.Length > _options.Settings.MaxUncommittedEntries)
            return FormattableString.Invariant($"{open} entries wait for a majority already, and {commands.Length} more would pass the limit of {_options.Settings.MaxUncommittedEntries}");
        if (commands.Any(c => c is Genesis or NoOp))
            return "genesis and no-op entries are written by the log itself";
        if (commands.OfType<SetConfiguration>().FirstOrDefault() is not { } change)
            return null;
        var current = Log.Configuration!;
        return commands.Length > 1 ? "a change of the voters is proposed alone"
            : current.Index > CommitIndex ? FormattableString.Invariant($"the change of the voters at entry {current.Index} is not committed yet, and voters change one at a time")
            : change.Generation != current.Generation ? "a new generation is forced by an operator, not proposed"
            : change.Voters.Values.FirstOrDefault(v => v.Replica == Guid.Empty && current.VoterOn(v.Node) != v) is { } unknown ? $"the replica of {unknown.Node} is not known"
            : ConfigurationChange.Refuse(current, change.Voters) ?? RefuseWithoutSoundMajority(current, change);
    }

    // A change that the sound voters cannot carry through would stop the log for good: the voter that comes anew is not counted on.
    private string? RefuseWithoutSoundMajority(Configuration current, SetConfiguration change)
    {
        var staying = change.Voters.Values.Count(v => current.VoterOn(v.Node)?.Replica == v.Replica && IsSound(v));
        // The second voter of all can be had only by counting on it.
        var needed = current.Voters.Count == 1 ? 1 : Majorities.Of(change.Voters.Count);
        if (staying < needed)
            return FormattableString.Invariant($"only {staying} of the voters that stay answer as sound, and {needed} are needed to carry the change");
        var sound = current.Voters.Values.Count(IsSound);
        return sound >= current.Majority ? null
            : FormattableString.Invariant($"only {sound} of {current.Voters.Count} voters answer as sound, and {current.Majority} are needed to change them");
    }

    private bool IsSound(Voter voter) =>
        _progress.TryGetValue(voter.Node, out var p) && p.Voter.Replica == voter.Replica && p.Learner is null
        && p.HeardAt is { } at && _turn.Now - at <= _options.Settings.RetryAfterMax;

    private void FollowConfiguration()
    {
        var voters = Log.Configuration!.Voters.Values;
        _progress = voters.ToImmutableSortedDictionary(
            v => v.Node,
            v => _progress.TryGetValue(v.Node, out var p) && p.Voter.Replica == v.Replica ? p with { Voter = v } : Track(v, Log.LastIndex));
    }

    private VoterProgress Track(Voter voter, long next) => new(voter, next)
    {
        RetryAfter = _options.Settings.RetryAfter,
        Learner = _learners.TryGetValue(voter.Node, out var found) && found.Replica == voter.Replica && found.Reason.NeedsReset() ? found : null,
    };

    private void SendEntriesToAll()
    {
        foreach (var voter in _progress.Values)
        {
            if (voter.Learner is null && (!voter.Probing || voter.SentAt is null))
                SendEntries(voter);
        }
    }

    private void SendEntries(VoterProgress voter)
    {
        var to = voter.Voter.Node;
        var max = _options.Settings.MaxEntriesPerMessage;
        var next = voter.Next;
        if (next < Log.FirstIndex)
        {
            Send(to, new InstallSnapshot(HeaderFor(to), Log.Snapshot!, Round));
            voter = voter with { Probing = true };
            next = Log.FirstIndex;
        }
        else if (voter.Probing)
        {
            SendAppend(to, next - 1, Log.Slice(next, max));
        }
        else
        {
            // Two full messages on the way keep the line busy; more would only have to be sent again when one is lost.
            while (next <= Log.LastIndex && next - 1 - voter.Match < 2L * max)
            {
                var entries = Log.Slice(next, max);
                SendAppend(to, next - 1, entries);
                next += entries.Length;
            }
        }
        _progress = _progress.SetItem(to, voter with { Next = next, SentAt = _turn.Now });
    }

    private void SendAppend(NodeName to, long previous, ImmutableArray<LogEntry> entries) =>
        Send(to, new Append(HeaderFor(to), previous, Log.EpochAt(previous)!.Value, entries, CommitIndex, Round, _acknowledged));

    private void OnAppended(Appended appended)
    {
        if (Heard(appended.Header, appended.Round) is not { } voter)
            return;
        if (appended.MatchIndex > Log.LastIndex)
            throw new InvariantViolation(FormattableString.Invariant($"{appended.Header.From} acknowledged entry {appended.MatchIndex} to epoch {Epoch}, which wrote none beyond {Log.LastIndex}."));
        if (appended.MatchIndex > voter.Match)
        {
            voter = voter with
            {
                Match = appended.MatchIndex,
                MatchedAtRound = Round,
                Next = Math.Max(voter.Next, appended.MatchIndex + 1),
                Probing = false,
                RetryAfter = _options.Settings.RetryAfter,
            };
            _acknowledged = _acknowledged.SetItem(voter.Voter.Node, new Acknowledgement(voter.Voter.Replica, Epoch, voter.Match));
        }
        _progress = _progress.SetItem(voter.Voter.Node, voter);
        AdvanceRounds();
        AdvanceCommit();
        // What the commit brought about may have been sent to this voter already.
        voter = _progress[voter.Voter.Node];
        if (!voter.Probing && voter.Next <= Log.LastIndex)
            SendEntries(voter);
    }

    private void OnMismatch(Mismatch mismatch)
    {
        if (Heard(mismatch.Header, mismatch.Round) is not { } voter)
            return;
        _progress = _progress.SetItem(voter.Voter.Node, voter);
        AdvanceRounds();
        if (mismatch.PreviousIndex <= voter.Match)
        {
            // Late, unless it answers something sent after the acknowledgement came: then the voter has lost what it acknowledged.
            if (mismatch.Round <= voter.MatchedAtRound)
                return;
            MarkLearner(new LearnerFound(mismatch.Header.From, mismatch.Header.Replica, mismatch.Header.StartCounter, LearnerReason.RolledBack));
            Send(mismatch.Header.From, new RolledBackNotice(HeaderFor(mismatch.Header.From), new Acknowledgement(mismatch.Header.Replica, Epoch, voter.Match)));
            return;
        }
        if (voter.Probing && mismatch.PreviousIndex != voter.Next - 1)
            return;
        SendEntries(voter with
        {
            Next = Math.Max(voter.Match, Math.Min(mismatch.Hint, mismatch.PreviousIndex - 1)) + 1,
            Probing = true,
        });
    }

    /// <summary>The voter that answered, its answer noted; null if the answer counts for nobody.</summary>
    private VoterProgress? Heard(ReplyHeader header, long round)
    {
        if (Phase is not (LeaderPhase.Confirming or LeaderPhase.Leading)
            || !_progress.TryGetValue(header.From, out var voter)
            || voter.Voter.Replica != header.Replica
            || (voter.Learner is { } learner && learner.Reason.NeedsReset()))
            return null;
        // That another replica answered on its node was old news, or a copy: the named one is there.
        return voter with { HeardAt = _turn.Now, AnsweredRound = Math.Max(voter.AnsweredRound, round), Learner = null };
    }

    private void SendAgain()
    {
        var heartbeat = _turn.Now - _roundStartedAt >= _options.Settings.HeartbeatInterval;
        if (heartbeat)
            StartRound();
        foreach (var voter in _progress.Values)
        {
            if (voter.Learner is null && voter.Match < Log.LastIndex && (voter.SentAt is not { } at || _turn.Now - at >= voter.RetryAfter))
                SendEntries(voter with { Next = voter.Probing ? voter.Next : voter.Match + 1, RetryAfter = Longer(voter.RetryAfter) });
            else if (heartbeat)
                SendHeartbeat(voter);
        }
    }

    private void SendHeartbeat(VoterProgress voter)
    {
        var node = voter.Voter.Node;
        if (voter.Learner is { Reason: LearnerReason.RolledBack } && _acknowledged.TryGetValue(node, out var forgotten))
            Send(node, new RolledBackNotice(HeaderFor(node), forgotten));
        var previous = voter.Probing ? voter.Next - 1 : voter.Match;
        // Where the log was cut there is nothing left to compare with; -1 agrees with every log, and the answer still counts for the round.
        SendAppend(node, Log.EpochAt(previous) is null ? -1 : previous, []);
    }

    // In force from append on, a new configuration decides its own commit. Where it replaced a replica the old one must agree as well,
    // counted without it: the replica that is gone may have promised another CRM what its successor does not know of.
    private long ReachedByMajority(Func<VoterProgress, long> value)
    {
        var newest = Log.Configuration!;
        var reached = long.MaxValue;
        Span<long> values = stackalloc long[Quorum.Configuration.MaxVoters];
        for (var i = Log.Configurations.Count - 1; i >= 0; i--)
        {
            var configuration = Log.Configurations[i];
            if (configuration.Generation != newest.Generation)
                break;
            var count = 0;
            foreach (var voter in configuration.Voters.Values)
            {
                values[count++] = _progress.TryGetValue(voter.Node, out var p) && p.Voter.Replica == voter.Replica && p.Learner is null ? value(p) : -1;
            }
            reached = Math.Min(reached, Majorities.ReachedBy(values[..count]));
            if (configuration.Index <= CommitIndex || i == 0 || !ConfigurationChange.Replaces(Log.Configurations[i - 1], configuration))
                break;
        }
        return reached;
    }

    private void AdvanceCommit()
    {
        var reached = ReachedByMajority(p => p.Match);
        // An older epoch's entry on a majority may still be overwritten by another CRM's log; only an own entry behind it holds it.
        if (reached <= CommitIndex || (Log.EpochAt(reached) != Epoch && !KnownBad.Is(KnownBadVariant.OldEpochCommittedByCounting)))
            return;
        var configuration = Log.Configuration!;
        var settles = configuration.Index > CommitIndex && configuration.Index <= reached && configuration.Index > 0;
        CommitUpTo(reached);
        if (Phase == LeaderPhase.Confirming && CommitIndex >= NoOpIndex)
            Enter(LeaderPhase.Leading);
        if (settles)
            SpreadCommit();
    }

    // Until a majority has it on disk that the new configuration is committed, the next leader would ask the replaced one's majority too.
    private void SpreadCommit()
    {
        AppendOwn(new NoOp());
        Say(new EntryWritten(Log[Log.LastIndex]));
        SendEntriesToAll();
    }

    private void CommitUpTo(long index)
    {
        if (index <= CommitIndex)
            return;
        var entries = Log.Slice(CommitIndex + 1, index - CommitIndex);
        CommitIndex = index;
        Say(new EntriesCommitted(entries));
    }

    private void OnCompact(Compact compact)
    {
        if (compact.Index > CommitIndex)
            throw new InvariantViolation(FormattableString.Invariant($"The leader's log was to be cut at entry {compact.Index}, but only those up to {CommitIndex} are committed."));
        if (compact.Index >= Log.FirstIndex)
            Log = Log.CutAt(new LogSnapshot(compact.Index, Log.EpochAt(compact.Index)!.Value, Log.ConfigurationAt(compact.Index)!, compact.State));
    }
}
