using Akka.Configuration;
using FsCheck;
using FsCheck.Fluent;

namespace Akka.Remote.Tests.FailureDetection;

public class PhiAccrualFailureDetectorSpec
{
    private readonly ManualClock _time = new();

    private PhiAccrualFailureDetector Detector(
        double threshold = 8,
        int maxSampleSize = 1000,
        double minStdDeviationMillis = 10,
        double acceptablePauseMillis = 0,
        double firstEstimateMillis = 1000) => new(
            threshold,
            maxSampleSize,
            TimeSpan.FromMilliseconds(minStdDeviationMillis),
            TimeSpan.FromMilliseconds(acceptablePauseMillis),
            TimeSpan.FromMilliseconds(firstEstimateMillis),
            _time.Clock);

    private void Beat(FailureDetector detector, int times, double intervalMillis)
    {
        for (var i = 0; i < times; i++)
        {
            _time.Advance(intervalMillis);
            detector.HeartBeat();
        }
    }

    [Fact]
    public void Nothing_is_suspected_before_the_first_heartbeat()
    {
        var detector = Detector();
        _time.Advance(1_000_000);
        Assert.True(detector.IsAvailable);
        Assert.False(detector.IsMonitoring);
        Assert.Equal(0, detector.CurrentPhi);
    }

    [Fact]
    public void A_resource_that_falls_silent_becomes_unavailable_and_available_again_with_its_next_heartbeat()
    {
        var detector = Detector(threshold: 3);
        Beat(detector, 10, 1000);
        Assert.True(detector.IsMonitoring);
        Assert.True(detector.IsAvailable);
        _time.Advance(7000);
        Assert.False(detector.IsAvailable);
        detector.HeartBeat();
        Assert.True(detector.IsAvailable);
    }

    [Fact]
    public void A_pause_within_the_acceptable_one_is_borne()
    {
        var detector = Detector(acceptablePauseMillis: 3000);
        Beat(detector, 20, 1000);
        _time.Advance(3900);
        Assert.True(detector.IsAvailable);
        _time.Advance(3000);
        Assert.False(detector.IsAvailable);
    }

    [Fact]
    public void The_silence_of_a_dead_time_is_no_sample()
    {
        var detector = Detector(threshold: 8, minStdDeviationMillis: 100);
        Beat(detector, 100, 1000);
        _time.Advance(60_000);
        detector.HeartBeat();
        _time.Advance(5000);
        Assert.False(detector.IsAvailable);
    }

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(500, 0.0)]
    [InlineData(1000, 0.3)]
    [InlineData(1200, 1.6)]
    [InlineData(1400, 4.7)]
    [InlineData(1600, 10.8)]
    public void Phi_follows_the_normal_distribution(double silence, double expected) =>
        Assert.Equal(expected, PhiAccrualFailureDetector.Phi(silence, 1000, 100), 1);

    [Fact]
    public void Phi_of_the_mean_is_the_logarithm_of_one_half() =>
        Assert.Equal(-Math.Log10(0.5), PhiAccrualFailureDetector.Phi(1000, 1000, 100), 6);

    [Fact]
    public void Phi_never_falls_while_the_silence_lasts() =>
        Prop.ForAll(
            Gen.Choose(1, 5000).Zip(Gen.Choose(1, 1000)).Zip(Gen.Choose(0, 20000).Zip(Gen.Choose(0, 20000))).ToArbitrary(),
            sample =>
            {
                var ((mean, deviation), (one, other)) = sample;
                return PhiAccrualFailureDetector.Phi(Math.Min(one, other), mean, deviation) <= PhiAccrualFailureDetector.Phi(Math.Max(one, other), mean, deviation);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_history_knows_mean_and_deviation_of_its_last_samples() =>
        Prop.ForAll(
            Gen.Choose(1, 20).Zip(Gen.NonEmptyListOf(Gen.Choose(1, 10_000))).ToArbitrary(),
            sample =>
            {
                var (size, intervals) = sample;
                var history = intervals.Aggregate(new HeartbeatHistory(size), (all, next) => all.With(next));
                var kept = intervals.TakeLast(size).Select(i => (double)i).ToArray();
                var mean = kept.Average();
                var deviation = Math.Sqrt(kept.Average(i => (i - mean) * (i - mean)));
                return history.Count == kept.Length && Math.Abs(history.Mean - mean) < 1e-6 && Math.Abs(history.StdDeviation - deviation) < 0.01;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Regular_heartbeats_never_make_a_resource_suspect() =>
        Prop.ForAll(
            Gen.Choose(50, 2000).Zip(Gen.ListOf(Gen.Choose(-20, 20), 200)).ToArbitrary(),
            sample =>
            {
                var (interval, jitter) = sample;
                var detector = Detector(minStdDeviationMillis: 100, firstEstimateMillis: interval);
                detector.HeartBeat();
                return jitter.All(j =>
                {
                    _time.Advance(interval + j);
                    var available = detector.IsAvailable;
                    detector.HeartBeat();
                    return available;
                });
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("threshold = 0")]
    [InlineData("max-sample-size = 0")]
    [InlineData("min-std-deviation = 0 s")]
    [InlineData("heartbeat-interval = 0 s")]
    public void A_setting_out_of_its_range_is_refused(string wrong)
    {
        var config = ConfigurationFactory.ParseString(wrong).WithFallback(ConfigurationFactory.ParseString(
            "threshold = 8, max-sample-size = 10, min-std-deviation = 100 ms, acceptable-heartbeat-pause = 1 s, heartbeat-interval = 1 s"));
        Assert.Throws<ArgumentException>(() => new PhiAccrualFailureDetector(config, null!));
    }
}
