using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Tests.Forming;

public class FormationTests
{
    private static readonly NodeName _pve1 = new("pve1");
    private static readonly NodeName _pve2 = new("pve2");
    private static readonly NodeName _pve3 = new("pve3");
    private static readonly ImmutableSortedSet<NodeName> _three = [_pve1, _pve2, _pve3];
    private static readonly TimeSpan _now = TimeSpan.FromMinutes(5);

    [Fact]
    public void A_node_that_hears_nobody_only_asks_and_says_what_it_waits_for()
    {
        var (formation, steps) = Node(_pve1).Tick(_now);

        Assert.IsType<FormationStep.Ask>(Assert.Single(steps));
        Assert.Equal("no quorum: 1 of 3 votes are here and 2 are needed; no answer from pve2, pve3", formation.WaitsFor(_now));
    }

    [Fact]
    public void The_lowest_name_of_a_majority_forms_the_cluster_with_a_majority_of_promises()
    {
        var (candidate, steps) = Node(_pve1).Heard(Outside(_pve2), _now).Tick(_now);
        var request = Assert.Single(steps.OfType<FormationStep.RequestPromises>());
        Assert.Equal([_pve2], request.Voters);

        var (_, formed) = candidate.Answered(_pve2, request.Round, granted: true, _now);

        Assert.IsType<FormationStep.Form>(Assert.Single(formed));
    }

    [Fact]
    public void A_higher_name_does_not_form_a_cluster_while_it_hears_a_lower_one()
    {
        var (_, steps) = Node(_pve2).Heard(Outside(_pve1), _now).Heard(Outside(_pve3), _now).Tick(_now);

        Assert.Empty(steps.OfType<FormationStep.RequestPromises>());
    }

    [Fact]
    public void A_promise_is_exclusive_until_it_expires()
    {
        var (promised, first) = Node(_pve3).Requested(_pve2, 1, _now);
        var (_, second) = promised.Requested(_pve1, 1, _now);
        var (_, later) = promised.Requested(_pve1, 2, _now + FormationSettings.Default.PromiseTtl);

        Assert.True(first.Granted);
        Assert.False(second.Granted);
        Assert.True(later.Granted);
    }

    [Fact]
    public void A_promise_that_comes_too_late_forms_nothing()
    {
        var (candidate, steps) = Node(_pve1).Heard(Outside(_pve2), _now).Tick(_now);
        var round = steps.OfType<FormationStep.RequestPromises>().Single().Round;

        var (_, late) = candidate.Answered(_pve2, round, granted: true, _now + FormationSettings.Default.PromiseTtl);

        Assert.Empty(late);
    }

    [Fact]
    public void A_candidate_that_promised_a_lower_name_forms_nothing_with_the_promises_it_had_asked_for()
    {
        var (candidate, steps) = Node(_pve2).Heard(Outside(_pve3), _now).Tick(_now);
        var round = steps.OfType<FormationStep.RequestPromises>().Single().Round;

        var (promised, answer) = candidate.Requested(_pve1, 1, _now);
        var (_, formed) = promised.Answered(_pve3, round, granted: true, _now);

        Assert.True(answer.Granted);
        Assert.Empty(formed);
    }

    [Fact]
    public void A_quorate_cluster_is_joined_rather_than_another_one_formed()
    {
        var (_, steps) = Node(_pve1).Heard(Outside(_pve2), _now).Heard(new FormationAnswer(_pve3, 1, FormationStanding.Quorate, 1), _now).Tick(_now);

        Assert.Equal(new FormationStep.Join(_pve3), Assert.Single(steps));
    }

    [Fact]
    public void The_newest_generation_is_joined()
    {
        var (_, steps) = Node(_pve1)
            .Heard(new FormationAnswer(_pve2, 1, FormationStanding.Quorate, 1), _now)
            .Heard(new FormationAnswer(_pve3, 1, FormationStanding.Quorate, 2), _now)
            .Tick(_now);

        Assert.Equal(new FormationStep.Join(_pve3), Assert.Single(steps));
    }

    [Fact]
    public void Voters_that_another_node_knows_count_while_its_answer_does_and_older_ones_get_no_promise()
    {
        var two = new Electorate(new ConfigurationVersion(1, 9), [_pve1, _pve2]);
        var one = new Electorate(new ConfigurationVersion(2, 12), [_pve1]);
        var told = Node(_pve2).Heard(Outside(_pve1) with { Electorate = two }, _now);

        Assert.Equal(two, told.Electorate);
        Assert.False(told.Requested(_pve1, 1, _now, new ConfigurationVersion(1, 3)).Answer.Granted);
        Assert.True(told.Requested(_pve1, 1, _now, two.Version).Answer.Granted);
        Assert.Equal(_three, told.Tick(_now + FormationSettings.Default.AnswerTtl).Next.Electorate.Voters);
        // One vote of an operator's new generation forms a cluster, and the node that was left out forms none.
        Assert.IsType<FormationStep.RequestPromises>(Node(_pve1).Knowing(two, _now).Heard(Outside(_pve2), _now).Tick(_now).Steps[^1]);
        Assert.IsType<FormationStep.Form>(Assert.Single(Node(_pve1).Knowing(one, _now).Tick(_now).Steps));
        Assert.IsType<FormationStep.Ask>(Assert.Single(Node(_pve2).Heard(Outside(_pve1) with { Electorate = one }, _now).Heard(Outside(_pve3), _now).Tick(_now).Steps));
        Assert.IsType<FormationStep.Ask>(Assert.Single((Node(_pve1) with { CanVote = false }).Heard(Outside(_pve2), _now).Tick(_now).Steps));
    }

