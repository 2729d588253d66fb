using System.Collections.Immutable;
using FsCheck.Fluent;

namespace Akka.Cluster.Tests;

public class VectorClockSpecs
{
    private static readonly VectorClock.Node A = VectorClock.Node.Create("a");
    private static readonly VectorClock.Node B = VectorClock.Node.Create("b");

    [Fact]
    public void A_clock_is_before_itself_incremented()
    {
        var clock = VectorClock.Create().Increment(A);
        var later = clock.Increment(B);
        Assert.True(clock < later);
        Assert.True(later > clock);
        Assert.Equal(VectorClock.Ordering.Before, clock.CompareTo(later));
    }

    [Fact]
    public void Changes_made_apart_are_concurrent()
    {
        var origin = VectorClock.Create().Increment(A);
        Assert.True(origin.Increment(A).IsConcurrentWith(origin.Increment(B)));
    }

    [Fact]
    public void A_pruned_clock_forgets_the_node()
    {
        var clock = VectorClock.Create().Increment(A).Increment(B);
        Assert.Equal(VectorClock.Create().Increment(B), clock.Prune(A));
    }

    [Fact]
    public void A_node_with_count_zero_is_as_if_absent()
    {
        var zero = VectorClock.Create(ImmutableSortedDictionary<VectorClock.Node, long>.Empty.Add(A, 0));
        Assert.Equal(VectorClock.Create(), zero);
        Assert.Equal(VectorClock.Create().GetHashCode(), zero.GetHashCode());
    }

    [Fact]
    public void Merge_is_commutative_associative_and_idempotent() => Properties.Hold(random =>
    {
        var (a, b, c) = (Clock(random), Clock(random), Clock(random));
        Assert.Equal(a.Merge(b), b.Merge(a));
        Assert.Equal(a.Merge(b).Merge(c), a.Merge(b.Merge(c)));
        Assert.Equal(a, a.Merge(a));
    });

    [Fact]
    public void A_merge_is_never_before_what_was_merged() => Properties.Hold(random =>
    {
        var (a, b) = (Clock(random), Clock(random));
        Assert.Contains(a.Merge(b).CompareTo(a), new[] { VectorClock.Ordering.After, VectorClock.Ordering.Same });
        Assert.Contains(a.Merge(b).CompareTo(b), new[] { VectorClock.Ordering.After, VectorClock.Ordering.Same });
    });

    [Fact]
    public void Comparing_the_other_way_round_gives_the_opposite() => Properties.Hold(random =>
    {
        var (a, b) = (Clock(random), Clock(random));
        var expected = a.CompareTo(b) switch
        {
            VectorClock.Ordering.After => VectorClock.Ordering.Before,
            VectorClock.Ordering.Before => VectorClock.Ordering.After,
            var same => same,
        };
        Assert.Equal(expected, b.CompareTo(a));
    });

    private static VectorClock Clock(Random random) => VectorClock.Create(
        Enumerable.Range(0, 4).Where(_ => random.Next(3) > 0).ToImmutableSortedDictionary(n => VectorClock.Node.Create($"{n}"), _ => (long)random.Next(3)));
}
