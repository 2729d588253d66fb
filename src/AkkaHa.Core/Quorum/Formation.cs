using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Quorum;

/// <summary>What a node answers to one that looks for a cluster.</summary>
/// <param name="Node">Who answers.</param>
/// <param name="Incarnation">The uid of its actor system.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="Generation">The newest generation that it knows; 0 before genesis.</param>
public sealed record FormationAnswer(NodeName Node, long Incarnation, FormationStanding Standing, long Generation)
{
    /// <summary>The voters that its own replica knows, and nothing that it was told; null before genesis.</summary>
    public Electorate? Electorate { get; init; }

    /// <summary>What it has set of that which all nodes must have alike.</summary>
    public Agreement Agreement { get; init; } = Agreement.None;
}

/// <summary>Where a node stands with regard to a cluster.</summary>
public enum FormationStanding
{
    /// <summary>It is in none and looks for one.</summary>
    Outside,

    /// <summary>It forms one, or joined one that has no majority yet.</summary>
    Forming,

    /// <summary>It is a member of a cluster with a majority of the votes.</summary>
    Quorate,
}

/// <summary>What a node does next on its way into a cluster.</summary>
public abstract record FormationStep
{
    private FormationStep()
    {
    }

    /// <summary>Ask all configured nodes where they stand.</summary>
    public sealed record Ask : FormationStep;

    /// <summary>Ask these voters for an exclusive promise.</summary>
    /// <param name="Round">Names the request; an answer to another one does not count.</param>
    /// <param name="Voters">The voters to ask, without oneself.</param>
    public sealed record RequestPromises(long Round, ImmutableSortedSet<NodeName> Voters) : FormationStep;

    /// <summary>Answer a request for a promise.</summary>
    /// <param name="To">Who asked.</param>
    /// <param name="Round">The request.</param>
    /// <param name="Granted">Whether the promise is given.</param>
    public sealed record AnswerPromise(NodeName To, long Round, bool Granted) : FormationStep;

    /// <summary>Form a new cluster with oneself as the first member.</summary>
    public sealed record Form : FormationStep;

    /// <summary>Join the cluster that a node is in.</summary>
    /// <param name="Contact">The node to join through.</param>
    public sealed record Join(NodeName Contact) : FormationStep;
}

/// <summary>
/// How a node that is in no cluster finds or forms one (DESIGN §4). It joins a quorate cluster if there is one. Otherwise the lowest name of a
/// majority collects exclusive, expiring promises from a majority of the votes and forms one; no node ever forms a cluster alone.
/// </summary>
/// <param name="Self">This node.</param>
/// <param name="Configured">The voters that the node's settings name: they count while no configuration of a log is known.</param>
/// <param name="Settings">Its times.</param>
public sealed record Formation(NodeName Self, ImmutableSortedSet<NodeName> Configured, FormationSettings Settings)
{
    /// <summary>The voters that count: the newest that this node's own replica or the fresh answer of another one knows.</summary>
    public Electorate Electorate { get; private init; } = new(ConfigurationVersion.None, Configured);

    /// <summary>The voters that this node's own replica knows.</summary>
    public Electorate Own { get; private init; } = new(ConfigurationVersion.None, Configured);

    /// <summary>Whether this node's vote can be given: not before its replica is up, nor while that is a learner.</summary>
    public bool CanVote { get; init; } = true;

    /// <summary>What this node has set of that which all nodes must have alike.</summary>
    public Agreement Agreement { get; init; } = Agreement.None;

    /// <summary>Whether the operator lets this node join others that have it set differently, while he changes it node by node.</summary>
    public bool MayDiffer { get; init; }

    private ImmutableSortedSet<NodeName> Voters => Electorate.Voters;

    private ImmutableSortedDictionary<NodeName, (FormationAnswer Answer, TimeSpan At)> Answers { get; init; } =
        ImmutableSortedDictionary<NodeName, (FormationAnswer, TimeSpan)>.Empty;

    private (NodeName To, TimeSpan Until)? Promised { get; init; }

    private long Round { get; init; }

    private TimeSpan RoundStartedAt { get; init; }

    private ImmutableSortedSet<NodeName> Grants { get; init; } = [];

    private bool Settled { get; init; }

    private int Needed => KnownBad.Is(KnownBadVariant.LoneCluster) ? 1 : Majorities.Of(Voters.Count);

