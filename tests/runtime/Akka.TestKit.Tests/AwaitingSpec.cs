using Akka.TestKit.Extensions;
using Xunit.Sdk;

namespace Akka.TestKit.Tests;

public sealed class AwaitingSpec : TestKitSpec
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void AwaitAssert_tries_until_the_assertion_holds()
    {
        var tries = 0;
        AwaitAssert(() => Assert.Equal(3, ++tries), Plenty, Tick);
        Assert.Equal(3, tries);
    }

    [Fact]
    public void AwaitAssert_fails_with_the_last_exception() =>
        Assert.Contains("Assert.Equal", Assert.Throws<EqualException>(() => AwaitAssert(() => Assert.Equal(1, 2), Soon, Tick)).Message);

    [Fact]
    public async Task AwaitAssertAsync_awaits_the_assertion()
    {
        var tries = 0;
        await AwaitAssertAsync(async () =>
        {
            await Task.Yield();
            Assert.Equal(2, ++tries);
        }, Plenty, Tick);
    }

    [Fact]
    public void AwaitCondition_waits_until_the_condition_holds()
    {
        var looks = 0;
        AwaitCondition(() => ++looks == 3, Plenty, Tick);
        Assert.Equal(3, looks);
    }

    [Fact]
    public void AwaitCondition_fails_with_its_message() =>
        Assert.Contains("(never true)", FailureOf(() => AwaitCondition(() => false, Soon, Tick, "never true")));

    [Fact]
    public async Task AwaitConditionNoThrow_says_whether_the_condition_held()
    {
        Assert.False(AwaitConditionNoThrow(() => false, Soon, Tick));
        Assert.True(await AwaitConditionNoThrowAsync(() => Task.FromResult(true), Soon));
    }

    [Fact]
    public async Task Tasks_are_waited_for_with_a_bound()
    {
        var never = new TaskCompletionSource<int>();
        Assert.False(await never.Task.AwaitWithTimeout(Soon));
        await Assert.ThrowsAsync<TimeoutException>(() => never.Task.WithTimeout(Soon));
        Assert.Contains("because it should", (await Assert.ThrowsAsync<TimeoutException>(() => never.Task.ShouldCompleteWithin(Soon, "it {0}", "should"))).Message);
        await Task.FromResult(5).ShouldCompleteWithin(5, Plenty);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.FromResult(5).ShouldCompleteWithin(6, Plenty));
    }

    [Fact]
    public async Task A_task_can_be_expected_to_fail()
    {
        var failing = Task.FromException(new ArgumentException("why"));
        Assert.Equal("why", (await failing.ShouldThrowWithin<ArgumentException>(Plenty)).Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.CompletedTask.ShouldThrowWithin<ArgumentException>(Plenty));
    }
}
