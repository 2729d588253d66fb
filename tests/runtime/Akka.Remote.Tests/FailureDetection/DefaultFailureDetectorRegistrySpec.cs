namespace Akka.Remote.Tests.FailureDetection;

public class DefaultFailureDetectorRegistrySpec
{
    private readonly ManualClock _time = new();
    private readonly DefaultFailureDetectorRegistry<string> _registry;

    public DefaultFailureDetectorRegistrySpec() => _registry = new(() => new DeadlineFailureDetector(TimeSpan.FromSeconds(1), _time.Clock));

    [Fact]
    public void A_resource_that_was_never_heard_of_counts_as_available()
    {
        Assert.True(_registry.IsAvailable("a"));
        Assert.False(_registry.IsMonitoring("a"));
    }

    [Fact]
    public void Each_resource_is_judged_by_its_own_heartbeats()
    {
        _registry.Heartbeat("a");
        _time.Advance(900);
        _registry.Heartbeat("b");
        _time.Advance(500);
        Assert.False(_registry.IsAvailable("a"));
        Assert.True(_registry.IsAvailable("b"));
    }

    [Fact]
    public void A_removed_resource_begins_from_nothing()
    {
        _registry.Heartbeat("a");
        _time.Advance(2000);
        _registry.Remove("a");
        Assert.True(_registry.IsAvailable("a"));
        Assert.False(_registry.IsMonitoring("a"));
        _registry.Heartbeat("a");
        Assert.True(_registry.IsMonitoring("a"));
        _registry.Reset();
        Assert.False(_registry.IsMonitoring("a"));
    }

    [Fact]
    public void Simultaneous_first_heartbeats_make_one_detector()
    {
        var made = 0;
        var registry = new DefaultFailureDetectorRegistry<int>(() =>
        {
            Interlocked.Increment(ref made);
            return new DeadlineFailureDetector(TimeSpan.FromSeconds(1));
        });
        Parallel.For(0, 1000, _ => registry.Heartbeat(1));
        Assert.Equal(1, made);
    }
}
