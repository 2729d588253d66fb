using System.Text;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.StateLog;

/// <content>What people and transcripts are shown.</content>
public sealed partial class Leader
{
    /// <summary>What a candidate waits for, as a phrase that names the nodes; empty once it leads.</summary>
    public string WaitsFor() => Phase switch
    {
        LeaderPhase.Preparing => WaitsForPromises(),
        LeaderPhase.Adopting => FormattableString.Invariant($"it fetches the log of {_source!.Header.From} (entry {Log.LastIndex} of {_source.LastIndex})"),
        LeaderPhase.Confirming => FormattableString.Invariant($"entry {NoOpIndex} is not on a majority yet ({string.Join(", ", _progress.Values.Where(p => p.Match < NoOpIndex).Select(p => p.Voter.Node))} missing)"),
        LeaderPhase.Leading => "",
        LeaderPhase.Deposed => Deposed!.Describe(),
        _ => throw new InvariantViolation($"{Phase} is no known phase."),
    };

    /// <summary>A few lines for people and transcripts.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"{Phase} {Epoch} last {Log.LastIndex} commit {CommitIndex} round {Round} config {Configuration?.Describe() ?? "none"}"));
        if (Phase != LeaderPhase.Leading)
            text.Append("\n  waits: ").Append(WaitsFor());
        foreach (var voter in _progress.Values)
            text.Append("\n  ").Append(voter.Describe());
        return text.ToString();
    }

    private string WaitsForPromises()
    {
        var parts = new List<string>();
        var silent = NodesToAsk().Where(n => !_promises.ContainsKey(n) && !_learners.ContainsKey(n) && !_heard.ContainsKey(n)).ToArray();
        if (_known is null)
        {
            var empty = _options.ConfiguredVoters.Count(_promises.ContainsKey);
            parts.Add(FormattableString.Invariant($"{empty} of {_options.ConfiguredVoters.Count} configured voters answered that they are empty; a cluster forms by itself only if all do"));
            if (_promises.Values.GroupBy(p => p.Header.Replica).FirstOrDefault(g => g.Count() > 1) is { } copies)
                parts.Add($"{string.Join(" and ", copies.Select(p => p.Header.From))} have the same replica UUID: one is a copy of the other's disk");
            if (empty >= Majorities.Of(_options.ConfiguredVoters.Count))
                parts.Add("an operator who knows that the others hold no state can give `akkaha cluster init`");
        }
        else
        {
            var promised = _known.Voters.Values.Count(HasPromiseOf);
            parts.Insert(0, FormattableString.Invariant($"{promised} of {_known.Majority} promises under configuration {_known.Version}"));
            parts.AddRange(_known.Voters.Values.Where(v => _promises.ContainsKey(v.Node) && !HasPromiseOf(v)).Select(v => $"{v.Node} has no vote: {LearnerReason.OtherReplica.Describe()}"));
            if (promised >= _known.Majority && MostRecent() is null)
                parts.Add($"the voters that promised are empty, and {string.Join(", ", _heard.Keys)} with the genesis did not");
        }
        if (_options.Forced is { } forced && forced.Generation <= _known?.Generation)
            parts.Add(FormattableString.Invariant($"generation {forced.Generation} was to be forced, but generation {_known.Generation} exists already"));
        if (silent.Length > 0)
            parts.Add($"no answer from {string.Join(", ", silent)}");
        parts.AddRange(_learners.Values.Select(l => $"{l.Node} has no vote: {l.Reason.Describe()}"));
        parts.AddRange(_heard.Where(h => h.Value.ClusterId != _known?.ClusterId).Select(h => $"{h.Key} holds the log of another cluster ({h.Value.ClusterId})"));
        return string.Join("; ", parts);
    }
}
