using System.Collections.Immutable;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Tests.Leases;

public class GrantLedgerTests
{
    private static readonly NodeName _self = new("pve1");
    private static readonly Boot _boot = new(new NodeName("pve3"), new BootId("b1"));
    private static readonly LeaseTerms _terms = new(Seconds(10), Seconds(5), IsArmed: true);
    private static readonly LeaseSettings _settings = LeaseSettings.Default with { Drift = 0.1, Margin = Seconds(1) };
    private static readonly VoterIdentity _identity = new(_self, new Guid(1, 0, 0, new byte[8]), 1);

    private static readonly Epoch _promised = new(5, _self, 1);

    // (10 + 2 · 5) · 1.1 + 1
    private static readonly TimeSpan _bound = Seconds(23);

    [Fact]
    public void It_grants_nothing_before_its_log_is_recovered_nor_while_it_has_no_vote()
    {
        var ledger = new GrantLedger(_self, Seconds(100));
        Assert.Equal(LeaseRefusal.NoVote, Ask(ledger, 1, 101).Answer.Refusal);
        Assert.Equal(LeaseRefusal.NoVote, Ask(ledger.Follow(Roll(), Seconds(101)).Follow(null, Seconds(102)), 1, 103).Answer.Refusal);
    }

    [Fact]
    public void It_grants_to_the_admitted_boot_alone_and_tells_the_promised_epoch_and_the_configuration()
    {
        var ledger = new GrantLedger(_self, Seconds(100)).Follow(Roll(), Seconds(100));
        var (_, answer) = Ask(ledger, 7, 101);
        Assert.True(answer.IsGranted);
        Assert.Equal(5, answer.Promised.Number);
        Assert.Equal(new ConfigurationVersion(1, 0), answer.Configuration!.Version);
        var other = ledger.Ask(new LeaseRequest(_boot with { Id = new BootId("b2") }, 7), Seconds(101)).Answer;
        Assert.Equal(LeaseRefusal.NotAdmitted, other.Refusal);
    }

    [Fact]
    public void It_refuses_from_the_denial_on_and_grants_again_when_a_truncation_lifts_it()
    {
        var ledger = new GrantLedger(_self, Seconds(100)).Follow(Roll(denial: 9), Seconds(100));
        Assert.Equal(LeaseRefusal.Denied, Ask(ledger, 7, 101).Answer.Refusal);
        Assert.True(Ask(ledger.Follow(Roll(), Seconds(102)), 8, 103).Answer.IsGranted);
    }

    [Fact]
    public void A_late_request_is_refused_and_makes_no_bound_longer()
    {
        var (ledger, _) = Ask(new GrantLedger(_self, Seconds(0)).Follow(Roll(), Seconds(0)), 8, 200);
        (ledger, var late) = Ask(ledger, 7, 300);
        Assert.Equal(LeaseRefusal.Late, late.Refusal);
        Assert.Equal(TimeSpan.Zero, Bound(ledger.Follow(Roll(denial: 9), Seconds(301)), 9, 200 + _bound.TotalSeconds));
    }

    [Theory]
    [InlineData("grant")]
    [InlineData("start")]
    [InlineData("configuration")]
    [InlineData("terms")]
    public void The_bound_counts_from_the_latest_of_its_last_grant_its_start_and_its_append_of_the_newest_configuration_and_terms(string latest)
    {
        var ledger = new GrantLedger(_self, Seconds(latest == "start" ? 500 : 0)).Follow(Roll(), Seconds(0));
        ledger = Ask(ledger, 3, latest == "grant" ? 500 : 1).Next;
        if (latest == "configuration")
            ledger = ledger.Follow(Roll(configuration: 4), Seconds(500));
        if (latest == "terms")
            ledger = ledger.Follow(Roll(terms: 6), Seconds(500));
        var denied = ledger.Follow(Roll(9, latest == "configuration" ? 4 : 0, latest == "terms" ? 6 : 2), Seconds(501));
        var version = latest == "configuration" ? 4 : 0;
        Assert.Equal(Seconds(1), Bound(denied, 9, 500 + _bound.TotalSeconds - 1, version));
        Assert.Equal(TimeSpan.Zero, Bound(denied, 9, 500 + _bound.TotalSeconds, version));
    }

    [Fact]
    public void It_tells_nothing_of_a_denial_it_does_not_hold_under_another_configuration_or_of_a_boot_without_a_watchdog()
    {
        var ledger = new GrantLedger(_self, Seconds(0)).Follow(Roll(denial: 9), Seconds(0));
        Assert.Null(Bound(ledger, 8, 1000));
        Assert.Null(Bound(ledger, 9, 1000, configuration: 5));
        Assert.Null(Bound(ledger.Follow(Roll(), Seconds(1)), 9, 1000));
        Assert.Null(Bound(ledger.Follow(null, Seconds(1)), 9, 1000));
        Assert.Null(Bound(ledger.Follow(Roll(denial: 9, armed: false), Seconds(1)), 9, 1000));
    }

    [Fact]
    public void It_tells_the_bound_only_to_the_CRM_whose_epoch_it_has_promised_since_another_could_still_lift_the_denial()
    {
        var ledger = new GrantLedger(_self, Seconds(0)).Follow(Roll(denial: 9), Seconds(0));
        Assert.Equal(TimeSpan.Zero, Bound(ledger, 9, 1000));
        Assert.Null(Bound(ledger, 9, 1000, epoch: _promised with { Number = 4 }));
        Assert.Null(Bound(ledger, 9, 1000, epoch: _promised with { Number = 6 }));
    }

    [Fact]
    public void It_tells_nothing_of_a_denial_that_it_does_not_know_as_committed_since_it_may_be_another_one()
    {
        var ledger = new GrantLedger(_self, Seconds(0)).Follow(Roll(denial: 9, commit: 8), Seconds(0));
        Assert.Null(Bound(ledger, 9, 1000));
        Assert.Equal(TimeSpan.Zero, Bound(ledger.Follow(Roll(denial: 9, commit: 9), Seconds(1)), 9, 1000));
    }

    internal static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static (GrantLedger Next, LeaseAnswer Answer) Ask(GrantLedger ledger, long number, double at) =>
        ledger.Ask(new LeaseRequest(_boot, number), Seconds(at));

    private static TimeSpan? Bound(GrantLedger ledger, long denial, double at, long configuration = 0, Epoch? epoch = null) =>
        ledger.Ask(new BoundQuestion(_boot, denial, new ConfigurationVersion(1, configuration), epoch ?? _promised), _settings, Seconds(at)).Remaining;

    private static LeaseRoll Roll(long? denial = null, long configuration = 0, long terms = 2, bool armed = true, long commit = 20) => new(
        _identity,
        new Configuration(1, configuration, ImmutableSortedDictionary<NodeName, Voter>.Empty.Add(_self, new Voter(_self, _identity.Replica, 1))),
        _promised,
        commit,
        ImmutableSortedDictionary<NodeName, RollEntry>.Empty.Add(_boot.Node, new RollEntry(_boot, denial, _terms with { IsArmed = armed }, terms)));
}
