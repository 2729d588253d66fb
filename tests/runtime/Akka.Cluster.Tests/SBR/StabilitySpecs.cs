using Akka.Cluster.SBR;
using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests.SBR;

public class StabilitySpecs
{
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);
    private readonly Stability _stability = new(StableAfter, TimeSpan.FromSeconds(5));

    [Fact]
    public void The_picture_is_stable_after_it_has_not_changed_for_long_enough()
    {
        Observe(0, 3);
        Observe(4, 3);
        Assert.False(_stability.IsStable(At(9)));
        Assert.True(_stability.IsStable(At(10)));
        Observe(11, 2, 3);
        Assert.False(_stability.IsStable(At(20)));
        Assert.True(_stability.IsStable(At(21)));
    }

    [Fact]
    public void Who_joins_does_not_put_off_a_decision()
    {
        _stability.Observe(StrategySpecs.Split([Member(1), Member(2)], [2]), At(0));
        _stability.Observe(StrategySpecs.Split([Member(1), Member(2), Member(3, MemberStatus.Joining)], [2]), At(9));
        Assert.True(_stability.IsStable(At(10)));
        _stability.Observe(StrategySpecs.Split([Member(1), Member(2), Member(3)], [2]), At(12));
        Assert.False(_stability.IsStable(At(13)));
    }

    [Fact]
    public void Reachability_that_never_rests_is_unstable_for_too_long()
    {
        for (var second = 0; second <= 15; second += 3) Observe(second, second % 2 == 0 ? [2] : [2, 3]);
        Assert.False(_stability.IsUnstableForTooLong(At(15)));
        Assert.True(_stability.IsUnstableForTooLong(At(16)));
    }

    [Fact]
    public void Two_changes_are_no_sign_of_unrest()
    {
        Observe(0, 2);
        Observe(9, 2, 3);
        Assert.False(_stability.IsUnstableForTooLong(At(18)));
    }

    [Fact]
    public void The_unrest_ends_when_all_are_back_or_nothing_happens_for_twice_the_time()
    {
        for (var second = 0; second <= 12; second += 3) Observe(second, second % 2 == 0 ? [2] : [2, 3]);
        Observe(13);
        Observe(14, 2);
        Assert.False(_stability.IsUnstableForTooLong(At(28)));
        for (var second = 40; second <= 46; second += 3) Observe(second, second % 2 == 0 ? [3] : [2, 3]);
        Observe(80, 2);
        Assert.False(_stability.IsUnstableForTooLong(At(90)));
    }

    [Fact]
    public void Turned_off_it_never_downs_all()
    {
        var never = new Stability(StableAfter, TimeSpan.Zero);
        for (var second = 0; second <= 99; second += 3) never.Observe(StrategySpecs.Split(StrategySpecs.Up(3), second % 2 == 0 ? [2] : [2, 3]), At(second));
        Assert.False(never.IsUnstableForTooLong(At(100)));
    }

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);

    private void Observe(int second, params int[] lost) => _stability.Observe(StrategySpecs.Split(StrategySpecs.Up(3), lost), At(second));
}
