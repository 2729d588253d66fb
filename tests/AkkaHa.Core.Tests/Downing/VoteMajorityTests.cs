using System.Collections.Immutable;
using AkkaHa.Core.Downing;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.Tests.StateLog;

namespace AkkaHa.Core.Tests.Downing;

public class VoteMajorityTests
{
    // More by environment variable: a night's run finds what a minute's does not.
    private static readonly ulong Walks = ulong.Parse(Environment.GetEnvironmentVariable("AKKAHA_WALKS") ?? "200");
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(25);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void For_every_shape_of_cut_links_the_best_connected_majority_stays_and_nothing_else_does(int nodes)
    {
        var pairs = Pairs(nodes);
        for (var shape = 0; shape < 1 << pairs.Count; shape++)
        {
            var cut = pairs.Where((_, i) => (shape & (1 << i)) != 0).ToHashSet();
            var world = new ResolverWorld(nodes);
            world.Run(Calm, TimeSpan.FromSeconds(1));
            world.Passes = (from, to) => !cut.Contains(Ordered(from, to));

            world.Run(TimeSpan.FromSeconds(13), TimeSpan.FromMilliseconds(500));

            AssertOneSurvives(world, nodes, (a, b) => !cut.Contains(Ordered(a, b)), $"{nodes} nodes without {string.Join(' ', cut)}");
        }
    }

