using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Downing;

/// <summary>
/// The <c>vote-majority</c> resolver of one member (DESIGN §4): collects who hears whom, finds the set that stays, and acts on it only with the
/// confirmations of a majority of the expected votes, each of which is bound to one set at a time.
/// </summary>
/// <remarks>
/// Safety rests on the confirmations alone: two sets that are in force at the same time share a voter, which is bound to one. That all
/// members compute the same set only makes sure that it gets its confirmations.
/// </remarks>
/// <param name="Self">This member.</param>
/// <param name="Settings">Its times.</param>
/// <param name="StartedAt">When this resolver began: what one before it on this member confirmed is not known, so it confirms nothing until that has expired.</param>
public sealed record VoteMajority(Peer Self, ResolverSettings Settings, TimeSpan StartedAt)
{
    private Reports Reports { get; init; } = new();

    private Links Links { get; init; } = new(Settings);

    private Binding? Bound { get; init; }

    private Round? Open { get; init; }

    /// <summary>What this member made of its last look.</summary>
    public Verdict Verdict { get; private init; } = new Verdict.Keep();

    /// <summary>The newest voters that any member reports.</summary>
    public Electorate? Electorate { get; private init; }

    private sealed record Binding(ImmutableSortedSet<Peer> Set, TimeSpan Until);

    private sealed record Round(long Id, ImmutableSortedSet<Peer> Set, ImmutableSortedSet<Peer> Others, Electorate Electorate, TimeSpan StartedAt)
    {
        public ImmutableSortedSet<NodeName> Confirmed { get; init; } = [];
    }

    /// <summary>Takes reports of other members in, their own or relayed ones.</summary>
    public VoteMajority Heard(IEnumerable<DatedReport> reports, TimeSpan now) =>
        this with { Reports = reports.Where(r => r.Report.From != Self && r.Age >= TimeSpan.Zero).Aggregate(Reports, (all, r) => all.With(r.Report, now - r.Age)) };

    /// <summary>Looks again: reports to the others, and does what is due.</summary>
    public (VoteMajority Next, ImmutableList<ResolverStep> Steps) Look(Surroundings seen, TimeSpan now)
    {
        var members = seen.Settled.Union(seen.Joining);
        var own = new HearingReport(Self, now.Ticks, seen.Hears, seen.Votes, seen.Electorate);
        var reports = Reports.Without(peer => !members.Contains(peer), now, Settings.ReportTtl).With(own, now);
        var links = Links.Observe(members, reports.AreConnected, now);
        var next = this with { Reports = reports, Links = links, Electorate = reports.Newest(seen.Electorate) };
        next = next with { Verdict = next.Decide(seen, now) };
        // Relays are for those who cannot hear each other: while all is well a member's own word is enough.
        var told = next.Verdict is Verdict.Keep && links.AllUp ? [new DatedReport(own, TimeSpan.Zero)] : reports.Dated(now);
        ResolverStep tell = new ResolverStep.Report(members.Remove(Self), told);
        var (acted, steps) = next.Act(now);
        return (acted, steps.Insert(0, tell));
    }

    /// <summary>Another member proposes a set.</summary>
    public (VoteMajority Next, SetAnswer Answer) Proposed(SetProposal proposal, Surroundings seen, TimeSpan now) =>
        Refuse(proposal, seen, now) is { } reason
            ? (this, new SetAnswer(Self, proposal.Round, reason))
            : (this with { Bound = new Binding(proposal.Set, now + Settings.ConfirmationTtl) }, new SetAnswer(Self, proposal.Round, null));

    /// <summary>A voter answered a proposal of this member.</summary>
    public (VoteMajority Next, ImmutableList<ResolverStep> Steps) Answered(SetAnswer answer, TimeSpan now)
    {
        if (Open is not { } round || answer.Round != round.Id || answer.Refusal is not null || !round.Set.Contains(answer.From))
            return (this, []);
        return (this with { Open = round with { Confirmed = round.Confirmed.Add(answer.From.Node) } }).Count(now);
    }

    private string? Refuse(SetProposal proposal, Surroundings seen, TimeSpan now)
    {
        var electorate = Reports.Newest(seen.Electorate);
        if (proposal.Version < electorate.Version)
            return $"{Self} knows the newer configuration {electorate.Version}";
        if (!seen.Votes)
            return $"the replica of {Self} has no vote to give";
        if (!proposal.Set.Contains(Self))
            return $"{Self} would not stay";
        if (proposal.Set.FirstOrDefault(p => p != Self && !seen.Hears.Contains(p)) is { Node.Value.Length: > 0 } silent)
            return $"{Self} does not hear {silent}";
        if (now - StartedAt < Settings.ConfirmationTtl)
            return $"the resolver of {Self} has just started and may be bound by what it confirmed before";
        return Bound is { } bound && now < bound.Until && !bound.Set.SetEquals(proposal.Set)
            ? $"{Self} has confirmed {Names(bound.Set)} and is bound to it for {(bound.Until - now).TotalSeconds:0.0} s more"
            : null;
    }

