using FsCheck;
using FsCheck.Fluent;

namespace Akka.Remote.Tests.FailureDetection;

public class DeadlineFailureDetectorSpec
{
    private readonly ManualClock _time = new();

    [Fact]
    public void Nothing_is_suspected_before_the_first_heartbeat()
    {
        var detector = new DeadlineFailureDetector(TimeSpan.FromSeconds(2), _time.Clock);
        _time.Advance(100_000);
        Assert.True(detector.IsAvailable);
        Assert.False(detector.IsMonitoring);
    }

    [Fact]
    public void A_resource_is_unavailable_exactly_when_interval_and_pause_are_over()
    {
        var detector = new DeadlineFailureDetector(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.5), _time.Clock);
        detector.HeartBeat();
        _time.Advance(2499);
        Assert.True(detector.IsAvailable);
        _time.Advance(1);
        Assert.False(detector.IsAvailable);
        detector.HeartBeat();
        Assert.True(detector.IsAvailable);
    }

    [Fact]
    public void The_limit_does_not_depend_on_what_happened_before() =>
        Prop.ForAll(
            Gen.ListOf(Gen.Choose(0, 60_000)).ToArbitrary(),
            history =>
            {
                var detector = new DeadlineFailureDetector(TimeSpan.FromSeconds(2), _time.Clock);
                foreach (var silence in history)
                {
                    detector.HeartBeat();
                    _time.Advance(silence);
                }

                detector.HeartBeat();
                _time.Advance(1999);
                var before = detector.IsAvailable;
                _time.Advance(1);
                return before && !detector.IsAvailable;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_limit_that_is_not_positive_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new DeadlineFailureDetector(TimeSpan.Zero, _time.Clock));
        Assert.Throws<ArgumentException>(() => new DeadlineFailureDetector(TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(5), _time.Clock));
    }
}