    [Fact]
    public void Random_shapes_of_up_to_seven_nodes_with_one_way_loss_and_lost_messages_leave_one_set_at_most()
    {
        for (ulong seed = 0; seed < Walks; seed++)
        {
            var chance = new Chance(seed);
            var nodes = 3 + chance.Below(5);
            var world = new ResolverWorld(nodes, voters: nodes - chance.Below(2), lossPercent: chance.Below(30), seed) { HearsByAnswers = chance.OneIn(2) };
            world.Run(Calm);
            for (var round = 0; round < 2; round++)
            {
                var percent = 2 + chance.Below(40);
                var cut = new HashSet<(Peer, Peer)>();
                foreach (var (a, b) in Pairs(nodes).SelectMany(p => new[] { p, (p.Item2, p.Item1) }).Where(_ => chance.Below(100) < percent))
                    cut.Add((a, b));
                world.Passes = (from, to) => !cut.Contains((from, to));
                if (chance.OneIn(3))
                    world.RestartResolver(world.Peer(1 + chance.Below(nodes)));

                world.Run(TimeSpan.FromSeconds(1 + chance.Below(20)));
            }

            AssertNoTwoSets(world, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void A_single_cut_link_costs_one_node(int nodes)
    {
        foreach (var pair in Pairs(nodes))
        {
            foreach (var oneWay in new[] { false, true })
            {
                var world = new ResolverWorld(nodes);
                world.Run(Calm);
                world.Passes = (from, to) => oneWay ? (from, to) != pair : Ordered(from, to) != pair;

                world.Run(Long);

                var decision = Assert.Single(world.Decisions);
                Assert.Single(decision.Goes);
                Assert.Contains(decision.Goes.Single(), new[] { pair.Item1, pair.Item2 });
                Assert.NotEqual(world.Crm, decision.Goes.Single());
                Assert.Empty(world.Left);
                Assert.Equal(nodes - 1, world.Alive.Count);
            }
        }
    }

    [Fact]
    public void A_dead_node_is_downed_stable_after_its_silence_and_no_later_than_two_ticks()
    {
        var world = new ResolverWorld(3);
        world.Run(Calm);
        var struck = world.Now;
        world.Kill(world.Peer(1));

        world.Run(Long);

        var decision = Assert.Single(world.Decisions);
        Assert.Equal([world.Peer(1)], decision.Goes);
        Assert.InRange(decision.At - struck, TimeSpan.FromSeconds(4.3), TimeSpan.FromSeconds(4.9));
    }

    [Fact]
    public void A_silence_shorter_than_stable_after_costs_nobody()
    {
        var world = new ResolverWorld(3);
        world.Run(Calm);
        world.Passes = (from, to) => from != world.Peer(2) && to != world.Peer(2);
        world.Run(TimeSpan.FromSeconds(4));
        world.Passes = (_, _) => true;

        world.Run(Long);

        Assert.Empty(world.Decisions);
        Assert.Empty(world.Left);
    }

    [Fact]
    public void A_link_that_flaps_counts_as_cut_in_the_end_and_costs_one_node()
    {
        var world = new ResolverWorld(5) { Silence = TimeSpan.FromSeconds(0.5) };
        world.Run(Calm);
        world.Passes = (from, to) => Ordered(from, to) != (world.Peer(4), world.Peer(5)) || (int)world.Now.TotalSeconds % 2 == 0;

        world.Run(Long);

        Assert.Equal([world.Peer(5)], Assert.Single(world.Decisions).Goes);
        Assert.Equal(4, world.Alive.Count);
    }

    [Fact]
    public void A_link_that_flaps_does_not_hold_up_the_end_of_a_dead_node_for_longer_than_it_takes_to_count_as_cut()
    {
        var world = new ResolverWorld(5) { Silence = TimeSpan.FromSeconds(0.5) };
        world.Run(Calm);
        world.Passes = (from, to) => Ordered(from, to) != (world.Peer(3), world.Peer(4)) || (int)world.Now.TotalSeconds % 2 == 0;
        world.Kill(world.Peer(5));
        var struck = world.Now;

        world.Run(TimeSpan.FromSeconds(10));

        Assert.Contains(world.Decisions, d => d.Goes.Contains(world.Peer(5)) && d.At - struck < TimeSpan.FromSeconds(9));
    }

    [Fact]
    public void The_set_with_the_CRMs_node_stays_where_votes_and_nodes_are_equal()
    {
        var world = new ResolverWorld(3) { Crm = null };
        world.Crm = world.Peer(3);
        world.Run(Calm);
        world.Passes = (from, to) => Ordered(from, to) != (world.Peer(1), world.Peer(3));

        world.Run(Long);

        Assert.Equal([world.Peer(1)], Assert.Single(world.Decisions).Goes);
    }

    [Fact]
    public void Nodes_without_a_vote_decide_between_sets_of_equal_votes_but_make_no_majority()
    {
        var world = new ResolverWorld(5, voters: 3);
        world.Run(Calm);
        // Two nodes without a vote are with one voter; two voters are alone.
        var lonely = new[] { world.Peer(3), world.Peer(4), world.Peer(5) };
        world.Passes = (from, to) => lonely.Contains(from) == lonely.Contains(to);

        world.Run(Long);

        Assert.Equal(lonely, Assert.Single(world.Decisions).Goes);
        Assert.Equal([world.Peer(1), world.Peer(2)], world.Alive);
    }

    [Fact]
    public void A_learner_has_no_vote_to_give_and_nobody_goes_on_its_word()
    {
        var world = new ResolverWorld(3);
        world.SetSound(world.Peer(2), false);
        world.Run(Calm);
        world.Kill(world.Peer(3));

        world.Run(Long);
        Assert.Empty(world.Decisions);
        Assert.Empty(world.Left);
        Assert.Contains("2 votes are needed", world.VerdictOf(world.Peer(1)).Why, StringComparison.Ordinal);

        world.SetSound(world.Peer(2), true);
        world.Run(Calm);
        Assert.Equal([world.Peer(3)], Assert.Single(world.Decisions).Goes);
    }

    [Fact]
    public void A_voter_confirms_one_set_at_a_time_and_none_in_which_it_does_not_hear_everybody()
    {
        var (one, two, three) = (Peer(1), Peer(2), Peer(3));
        var now = TimeSpan.FromSeconds(100);
        var voter = new VoteMajority(two, ResolverSettings.Default, TimeSpan.Zero);
        SetProposal Propose(Peer by, params Peer[] set) => new(by, 1, [.. set], new ConfigurationVersion(1, 0));

        (voter, var first) = voter.Proposed(Propose(one, one, two), Sees(one), now);
        Assert.Null(first.Refusal);
        (voter, var again) = voter.Proposed(Propose(one, one, two), Sees(one), now + TimeSpan.FromSeconds(1));
        Assert.Null(again.Refusal);
        (voter, var other) = voter.Proposed(Propose(three, two, three), Sees(one, three), now + TimeSpan.FromSeconds(2));
        Assert.StartsWith("n2 has confirmed {n1 n2} and is bound to it", other.Refusal, StringComparison.Ordinal);
        (voter, var late) = voter.Proposed(Propose(three, two, three), Sees(one, three), now + TimeSpan.FromSeconds(3.1));
        Assert.Null(late.Refusal);
        var later = now + TimeSpan.FromSeconds(60);
        Assert.Equal("n2 does not hear n1", voter.Proposed(Propose(one, one, two), Sees(three), later).Answer.Refusal);
        Assert.Equal("n2 would not stay", voter.Proposed(Propose(one, one, three), Sees(one, three), later).Answer.Refusal);
        Assert.Equal("the replica of n2 has no vote to give", voter.Proposed(Propose(one, one, two), Sees(one) with { Votes = false }, later).Answer.Refusal);
        var newer = Sees(one) with { Electorate = new Electorate(new ConfigurationVersion(2, 9), [one.Node, two.Node]) };
        Assert.Equal("n2 knows the newer configuration g2/9", voter.Proposed(Propose(one, one, two), newer, later).Answer.Refusal);
        var restarted = new VoteMajority(two, ResolverSettings.Default, later);
        Assert.StartsWith("the resolver of n2 has just started", restarted.Proposed(Propose(one, one, two), Sees(one), later).Answer.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Confirmations_that_come_after_half_of_the_time_that_they_bind_for_are_worth_nothing()
    {
        var (one, two, three) = (Peer(1), Peer(2), Peer(3));
        foreach (var (late, acts) in new[] { (false, true), (true, false) })
        {
            var resolver = Proposing(out var proposal, out var now);
            var at = now + (late ? TimeSpan.FromSeconds(1.1) : TimeSpan.FromSeconds(0.9));
            (resolver, _) = resolver.Answered(new SetAnswer(one, proposal.Round, null), at);

            var (_, steps) = resolver.Answered(new SetAnswer(two, proposal.Round, null), at);

            Assert.Equal(acts, steps.OfType<ResolverStep.Down>().Any(d => d.Members.SetEquals([three])));
        }

        VoteMajority Proposing(out SetProposal proposal, out TimeSpan now)
        {
            var resolver = new VoteMajority(one, ResolverSettings.Default, TimeSpan.Zero);
            for (now = TimeSpan.FromSeconds(1); ; now += ResolverSettings.TickInterval)
            {
                var hears = now < TimeSpan.FromSeconds(3) ? Sees(two, three) : Sees(two);
                resolver = resolver.Heard([new DatedReport(new HearingReport(two, now.Ticks, [one], true, Electorate), TimeSpan.Zero), new DatedReport(new HearingReport(three, now.Ticks, [one, two], true, Electorate), TimeSpan.Zero)], now);
                (resolver, var steps) = resolver.Look(hears with { Votes = true }, now);
                if (steps.OfType<ResolverStep.Propose>().FirstOrDefault() is not { } propose)
                    continue;
                proposal = propose.Proposal;
                return resolver;
            }
        }
    }

    private static Electorate Electorate { get; } = new(new ConfigurationVersion(1, 0), [Peer(1).Node, Peer(2).Node, Peer(3).Node]);

    private static Peer Peer(int number) => new(new NodeName($"n{number}"), 100 + number);

    private static Surroundings Sees(params Peer[] hears) => new()
    {
        Settled = [Peer(1), Peer(2), Peer(3)],
        Hears = [.. hears],
        Votes = true,
        Electorate = Electorate,
    };

    private static List<(Peer, Peer)> Pairs(int nodes) =>
        [.. from a in Enumerable.Range(1, nodes) from b in Enumerable.Range(1, nodes) where a < b select (Peer(a), Peer(b))];

    private static (Peer, Peer) Ordered(Peer a, Peer b) => a.CompareTo(b) < 0 ? (a, b) : (b, a);

    private static void AssertOneSurvives(ResolverWorld world, int nodes, Func<Peer, Peer, bool> connected, string shape)
    {
        AssertNoTwoSets(world, shape);
        var all = Enumerable.Range(1, nodes).Select(Peer).ToImmutableSortedSet();
        var best = ConnectedSetTests.BestByTryingAll(all, connected, _ => true, Peer(1));
        var expected = best.Count >= Majorities.Of(nodes) ? best : [];
        Assert.True(expected.SetEquals(world.Alive), $"{shape}: expected {Show(expected)}, alive are {Show(world.Alive)}");
        Assert.True(world.Decisions.Count <= 1, $"{shape}: {world.Decisions.Count} decisions");
    }

    // Two sets were both in force if neither decision knew of the other and each keeps whom the other has not downed.
    private static void AssertNoTwoSets(ResolverWorld world, string shape)
    {
        for (var i = 0; i < world.Decisions.Count; i++)
        {
            for (var j = i + 1; j < world.Decisions.Count; j++)
            {
                var (first, second) = (world.Decisions[i], world.Decisions[j]);
                var inTurn = second.Stays.IsSubsetOf(first.Stays);
                var apart = second.At - first.At >= ResolverSettings.Default.ConfirmationTtl / 2;
                Assert.True(inTurn || apart, $"{shape}: {Show(first.Stays)} at {first.At} and {Show(second.Stays)} at {second.At} both stay");
            }
        }
    }

    private static string Show(IEnumerable<Peer> peers) => $"{{{string.Join(' ', peers)}}}";
}
