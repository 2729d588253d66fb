using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit.Tests;

public sealed class WithinSpec : TestKitSpec
{
    [Fact]
    public void Waits_inside_a_block_take_what_is_left_of_it()
    {
        Assert.Contains("No message of type", FailureOf(() => Within(Soon, () => ExpectMsg<string>())));
        Within(Plenty, () => Assert.InRange(RemainingOrDefault, TimeSpan.FromSeconds(1), Plenty));
        Assert.Equal(TimeSpan.FromMilliseconds(300), RemainingOrDefault);
    }

    [Fact]
    public void Remaining_is_only_there_inside_a_block()
    {
        Assert.Throws<InvalidOperationException>(() => Remaining);
        Within(Plenty, () => Assert.True(Remaining <= Plenty));
    }

    [Fact]
    public void An_inner_block_cannot_last_longer_than_the_outer_one()
    {
        Within(TimeSpan.FromSeconds(5), () => Within(TimeSpan.FromHours(1), () => Assert.True(Remaining <= TimeSpan.FromSeconds(5))));
        Assert.Contains("only", FailureOf(() => Within(Soon, () => Within(TimeSpan.FromHours(1), TimeSpan.FromHours(2), () => { }))));
    }

    [Fact]
    public void A_block_that_ends_too_early_fails()
    {
        Assert.Contains("should have taken at least", FailureOf(() => Within(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6), () => { })));
    }

    [Fact]
    public void A_block_that_ends_too_late_fails()
    {
        Assert.Contains("had to end within", FailureOf(() => Within(TimeSpan.FromMilliseconds(50), () =>
        {
            ReceiveOne(Soon);
            TestActor.Tell("a message ends the silence");
            ReceiveOne(Plenty);
        })));
    }

    [Fact]
    public void A_block_may_use_up_its_time_by_waiting_for_silence() => Within(Soon, () => ExpectNoMsg());

    [Fact]
    public async Task A_block_that_never_ends_fails_all_the_same()
    {
        var never = new TaskCompletionSource();
        Assert.Contains("still ran", await FailureOfAsync(() => WithinAsync(Soon, () => never.Task)));
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public async Task The_result_of_the_block_is_returned()
    {
        Assert.Equal(5, Within(Plenty, () => 5));
        Assert.Equal(6, await WithinAsync(Plenty, () => Task.FromResult(6)));
    }
}

public sealed class DilationSpec() : TestKitSpec(ConfigurationFactory.ParseString("akka.test.timefactor = 2.0"))
{
    [Fact]
    public void Every_timeout_of_a_test_is_multiplied_by_the_time_factor()
    {
        Assert.Equal(TimeSpan.FromSeconds(6), Dilated(TimeSpan.FromSeconds(3)));
        Assert.Equal(TimeSpan.FromMilliseconds(600), RemainingOrDefault);
        Assert.Equal(TimeSpan.FromSeconds(2), RemainingOrDilated(TimeSpan.FromSeconds(1)));
        Within(TimeSpan.FromSeconds(5), () => Assert.True(Remaining > TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void A_wait_without_end_is_refused() =>
        Assert.Throws<ArgumentException>(() => RemainingOrDilated(Timeout.InfiniteTimeSpan));
}
