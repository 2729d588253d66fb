using System.Collections.Immutable;

namespace AkkaHa.Core.StateLog;

/// <content>The most recent log among the promises becomes the leader's, and its own no-op goes behind it.</content>
public sealed partial class Leader
{
    private Promise? _source;
    private int _fetchAttempts;
    private TimeSpan _fetchedAt;

    /// <summary>The index of this epoch's no-op; -1 before it is written.</summary>
    public long NoOpIndex { get; private set; } = -1;

    private void Adopt(Promise best)
    {
        _source = best;
        _fetchAttempts = 0;
        Log = EntryLog.Empty;
        Enter(LeaderPhase.Adopting);
        FetchNext();
    }

    private void FetchNext()
    {
        var source = _source!.Header.From;
        _fetchAttempts++;
        _fetchedAt = _turn.Now;
        Send(source, new Fetch(HeaderFor(source), Log.LastIndex + 1, _options.Settings.MaxEntriesPerMessage));
    }

    private void FetchAgain()
    {
        if (_turn.Now - _fetchedAt < _options.Settings.RetryAfter)
            return;
        if (_fetchAttempts < _options.Settings.MaxFetchAttempts)
        {
            FetchNext();
            return;
        }
        // The voter fell silent after its promise: its log is out of reach, so its promise cannot be among the majority's.
        _promises = _promises.Remove(_source!.Header.From);
        _source = null;
        Log = EntryLog.Empty;
        Enter(LeaderPhase.Preparing);
        AskForPromises();
        TryAdopt();
    }

    private void OnFetched(Fetched fetched)
    {
        if (Phase != LeaderPhase.Adopting || fetched.Header.From != _source!.Header.From || fetched.FromIndex != Log.LastIndex + 1)
            return;
        var before = Log.LastIndex;
        if (fetched.Snapshot is { } snapshot)
            Log = Log.CutAt(snapshot);
        Log = Log.Append(fetched.Entries);
        if (Log.LastIndex == _source.LastIndex)
        {
            Adopted();
        }
        else if (Log.LastIndex > before)
        {
            _fetchAttempts = 0;
            FetchNext();
        }
    }

    private void Adopted()
    {
        if (Log.LastEpoch != _source!.LastEpoch)
            throw new InvariantViolation(FormattableString.Invariant($"The log of {_source.Header.From} ends in epoch {Log.LastEpoch}, but its promise said {_source.LastEpoch}."));
        var furthest = SoundPromises().MaxBy(p => p.CommitIndex)!;
        if (furthest.CommitIndex > Log.LastIndex)
        {
            throw new InvariantViolation(FormattableString.Invariant(
                $"{furthest.Header.From} knows entries up to {furthest.CommitIndex} as committed, but the most recent log of a majority ends at {Log.LastIndex}: a majority of the voters lost acknowledged entries."));
        }
        if (Log.Snapshot is { } snapshot)
            Say(new StateRestored(snapshot));
        CommitIndex = Log.FirstIndex - 1;
        CommitUpTo(furthest.CommitIndex);

        var last = Log.LastIndex;
        if (_options.Forced is { } forced)
        {
            var voters = forced.Voters.ToImmutableSortedDictionary(n => n, n => _known!.VoterOn(n)!);
            AppendOwn(new SetConfiguration(forced.Generation, voters));
        }
        Confirm(last);
    }

    private void WriteGenesis(Genesis genesis)
    {
        AppendOwn(genesis);
        Confirm(adopted: -1);
    }

    private void Confirm(long adopted)
    {
        AppendOwn(new NoOp());
        NoOpIndex = Log.LastIndex;
        _acknowledged = Remembered();
        foreach (var voter in Log.Configuration!.Voters.Values)
        {
            var next = HasPromiseOf(voter) ? Math.Min(_promises[voter.Node].LastIndex, adopted) + 1 : NoOpIndex;
            _progress = _progress.Add(voter.Node, Track(voter, next));
        }
        Enter(LeaderPhase.Confirming);
        StartRound();
        SendEntriesToAll();
    }

    private void AppendOwn(params ReadOnlySpan<LogCommand> commands)
    {
        var entries = ImmutableArray.CreateBuilder<LogEntry>(commands.Length);
        foreach (var command in commands)
            entries.Add(new LogEntry(Log.LastIndex + 1 + entries.Count, Epoch, command));
        Log = Log.Append(entries.MoveToImmutable());
    }
}
