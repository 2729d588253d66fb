using Akka.Cluster.SBR;
using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests.SBR;

public class StrategySpecs
{
    [Theory]
    [InlineData(3, 5, 2, nameof(VerdictKind.KeepThisSide))]
    [InlineData(3, 5, 3, nameof(VerdictKind.DropThisSide))]
    [InlineData(3, 6, 1, nameof(VerdictKind.DropAll))]
    [InlineData(2, 3, 1, nameof(VerdictKind.KeepThisSide))]
    public void Static_quorum_keeps_a_side_with_enough_members(int size, int members, int lost, string expected) =>
        Assert.Equal(expected, new StaticQuorum(size, null).Decide(Split(Up(members), Range(members - lost + 1, members))).Kind.ToString());

    [Fact]
    public void Static_quorum_counts_the_members_of_its_role_only()
    {
        var members = new[] { Member(1, roles: "voter"), Member(2, roles: "voter"), Member(3, roles: "voter"), Member(4), Member(5) };
        Assert.Equal(VerdictKind.DropThisSide, new StaticQuorum(2, "voter").Decide(Split(members, [2, 3])).Kind);
        Assert.Equal(VerdictKind.KeepThisSide, new StaticQuorum(2, "voter").Decide(Split(members, [3, 4, 5])).Kind);
    }

    [Fact]
    public void Static_quorum_counts_nobody_who_joins_or_leaves_on_this_side()
    {
        var members = new[] { Member(1), Member(2, MemberStatus.WeaklyUp), Member(3, MemberStatus.Leaving), Member(4) };
        Assert.Equal(VerdictKind.DropThisSide, new StaticQuorum(2, null).Decide(Split(members, [4])).Kind);
    }

    [Theory]
    [InlineData(5, new[] { 4, 5 }, nameof(VerdictKind.KeepThisSide))]
    [InlineData(5, new[] { 1, 2, 3 }, nameof(VerdictKind.DropThisSide))]
    [InlineData(4, new[] { 3, 4 }, nameof(VerdictKind.KeepThisSide))]
    [InlineData(4, new[] { 1, 2 }, nameof(VerdictKind.DropThisSide))]
    [InlineData(2, new[] { 2 }, nameof(VerdictKind.KeepThisSide))]
    public void Keep_majority_keeps_the_larger_side_and_of_equal_ones_that_with_the_lowest_address(int members, int[] lost, string expected) =>
        Assert.Equal(expected, new KeepMajority(null).Decide(Split(Up(members), lost)).Kind.ToString());

    [Fact]
    public void Keep_majority_downs_all_when_members_that_join_could_tip_the_other_side()
    {
        var members = new[] { Member(1), Member(2), Member(3), Member(4, MemberStatus.Joining), Member(5, MemberStatus.Joining) };
        Assert.Equal(VerdictKind.DropAll, new KeepMajority(null).Decide(Split(members, [3, 4, 5])).Kind);
    }

    [Theory]
    [InlineData(true, new[] { 1 }, nameof(VerdictKind.KeepThisSide))]
    [InlineData(true, new[] { 2, 3 }, nameof(VerdictKind.DropThisSide))]
    [InlineData(true, new[] { 3 }, nameof(VerdictKind.KeepThisSide))]
    [InlineData(true, new[] { 1, 2 }, nameof(VerdictKind.DropThisSide))]
    [InlineData(false, new[] { 2, 3 }, nameof(VerdictKind.KeepThisSide))]
    [InlineData(false, new[] { 1 }, nameof(VerdictKind.DropThisSide))]
    public void Keep_oldest_keeps_the_side_of_the_oldest_unless_that_is_alone_and_may_be_given_up(bool downIfAlone, int[] lost, string expected) =>
        Assert.Equal(expected, new KeepOldest(downIfAlone, null).Decide(Split(Up(3), lost)).Kind.ToString());

    [Fact]
    public void Down_all_downs_all()
    {
        var resolution = Resolution.Of(Split(Up(3), [3]), new DownAll());
        Assert.True(resolution.ToDown.SetEquals([Node(1), Node(2), Node(3)]));
    }

    [Fact]
    public void Lease_majority_lets_the_minority_wait()
    {
        var strategy = new LeaseMajority(null, TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.Zero, strategy.Decide(Split(Up(3), [3])).LeaseDelay);
        Assert.Equal(TimeSpan.FromSeconds(2), strategy.Decide(Split(Up(3), [1, 2])).LeaseDelay);
        var resolution = Resolution.Of(Split(Up(3), [3]), strategy);
        Assert.True(resolution.ToDown.SetEquals([Node(3)]));
        Assert.True(resolution.ToDownWithoutLease.SetEquals([Node(1), Node(2)]));
    }

    [Fact]
    public void Who_is_down_or_exiting_needs_no_decision()
    {
        Assert.False(Split([Member(1), Member(2, MemberStatus.Down), Member(3, MemberStatus.Exiting)], [2, 3]).NeedsDecision);
        Assert.True(Split([Member(1), Member(2, MemberStatus.Joining)], [2]).NeedsDecision);
    }

    internal static SbrView Split(IEnumerable<Member> members, IEnumerable<int> lost) => new(members, lost.Select(n => Node(n)), []);

    internal static Member[] Up(int count) => Enumerable.Range(1, count).Select(n => Member(n)).ToArray();

    private static IEnumerable<int> Range(int from, int to) => Enumerable.Range(from, to - from + 1);
}
