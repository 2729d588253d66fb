using System.Collections.Immutable;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Tests.Leases;

public class LeaseHolderTests
{
    private static readonly Boot _boot = new(new NodeName("pve3"), new BootId("b1"));
    private static readonly Configuration _three = Configuration(0, "pve1", "pve2", "pve3");
    private static readonly LeaseHolder _holder = new(_boot, TimeSpan.FromSeconds(10));

    [Fact]
    public void A_lease_counts_from_the_sending_of_the_round_that_a_majority_granted_not_from_the_answers()
    {
        var (holder, request) = _holder.Begin(At(100));
        (holder, var first) = holder.Hear(Grant(request, "pve1"));
        Assert.Null(first);
        (holder, _) = holder.Begin(At(104));
        (holder, var granted) = holder.Hear(Grant(request, "pve2"));
        Assert.Equal(At(110), granted!.Until);
        Assert.True(holder.IsHeld(At(109.9)));
        Assert.False(holder.IsHeld(At(110)));
    }

    [Fact]
    public void Grants_of_two_rounds_make_no_majority_and_one_voter_counts_once()
    {
        var (holder, one) = _holder.Begin(At(100));
        (holder, var two) = holder.Begin(At(101));
        Assert.NotEqual(one.Number, two.Number);
        (holder, var a) = holder.Hear(Grant(one, "pve1"));
        (holder, var b) = holder.Hear(Grant(two, "pve2"));
        (_, var c) = holder.Hear(Grant(two, "pve2"));
        Assert.All([a, b, c], granted => Assert.Null(granted));
    }

    [Fact]
    public void A_later_daemon_of_the_boot_never_uses_a_number_again()
    {
        var (first, one) = _holder.Begin(At(100));
        var (_, two) = first.Begin(At(100));
        var (_, later) = _holder.Begin(At(101));
        Assert.True(one.Number < two.Number && two.Number < later.Number);
    }

    [Fact]
    public void The_newest_configuration_that_any_answer_names_is_the_one_to_count_under()
    {
        var five = Configuration(7, "pve1", "pve2", "pve3", "pve4", "pve5");
        var (holder, request) = _holder.Begin(At(100));
        (holder, _) = holder.Hear(Grant(request, "pve4", five));
        (holder, var two) = holder.Hear(Grant(request, "pve1"));
        (holder, var three) = holder.Hear(Grant(request, "pve2"));
        Assert.Null(two);
        Assert.NotNull(three);
        Assert.Equal(five, holder.Configuration);
    }

    [Fact]
    public void A_replica_that_the_configuration_does_not_name_does_not_count_nor_does_a_refusal()
    {
        var (holder, request) = _holder.Begin(At(100));
        (holder, _) = holder.Hear(Grant(request, "pve1"));
        var other = Grant(request, "pve2");
        (holder, var amnesiac) = holder.Hear(other with { From = other.From with { Replica = new Guid(99, 0, 0, new byte[8]) } });
        (holder, var refused) = holder.Hear(Grant(request, "pve3") with { Refusal = LeaseRefusal.Denied });
        Assert.Null(amnesiac);
        Assert.Null(refused);
        Assert.Contains("pve3 denies this boot", holder.WaitsFor(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_highest_promised_epoch_of_all_who_answered_is_told()
    {
        var (holder, request) = _holder.Begin(At(100));
        (holder, _) = holder.Hear(Grant(request, "pve3") with { Refusal = LeaseRefusal.NotAdmitted, Promised = new Epoch(9, new NodeName("pve2"), 1) });
        (holder, _) = holder.Hear(Grant(request, "pve1"));
        (_, var granted) = holder.Hear(Grant(request, "pve2"));
        Assert.Equal(9, granted!.Promised.Number);
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static LeaseAnswer Grant(LeaseRequest request, string voter, Configuration? configuration = null) => new(
        new VoterIdentity(new NodeName(voter), Id(voter), 1), _boot, request.Number, LeaseRefusal.None, configuration ?? _three, new Epoch(5, new NodeName("pve1"), 1));

    private static Guid Id(string voter) => new(voter[3] - '0', 0, 0, new byte[8]);

    private static Configuration Configuration(long index, params string[] voters) =>
        new(1, index, voters.ToImmutableSortedDictionary(v => new NodeName(v), v => new Voter(new NodeName(v), Id(v), 1)));
}
