using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Leases;

/// <summary>A round that a majority granted.</summary>
/// <param name="Number">Its number.</param>
/// <param name="SentAt">When its request was first sent.</param>
/// <param name="Until">When the lease that it gives ends.</param>
/// <param name="Promised">The highest epoch that any of those who answered has promised.</param>
public sealed record LeaseGranted(long Number, TimeSpan SentAt, TimeSpan Until, Epoch Promised);

/// <summary>
/// A boot's side of its lease. Each round has a number of its own and is sent once; the lease ends <c>node-ttl</c> after the sending of the
/// newest round that a majority of the voters granted, whenever their answers came. Times are CLOCK_BOOTTIME.
/// </summary>
/// <param name="Boot">The boot.</param>
/// <param name="NodeTtl">How long a lease lasts.</param>
public sealed record LeaseHolder(Boot Boot, TimeSpan NodeTtl)
{
    private const int MaxOpenRounds = 16;

    private sealed record Round(long Number, TimeSpan SentAt, ImmutableSortedDictionary<NodeName, LeaseAnswer> Answers);

    /// <summary>When the lease ends; null before the first.</summary>
    public TimeSpan? Until { get; private init; }

    /// <summary>The configuration under which the newest round was granted: whom to ask.</summary>
    public Configuration? Configuration { get; private init; }

    /// <summary>What each voter answered last, for people.</summary>
    public ImmutableSortedDictionary<NodeName, LeaseRefusal> LastAnswers { get; private init; } = ImmutableSortedDictionary<NodeName, LeaseRefusal>.Empty;

    private ImmutableList<Round> Rounds { get; init; } = [];

    private long LastNumber { get; init; }

    /// <summary>Whether a lease is held.</summary>
    public bool IsHeld(TimeSpan now) => now < Until;

    /// <summary>Begins a round; the request is to be sent at once, and once only, to every voter.</summary>
    public (LeaseHolder Next, LeaseRequest Request) Begin(TimeSpan now)
    {
        // The clock of the boot numbers the rounds, so that no daemon of this boot uses the number of an earlier one.
        var number = Math.Max(LastNumber + 1, now.Ticks);
        var round = new Round(number, now, ImmutableSortedDictionary<NodeName, LeaseAnswer>.Empty);
        var rounds = Rounds.Count < MaxOpenRounds ? Rounds : Rounds.RemoveAt(0);
        return (this with { LastNumber = number, Rounds = rounds.Add(round) }, new LeaseRequest(Boot, number));
    }

    /// <summary>A voter answered.</summary>
    /// <returns>The round that this answer completes; null if it completes none.</returns>
    public (LeaseHolder Next, LeaseGranted? Granted) Hear(LeaseAnswer answer)
    {
        var at = Rounds.FindIndex(r => r.Number == answer.Number);
        if (answer.Boot != Boot || at < 0)
            return (this, null);
        var round = Rounds[at] with { Answers = Rounds[at].Answers.SetItem(answer.From.Node, answer) };
        var next = this with { Rounds = Rounds.SetItem(at, round), LastAnswers = LastAnswers.SetItem(answer.From.Node, answer.Refusal) };
        if (GrantedUnder(round) is not { } configuration)
            return (next, null);
        var promised = round.Answers.Values.Max(a => a.Promised);
        var granted = new LeaseGranted(round.Number, round.SentAt, round.SentAt + NodeTtl, promised);
        return (next with
        {
            // Earlier rounds could only give a lease that ends earlier.
            Rounds = next.Rounds.RemoveRange(0, at + 1),
            Until = Until > granted.Until ? Until : granted.Until,
            Configuration = configuration,
        }, granted);
    }

    /// <summary>Why there is no lease, as one phrase that names the voters.</summary>
    public string WaitsFor() => LastAnswers.IsEmpty
        ? "no voter has answered"
        : string.Join(", ", LastAnswers.Select(a => $"{a.Key} {Word(a.Value)}"));

    // The newest configuration that any answer of the round names is the one to count under: a voter that knows a newer one grants nothing under the old.
    private static Configuration? GrantedUnder(Round round)
    {
        var newest = round.Answers.Values.Select(a => a.Configuration).OfType<Configuration>().MaxBy(c => c.Version);
        return newest is not null && newest.IsMajority(round.Answers.Values.Where(a => a.IsGranted && a.From.VotesIn(newest)).Select(a => a.From.Node))
            ? newest
            : null;
    }

    private static string Word(LeaseRefusal refusal) => refusal switch
    {
        LeaseRefusal.None => "grants",
        LeaseRefusal.NoVote => "has no vote yet",
        LeaseRefusal.NotAdmitted => "knows no admission of this boot",
        LeaseRefusal.Denied => "denies this boot",
        LeaseRefusal.Late => "granted a later request",
        _ => throw new InvariantViolation($"{refusal} is no known answer to a lease request."),
    };
}
