using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests;

public class ReachabilitySpecs
{
    private const int Nodes = 4;
    private static readonly HashSet<UniqueAddress> All = Enumerable.Range(1, Nodes).Select(n => Node(n)).ToHashSet();

    [Fact]
    public void A_node_is_unreachable_while_one_observer_finds_it_so()
    {
        var found = Reachability.Empty.Unreachable(Node(1), Node(3)).Unreachable(Node(2), Node(3));
        var half = found.Reachable(Node(1), Node(3));
        Assert.False(half.IsReachable(Node(3)));
        Assert.True(half.IsReachable(Node(1), Node(3)));
        Assert.True(half.Reachable(Node(2), Node(3)).IsReachable(Node(3)));
    }

    [Fact]
    public void Finding_the_same_again_changes_nothing()
    {
        var found = Reachability.Empty.Unreachable(Node(1), Node(2));
        Assert.Same(found, found.Unreachable(Node(1), Node(2)));
        Assert.Same(found, found.Reachable(Node(1), Node(3)));
    }

    [Fact]
    public void The_later_findings_of_an_observer_win_a_merge()
    {
        var before = Reachability.Empty.Unreachable(Node(1), Node(2));
        var after = before.Reachable(Node(1), Node(2));
        Assert.True(before.Merge(after, All).IsReachable(Node(2)));
        Assert.True(after.Merge(before, All).IsReachable(Node(2)));
    }

    [Fact]
    public void What_concerns_no_member_is_dropped_in_a_merge()
    {
        var found = Reachability.Empty.Unreachable(Node(1), Node(9)).Unreachable(Node(9), Node(2));
        Assert.True(found.Merge(Reachability.Empty, All).IsAllReachable);
    }

    [Fact]
    public void Findings_of_excluded_observers_count_for_nothing()
    {
        var found = Reachability.Empty.Unreachable(Node(1), Node(2)).Unreachable(Node(3), Node(4));
        var left = found.WithoutObservers(new HashSet<UniqueAddress> { Node(1) });
        Assert.True(left.IsReachable(Node(2)));
        Assert.False(left.IsReachable(Node(4)));
    }

    [Fact]
    public void Merge_is_commutative_associative_and_idempotent() => Properties.Hold(random =>
    {
        // Copies of one history, each of which some observers have gone on writing to: no row is ever changed by two.
        var origin = Written(random, Reachability.Empty, 0);
        var (a, b, c) = (Written(random, origin, 1), Written(random, origin, 2), Written(random, origin, 3));
        Assert.Equal(a.Merge(b, All), b.Merge(a, All));
        Assert.Equal(a.Merge(b, All).Merge(c, All), a.Merge(b.Merge(c, All), All));
        Assert.Equal(a, a.Merge(a, All));
    });

    private static Reachability Written(Random random, Reachability start, int onlyObserver)
    {
        var result = start;
        for (var step = 0; step < random.Next(8); step++)
        {
            var observer = Node(onlyObserver == 0 ? random.Next(1, Nodes + 1) : onlyObserver);
            var subject = Node(random.Next(1, Nodes + 1));
            if (observer == subject) continue;
            result = random.Next(2) == 0 ? result.Unreachable(observer, subject) : result.Reachable(observer, subject);
        }

        return result;
    }
}