    private Verdict Decide(Surroundings seen, TimeSpan now)
    {
        var electorate = Electorate!;
        var settled = seen.Settled;
        bool MayBeUp(Peer a, Peer b) => Links.Between(a, b, now) != LinkCondition.Cut;
        bool IsUp(Peer a, Peer b) => Links.Between(a, b, now) == LinkCondition.Connected;
        bool IsVoter(Peer p) => electorate.Voters.Contains(p.Node);
        bool HasVote(Peer p) => IsVoter(p) && Reports.Of(p) is { Votes: true };

        var withSelf = ConnectedSet.Best(settled, MayBeUp, IsVoter, seen.Crm, Self);
        if (withSelf.Count < settled.Count && withSelf.Votes(electorate) < electorate.Majority)
        {
            return new Verdict.Leave(FormattableString.Invariant(
                $"{Self} hears {Names(withSelf)} at most, which is {withSelf.Votes(electorate)} of {electorate.Voters.Count} votes, and {electorate.Majority} are needed"));
        }

        var best = ConnectedSet.Best(settled, MayBeUp, HasVote, seen.Crm);
        if (!best.SetEquals(ConnectedSet.Best(settled, IsUp, HasVote, seen.Crm)))
            return new Verdict.Wait($"links are changing: {Links.Describe(LinkCondition.Changing, now)}");
        // Who has not come up yet and is cut off from one that stays would keep everybody else from coming up.
        var others = settled.Except(best).Union(seen.Joining.Where(j => best.Any(p => Links.Between(p, j, now) == LinkCondition.Cut)));
        if (others.IsEmpty)
            return new Verdict.Keep();
        var votes = best.Where(HasVote).ToImmutableSortedSet().Votes(electorate);
        var why = FormattableString.Invariant(
            $"{Names(best)} hear each other and have {votes} of {electorate.Voters.Count} votes; cut links: {Links.Describe(LinkCondition.Cut, now)}");
        if (votes < electorate.Majority)
            return new Verdict.Wait(FormattableString.Invariant($"{why}; {electorate.Majority} votes are needed"));
        return best.Min == Self ? new Verdict.Propose(best, others, why) : new Verdict.Follow(best, why);
    }

    private (VoteMajority Next, ImmutableList<ResolverStep> Steps) Act(TimeSpan now)
    {
        switch (Verdict)
        {
            case Verdict.Leave leave:
                return (this with { Open = null }, [new ResolverStep.Down([Self], leave.Why)]);
            case Verdict.Propose propose:
                return Propose(propose, now);
            default:
                return (this with { Open = null }, []);
        }
    }

    private (VoteMajority Next, ImmutableList<ResolverStep> Steps) Propose(Verdict.Propose verdict, TimeSpan now)
    {
        var electorate = Electorate!;
        var round = Open;
        if (round is null || !round.Set.SetEquals(verdict.Set) || !round.Others.SetEquals(verdict.Others) || round.Electorate != electorate || !IsInTime(round, now))
            round = new Round(now.Ticks, verdict.Set, verdict.Others, electorate, now);
        var proposal = new SetProposal(Self, round.Id, round.Set, electorate.Version);
        var voters = round.Set.Where(p => electorate.Voters.Contains(p.Node) && !round.Confirmed.Contains(p.Node)).ToImmutableSortedSet();
        return (this with { Open = round }, [new ResolverStep.Propose(voters, proposal)]);
    }

    // Half the time that voters are bound: so much is left for the news of who was downed to reach them before they may confirm another set.
    private bool IsInTime(Round round, TimeSpan now) => now - round.StartedAt <= Settings.ConfirmationTtl / 2;

    private (VoteMajority Next, ImmutableList<ResolverStep> Steps) Count(TimeSpan now)
    {
        var round = Open!;
        if (!round.Electorate.IsMajority(round.Confirmed) || !IsInTime(round, now))
            return (this, []);
        return (this with { Open = null }, [new ResolverStep.Down(round.Others, Verdict.Why)]);
    }

    private static string Names(IEnumerable<Peer> peers) => $"{{{string.Join(' ', peers)}}}";
}
