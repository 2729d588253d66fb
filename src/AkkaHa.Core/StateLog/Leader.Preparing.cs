using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.StateLog;

/// <content>Promises: who is asked, what they say, and when they are a majority.</content>
public sealed partial class Leader
{
    private ImmutableSortedDictionary<NodeName, Promise> _promises = ImmutableSortedDictionary<NodeName, Promise>.Empty;
    private ImmutableSortedDictionary<NodeName, LearnerFound> _learners = ImmutableSortedDictionary<NodeName, LearnerFound>.Empty;
    private ImmutableSortedDictionary<NodeName, Asked> _asked = ImmutableSortedDictionary<NodeName, Asked>.Empty;
    private ImmutableSortedDictionary<NodeName, Configuration> _heard = ImmutableSortedDictionary<NodeName, Configuration>.Empty;
    private Configuration? _known;
    private bool _genesisForced;

    // When a node was asked last, and how long to wait before asking again.
    private readonly record struct Asked(TimeSpan At, TimeSpan RetryAfter);

    // An operator's generation outranks what the voters know: their newest configuration is the one it replaces.
    private ConfigurationVersion CountedVersion =>
        Configuration is not { } configuration ? ConfigurationVersion.None
        : _options.Forced is { } forced && forced.Generation > configuration.Generation ? new(forced.Generation, configuration.Index)
        : configuration.Version;

    // The newest configuration known may stand in a tail that will be cut; the one that counts is that of the log to be adopted. A voter of
    // either is addressed as one, and whose promise counts is decided when the log is chosen.
    private Voter? NamedOn(NodeName node) => Phase is not (LeaderPhase.Preparing or LeaderPhase.Adopting)
        ? Log.Configuration?.VoterOn(node)
        : MostRecent()?.Configuration?.VoterOn(node)
            ?? _known?.VoterOn(node)
            ?? _heard.Values.Where(c => c.ClusterId == _known?.ClusterId).OrderByDescending(c => c.Version).Select(c => c.VoterOn(node)).FirstOrDefault(v => v is not null);

    private IEnumerable<NodeName> NodesToAsk() =>
        _known is null ? _options.ConfiguredVoters
        : _options.Forced is { } forced ? forced.Voters
        : MostRecent() is { Configuration: { } adopted } ? _known.Voters.Keys.Union(adopted.Voters.Keys)
        : _known.Voters.Keys;

