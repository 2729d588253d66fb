using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests;

public class MemberSpecs
{
    private static readonly MemberStatus[] Statuses = Enum.GetValues<MemberStatus>();

    [Fact]
    public void A_member_goes_only_forward()
    {
        foreach (var from in Statuses)
            foreach (var to in Statuses.Where(to => MemberTransitions.IsAllowed(from, to)))
                Assert.True(MemberTransitions.Rank(to) > MemberTransitions.Rank(from), $"{from} -> {to}");
    }

    [Fact]
    public void A_step_that_is_not_allowed_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => Member(1, MemberStatus.Down).Copy(MemberStatus.Up));
        Assert.Throws<InvalidOperationException>(() => Member(1, MemberStatus.Exiting).CopyUp(4));
        Assert.Throws<InvalidOperationException>(() => Member(1, MemberStatus.Joining).Copy(MemberStatus.Exiting));
    }

    [Fact]
    public void The_one_moved_up_first_is_the_older()
    {
        Assert.True(Member(5, upNumber: 1).IsOlderThan(Member(1, upNumber: 2)));
        Assert.False(Member(1, upNumber: 2).IsOlderThan(Member(5, upNumber: 1)));
        Assert.False(Member(1, upNumber: 2).IsOlderThan(Member(1, upNumber: 2)));
    }

    [Fact]
    public void A_member_restarted_on_the_same_address_sorts_as_the_younger_whichever_uid_it_drew()
    {
        foreach (var uid in new[] { 1, 7 })
        {
            var old = Member(1, upNumber: 1);
            var restarted = new Member(Node(1, 7 - uid + 1), 4, MemberStatus.Up, [], old.AppVersion);
            var sorted = new[] { restarted, Member(2, upNumber: 2), old }.Order(Akka.Cluster.Member.AgeOrdering).ToList();
            Assert.Equal([1, 2, 4], sorted.Select(m => m.UpNumber));
        }
    }

    [Fact]
    public void The_order_by_age_is_total_also_among_members_that_are_not_up_and_share_an_address() => Properties.Hold(random =>
    {
        var members = Enumerable.Range(0, 4)
            .Select(_ => new Member(Node(random.Next(1, 3), random.Next(1, 3)), random.Next(2) == 0 ? Akka.Cluster.Member.NotYetUp : random.Next(3), MemberStatus.Joining, [], Akka.Util.AppVersion.Zero))
            .ToList();
        foreach (var a in members)
            foreach (var b in members)
            {
                Assert.Equal(Math.Sign(Akka.Cluster.Member.AgeOrdering.Compare(a, b)), -Math.Sign(Akka.Cluster.Member.AgeOrdering.Compare(b, a)));
                Assert.Equal(a.Equals(b) && a.UpNumber == b.UpNumber, Akka.Cluster.Member.AgeOrdering.Compare(a, b) == 0);
            }
    });

    [Fact]
    public void Of_two_views_the_later_status_wins_and_the_lower_up_number_is_kept()
    {
        var merged = Akka.Cluster.Member.Merge(Member(1, MemberStatus.Up, 3), Member(1, MemberStatus.Down, int.MaxValue));
        Assert.Equal((MemberStatus.Down, 3), (merged.Status, merged.UpNumber));
    }

    [Fact]
    public void Merging_views_of_a_member_is_commutative_associative_and_idempotent()
    {
        var views = (from status in Statuses from up in new[] { 1, 2, Akka.Cluster.Member.NotYetUp } select Member(1, status, up)).ToList();
        foreach (var a in views)
            foreach (var b in views)
            {
                Assert.True(Akka.Cluster.Member.Merge(a, b).IsSameViewAs(Akka.Cluster.Member.Merge(b, a)));
                Assert.True(Akka.Cluster.Member.Merge(a, a).IsSameViewAs(a));
                foreach (var c in views)
                    Assert.True(Akka.Cluster.Member.Merge(Akka.Cluster.Member.Merge(a, b), c).IsSameViewAs(Akka.Cluster.Member.Merge(a, Akka.Cluster.Member.Merge(b, c))));
            }
    }
}