    /// <summary>
    /// Takes note of what the own replica knows. A node that is in a cluster goes by it alone, unless an operator has begun a newer generation:
    /// the log brings it what is new, and takes back what was never committed.
    /// </summary>
    public Formation Knowing(Electorate own, TimeSpan now)
    {
        var next = this with { Own = own };
        return !Settled ? next.Recount(now)
            : own.Version != ConfigurationVersion.None && own.Version.Generation >= Electorate.Version.Generation ? next with { Electorate = own }
            : next;
    }

    // Nothing that was heard is remembered longer than its answer counts: a change of the voters that was never committed goes as it came.
    private Formation Recount(TimeSpan now)
    {
        var newest = Fresh(now).Select(a => a.Electorate).OfType<Electorate>().Prepend(Own).MaxBy(e => e.Version)!;
        return newest == Electorate || Settled
            ? this
            : this with { Electorate = newest, Grants = [], Promised = newest.Version.Generation > Electorate.Version.Generation ? null : Promised };
    }

    /// <summary>The voters that this node hears now, itself included if it votes.</summary>
    public ImmutableSortedSet<NodeName> Heard(TimeSpan now)
    {
        var fresh = Fresh(now).Select(a => a.Node).Where(Voters.Contains).ToImmutableSortedSet();
        return Voters.Contains(Self) ? fresh.Add(Self) : fresh;
    }

    /// <summary>What the node waits for, as a sentence for people.</summary>
    public string WaitsFor(TimeSpan now)
    {
        var differences = Differences(now);
        if (!differences.IsEmpty && !MayDiffer)
        {
            return $"nodes of one cluster must have the same settings: {string.Join("; ", differences)}. "
                + "Make them the same, or set akkaha.settings-may-differ = on while they are changed node by node";
        }

        var heard = Heard(now);
        var majority = Majorities.Of(Voters.Count);
        var silent = Voters.Except(heard);
        return heard.Count < majority
            ? FormattableString.Invariant($"no quorum: {heard.Count} of {Voters.Count} votes are here and {majority} are needed; no answer from {string.Join(", ", silent)}")
            : "a majority of the votes is here; a cluster is being joined or formed";
    }

    /// <summary>What the nodes that are heard have set differently.</summary>
    public ImmutableList<string> Differences(TimeSpan now) => [.. Fresh(now).SelectMany(DifferencesTo)];

    /// <summary>Time passed.</summary>
    public (Formation Next, ImmutableList<FormationStep> Steps) Tick(TimeSpan now) => Recount(now).Look(now);

    private (Formation Next, ImmutableList<FormationStep> Steps) Look(TimeSpan now)
    {
        if (Settled)
            return (this, []);
        var ask = ImmutableList.Create<FormationStep>(new FormationStep.Ask());
        if (Contact(now) is { } contact)
            return (this with { Settled = true }, [new FormationStep.Join(contact)]);
        var outside = Agreeing(now).Where(a => a.Standing == FormationStanding.Outside).Select(a => a.Node).ToImmutableSortedSet();
        var candidates = outside.Intersect(Voters).Add(Self);
        var mayForm = CanVote && Voters.Contains(Self) && candidates.Min == Self && candidates.Count >= Needed;
        if (!mayForm || IsPromisedToAnother(now))
            return (this, ask);
        if (Round > 0 && now - RoundStartedAt < Settings.PromiseRetry)
            return (this, ask);
        var next = this with
        {
            Round = Round + 1,
            RoundStartedAt = now,
            Grants = [Self],
            Promised = (Self, now + Settings.PromiseTtl),
        };
        return next.Count(now) is { } formed ? formed : (next, ask.Add(new FormationStep.RequestPromises(next.Round, candidates.Remove(Self))));
    }

    /// <summary>A node answered where it stands.</summary>
    public Formation Heard(FormationAnswer answer, TimeSpan now)
    {
        var next = this with { Answers = Answers.SetItem(answer.Node, (answer, now)) };
        return next.Recount(now);
    }