    /// <summary>Takes note of a configuration that a node knows; says whether the one to count under is another now.</summary>
    private bool Hear(NodeName node, Configuration configuration)
    {
        _heard = _heard.SetItem(node, configuration);
        // Logs of two clusters can meet when a disk was moved or a genesis forced: the cluster that most voters know is ours.
        var newest = _heard.Values
            .GroupBy(c => c.ClusterId)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key)
            .First().MaxBy(c => c.Version);
        if (newest == _known)
            return false;
        _known = newest;
        return true;
    }

    private void AskForPromises()
    {
        foreach (var node in NodesToAsk().Where(n => !_promises.ContainsKey(n)).ToArray())
            Ask(node, _options.Settings.RetryAfter);
    }

    private void AskAgain()
    {
        foreach (var node in NodesToAsk().Where(n => !_promises.ContainsKey(n)).ToArray())
        {
            if (!_asked.TryGetValue(node, out var asked))
                Ask(node, _options.Settings.RetryAfter);
            else if (_turn.Now - asked.At >= asked.RetryAfter)
                Ask(node, Longer(asked.RetryAfter));
        }
    }

    private void Ask(NodeName node, TimeSpan retryAfter)
    {
        _asked = _asked.SetItem(node, new Asked(_turn.Now, retryAfter));
        Send(node, new Prepare(HeaderFor(node)));
    }

    private TimeSpan Longer(TimeSpan wait) => wait * 2 < _options.Settings.RetryAfterMax ? wait * 2 : _options.Settings.RetryAfterMax;

    private void OnPromise(Promise promise)
    {
        if (Phase is not (LeaderPhase.Preparing or LeaderPhase.Adopting))
            return;
        _promises = _promises.SetItem(promise.Header.From, promise);
        if (promise.Configuration is { } configuration && Hear(promise.Header.From, configuration))
            AskForPromises();
        FindRolledBack();
        TryAdopt();
    }

    // A voter whose log is below what another voter remembers of its acknowledgements has forgotten them: its promise is worth nothing.
    private void FindRolledBack()
    {
        var remembered = Remembered();
        foreach (var promise in _promises.Values)
        {
            var header = promise.Header;
            var has = new Acknowledgement(header.Replica, promise.AcceptedEpoch, promise.LastIndex);
            if (!remembered.TryGetValue(header.From, out var acknowledged) || acknowledged.Replica != header.Replica || !acknowledged.Exceeds(has))
                continue;
            MarkLearner(new LearnerFound(header.From, header.Replica, header.StartCounter, LearnerReason.RolledBack));
            Send(header.From, new RolledBackNotice(HeaderFor(header.From), acknowledged));
        }
    }

    private ImmutableSortedDictionary<NodeName, Acknowledgement> Remembered() =>
        _promises.Values.Aggregate(ImmutableSortedDictionary<NodeName, Acknowledgement>.Empty, (all, p) => all.MergedWith(p.Remembered));

    private IEnumerable<Promise> SoundPromises() =>
        _promises.Values.Where(p => p.Configuration is null || p.Configuration.ClusterId == _known?.ClusterId);

    private Promise? MostRecent()
    {
        Promise? best = null;
        foreach (var promise in SoundPromises().Where(p => p.Configuration is not null))
        {
            // Of equally recent logs the own node's is at hand.
            if (best is null || promise.IsMoreRecentThan(best) || (!best.IsMoreRecentThan(promise) && promise.Header.From == Epoch.Node))
                best = promise;
        }
        return best;
    }

    private bool HasPromiseOf(Voter voter) =>
        _promises.TryGetValue(voter.Node, out var p) && p.Header.Replica == voter.Replica && p.Header.StartCounter >= voter.StartCounter;

    private void TryAdopt()
    {
        if (Phase != LeaderPhase.Preparing)
            return;
        if (_known is null)
            TryGenesis();
        else if (MostRecent() is { } best && IsEnough(best))
            Adopt(best);
    }

    // The majority is that of the configuration in the log to be adopted; what other voters merely know only raises the generation asked for.
    private bool IsEnough(Promise best)
    {
        var adopted = best.Configuration!;
        if (_options.Forced is { } forced)
            return forced.Generation > _known!.Generation && forced.Voters.All(n => _known.VoterOn(n) is { } voter && HasPromiseOf(voter));
        return adopted.Generation >= _known!.Generation
            && adopted.Voters.Values.Count(HasPromiseOf) >= adopted.Majority
            && HasPromisesOfReplaced(best);
    }

    // Until a replacement is known as committed nobody has asked the old voters about it: with the new replica's promise another CRM's
    // commits, which the one that is gone acknowledged, could be passed by.
    private bool HasPromisesOfReplaced(Promise best)
    {
        var committed = SoundPromises().Max(p => p.CommitIndex);
        var next = best.Configuration!;
        foreach (var old in best.Earlier.Reverse().TakeWhile(c => c.Generation == best.Configuration!.Generation))
        {
            if (next.Index <= committed || !ConfigurationChange.Replaces(old, next))
                return true;
            if (old.Voters.Values.Count(v => next.VoterOn(v.Node)?.Replica == v.Replica && HasPromiseOf(v)) < old.Majority)
                return false;
            next = old;
        }
        return true;
    }

    private void TryGenesis()
    {
        var empty = _options.ConfiguredVoters.Count(_promises.ContainsKey);
        var all = _options.ConfiguredVoters.Count;
        if (_options.Forced is not null || all == 0 || (empty < all && !(_genesisForced && empty >= Majorities.Of(all))))
            return;
        var voters = _options.ConfiguredVoters.ToImmutableSortedDictionary(
            n => n,
            n => _promises.TryGetValue(n, out var p) ? new Voter(n, p.Header.Replica, p.Header.StartCounter) : new Voter(n, Guid.Empty, 0));
        if (ConfigurationChange.RefuseSet(voters) is not null)
            return;
        WriteGenesis(new Genesis(_options.NewClusterId, voters));
    }

    private void OnForceGenesis()
    {
        if (Phase != LeaderPhase.Preparing)
            return;
        _genesisForced = true;
        TryAdopt();
    }
}