    [Fact]
    public void A_forming_cluster_is_joined_only_by_those_who_promised_it()
    {
        var forming = new FormationAnswer(_pve1, 1, FormationStanding.Forming, 0);
        var (promised, _) = Node(_pve2).Requested(_pve1, 1, _now);

        Assert.Equal(new FormationStep.Join(_pve1), Assert.Single(promised.Heard(forming, _now).Tick(_now).Steps));
        Assert.Empty(Node(_pve2).Heard(forming, _now).Tick(_now).Steps.OfType<FormationStep.Join>());
    }

    [Fact]
    public void A_node_with_other_settings_joins_nobody_and_says_which_unless_it_may_differ()
    {
        var longer = new Agreement(Agreement.None.Values.Add("akkaha.lease.node-ttl", "12 s"));
        var shorter = new Agreement(Agreement.None.Values.Add("akkaha.lease.node-ttl", "10 s"));
        var quorate = new FormationAnswer(_pve3, 1, FormationStanding.Quorate, 1) { Agreement = shorter };
        var other = (Node(_pve1) with { Agreement = longer }).Heard(quorate, _now).Heard(Outside(_pve2) with { Agreement = shorter }, _now);

        Assert.Equal([new FormationStep.Ask()], other.Tick(_now).Steps);
        Assert.Contains("akkaha.lease.node-ttl is 12 s here and 10 s on pve2; akkaha.lease.node-ttl is 12 s here and 10 s on pve3", other.WaitsFor(_now), StringComparison.Ordinal);
        Assert.Contains("set akkaha.settings-may-differ = on", other.WaitsFor(_now), StringComparison.Ordinal);
        Assert.Equal(new FormationStep.Join(_pve3), Assert.Single((other with { MayDiffer = true }).Tick(_now).Steps));
    }

    [Fact]
    public void Nodes_that_agree_form_a_cluster_without_one_that_differs_and_promise_it_nothing()
    {
        var differs = Outside(_pve1) with { Agreement = new Agreement(Agreement.None.Values.Add("akkaha.quorum.resolver", "keep-oldest")) };
        var own = new Agreement(Agreement.None.Values.Add("akkaha.quorum.resolver", "vote-majority"));
        var pve2 = (Node(_pve2) with { Agreement = own }).Heard(differs, _now).Heard(Outside(_pve3) with { Agreement = own }, _now);

        Assert.False(pve2.Requested(_pve1, 1, _now).Answer.Granted);
        Assert.Equal([_pve3], pve2.Tick(_now).Steps.OfType<FormationStep.RequestPromises>().Single().Voters);
    }

    [Fact]
    public void Votes_in_the_settings_are_compared_only_before_the_log_says_who_votes()
    {
        var two = new Agreement(Agreement.None.Values.Add(Agreement.VotesKey, "pve1 pve2"));
        var three = new Agreement(Agreement.None.Values.Add(Agreement.VotesKey, "pve1 pve2 pve3"));
        var answer = new FormationAnswer(_pve3, 1, FormationStanding.Quorate, 1) { Agreement = three };
        var joining = Node(_pve1) with { Agreement = two };

        Assert.Empty(joining.Heard(answer, _now).Tick(_now).Steps.OfType<FormationStep.Join>());
        Assert.Single(joining.Heard(answer with { Electorate = new Electorate(new ConfigurationVersion(1, 9), _three) }, _now).Tick(_now).Steps.OfType<FormationStep.Join>());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void A_cluster_is_formed_only_while_a_majority_of_promises_to_it_holds(int voters)
    {
        var names = Enumerable.Range(1, voters).Select(i => new NodeName($"pve{i}")).ToImmutableSortedSet();
        for (var seed = 0; seed < 500; seed++)
        {
            var chance = new Random(seed);
            var nodes = names.ToDictionary(n => n, n => new Formation(n, names, FormationSettings.Default));
            var promises = new Dictionary<NodeName, (NodeName To, TimeSpan Until)>();
            var now = _now;
            for (var step = 0; step < 200; step++)
            {
                now += TimeSpan.FromMilliseconds(chance.Next(0, 120));
                var self = names[chance.Next(voters)];
                foreach (var other in names.Where(n => n != self && chance.Next(2) == 0))
                    nodes[self] = nodes[self].Heard(Outside(other), now);
                (nodes[self], var steps) = nodes[self].Tick(now);
                foreach (var request in steps.OfType<FormationStep.RequestPromises>())
                {
                    promises[self] = (self, now + FormationSettings.Default.PromiseTtl);
                    foreach (var voter in request.Voters.Where(_ => chance.Next(3) != 0))
                    {
                        (nodes[voter], var answer) = nodes[voter].Requested(self, request.Round, now);
                        if (answer.Granted)
                            promises[voter] = (self, now + FormationSettings.Default.PromiseTtl);
                        (nodes[self], var more) = nodes[self].Answered(voter, answer.Round, answer.Granted, now);
                        if (more.OfType<FormationStep.Form>().Any())
                            Assert.True(promises.Values.Count(p => p.To == self && p.Until > now) >= Majorities.Of(voters), $"seed {seed}");
                    }
                }
            }
        }
    }

    private static Formation Node(NodeName self) => new(self, _three, FormationSettings.Default);

    private static FormationAnswer Outside(NodeName node) => new(node, 1, FormationStanding.Outside, 0);
}