    /// <summary>Another node asks for this node's promise.</summary>
    /// <param name="from">Who asks.</param>
    /// <param name="round">Its name for the request.</param>
    /// <param name="now">The monotonic time.</param>
    /// <param name="version">The configuration that it counts under; one that is older than what this node knows gets no promise.</param>
    public (Formation Next, FormationStep.AnswerPromise Answer) Requested(NodeName from, long round, TimeSpan now, ConfigurationVersion? version = null)
    {
        var free = !Settled && CanVote && AgreesWith(from) && (version is not { } asked || asked >= Electorate.Version) && Voters.Contains(Self) && !IsPromisedToAnother(now, from) && from.CompareTo(Self) < 0;
        return free
            ? (this with { Promised = (from, now + Settings.PromiseTtl), Grants = [] }, new FormationStep.AnswerPromise(from, round, true))
            : (this, new FormationStep.AnswerPromise(from, round, false));
    }

    /// <summary>A voter answered this node's request for a promise.</summary>
    public (Formation Next, ImmutableList<FormationStep> Steps) Answered(NodeName from, long round, bool granted, TimeSpan now)
    {
        // Who gave his own promise away meanwhile must not form a cluster with those of the others.
        if (Settled || !granted || round != Round || !Voters.Contains(from) || Promised?.To != Self || now - RoundStartedAt >= Settings.PromiseTtl)
            return (this, []);
        return (this with { Grants = Grants.Add(from) }).Count(now) ?? (this with { Grants = Grants.Add(from) }, []);
    }

    private (Formation Next, ImmutableList<FormationStep> Steps)? Count(TimeSpan now) =>
        Grants.Count >= Needed && now - RoundStartedAt < Settings.PromiseTtl
            ? (this with { Settled = true }, [new FormationStep.Form()])
            : null;

    private NodeName? Contact(TimeSpan now)
    {
        var members = Agreeing(now).Where(a => a.Standing != FormationStanding.Outside).ToList();
        var quorate = members
            .Where(a => a.Standing == FormationStanding.Quorate && a.Generation >= Electorate.Version.Generation)
            .OrderByDescending(a => a.Generation)
            .ThenBy(a => a.Node)
            .FirstOrDefault();
        if (quorate is not null)
            return quorate.Node;
        // A cluster that is still forming is joined only by those who promised it, and by those who have no vote to promise.
        var promisedTo = Promised is { } promise && now < promise.Until ? promise.To : (NodeName?)null;
        return members.FirstOrDefault(a => a.Node == promisedTo && a.Node != Self)?.Node;
    }

    private bool IsPromisedToAnother(TimeSpan now, NodeName? than = null) =>
        Promised is { } promise && now < promise.Until && promise.To != (than ?? Self) && promise.To != Self
        || (than is not null && Promised is { } own && now < own.Until && own.To == Self && Self.CompareTo(than.Value) < 0);

    // A node that was never heard may ask before it answers: the promise binds for a moment only, and it joins nobody it differs from.
    private bool AgreesWith(NodeName node) =>
        MayDiffer || !Answers.TryGetValue(node, out var known) || DifferencesTo(known.Answer).IsEmpty;

    private ImmutableList<string> DifferencesTo(FormationAnswer answer) => Agreement.DifferencesTo(
        answer.Agreement, answer.Node, hasGenesis: answer.Electorate is not null || Own.Version != ConfigurationVersion.None);

    private IEnumerable<FormationAnswer> Agreeing(TimeSpan now) => Fresh(now).Where(a => AgreesWith(a.Node));

    private IEnumerable<FormationAnswer> Fresh(TimeSpan now) =>
        from answer in Answers.Values
        where now - answer.At < Settings.AnswerTtl && answer.Answer.Node != Self
        select answer.Answer;
}

/// <summary>The times of forming a cluster.</summary>
/// <param name="AskInterval">How often all configured nodes are asked.</param>
/// <param name="AnswerTtl">How long an answer counts.</param>
/// <param name="PromiseTtl">How long a promise binds.</param>
/// <param name="PromiseRetry">How long a round of promises may take before the next one.</param>
/// <param name="QuorumTimeout">How long a cluster may be without a majority of the votes before it dissolves.</param>
public sealed record FormationSettings(
    TimeSpan AskInterval, TimeSpan AnswerTtl, TimeSpan PromiseTtl, TimeSpan PromiseRetry, TimeSpan QuorumTimeout)
{
    /// <summary>The defaults.</summary>
    public static FormationSettings Default { get; } = new(
        TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
}
