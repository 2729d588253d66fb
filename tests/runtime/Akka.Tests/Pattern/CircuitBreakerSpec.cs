using Akka.Pattern;
using Akka.TestKit;
using Akka.TestKit.Configs;

namespace Akka.Tests.Pattern;

public sealed class CircuitBreakerSpec() : Akka.TestKit.Xunit2.TestKit(TestConfigs.TestSchedulerConfig)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ResetTimeout = TimeSpan.FromSeconds(10);

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    private CircuitBreaker Breaker(int maxFailures = 2) => new(Sys.Scheduler, maxFailures, CallTimeout, ResetTimeout);

    private static void Fail(CircuitBreaker breaker) =>
        Assert.Throws<InvalidOperationException>(() => breaker.WithSyncCircuitBreaker(() => throw new InvalidOperationException("broken")));

    [Fact]
    public async Task A_closed_breaker_lets_calls_through()
    {
        var breaker = Breaker();
        Assert.Equal(5, breaker.WithSyncCircuitBreaker(() => 5));
        Assert.Equal(6, await breaker.WithCircuitBreaker(() => Task.FromResult(6)));
        Assert.Equal(7, await breaker.WithCircuitBreaker(7, Task.FromResult));
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public void Failures_in_a_row_open_it_and_a_success_between_forgives_them()
    {
        var breaker = Breaker();
        Fail(breaker);
        Assert.Equal(1, breaker.CurrentFailureCount);
        Assert.Equal("broken", breaker.LastCaughtException!.Message);
        breaker.WithSyncCircuitBreaker(() => { });
        Assert.Equal(0, breaker.CurrentFailureCount);
        Fail(breaker);
        Assert.True(breaker.IsClosed);
        Fail(breaker);
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public async Task An_open_breaker_refuses_without_calling_and_says_for_how_long()
    {
        var breaker = Breaker(1);
        Fail(breaker);
        Scheduler.Advance(TimeSpan.FromSeconds(4));
        var called = false;
        var refusal = await Assert.ThrowsAsync<OpenCircuitException>(() => breaker.WithCircuitBreaker(() =>
        {
            called = true;
            return Task.CompletedTask;
        }));
        Assert.False(called);
        Assert.Equal(TimeSpan.FromSeconds(6), refusal.RemainingDuration);
        Assert.Equal("broken", refusal.InnerException!.Message);
    }

    [Fact]
    public async Task After_the_reset_timeout_one_call_is_tried_and_its_success_closes()
    {
        var breaker = Breaker(1);
        Fail(breaker);
        Scheduler.Advance(ResetTimeout);
        Assert.True(breaker.IsHalfOpen);

        var trial = new TaskCompletionSource<int>();
        var trying = breaker.WithCircuitBreaker(() => trial.Task);
        await Assert.ThrowsAsync<OpenCircuitException>(() => breaker.WithCircuitBreaker(() => Task.FromResult(0)));
        trial.SetResult(1);
        Assert.Equal(1, await trying);
        Assert.True(breaker.IsClosed);
        Assert.Equal(0, breaker.CurrentFailureCount);
    }

    [Fact]
    public void A_trial_that_fails_opens_it_again()
    {
        var breaker = Breaker(1);
        Fail(breaker);
        Scheduler.Advance(ResetTimeout);
        Fail(breaker);
        Assert.True(breaker.IsOpen);
        Scheduler.Advance(ResetTimeout);
        Assert.True(breaker.IsHalfOpen);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_a_failure()
    {
        var breaker = Breaker(1);
        var never = new TaskCompletionSource<int>();
        var call = breaker.WithCircuitBreaker(() => never.Task);
        Scheduler.Advance(CallTimeout);
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public void A_synchronous_call_that_took_too_long_is_a_failure()
    {
        var breaker = Breaker(1);
        Assert.Throws<TimeoutException>(() => breaker.WithSyncCircuitBreaker(() => Scheduler.Advance(CallTimeout * 2)));
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public async Task A_body_that_throws_before_it_has_a_task_is_a_failure()
    {
        var breaker = Breaker(1);
        await Assert.ThrowsAsync<ArgumentException>(() => breaker.WithCircuitBreaker<int>(() => throw new ArgumentException("early")));
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public void Success_and_failure_can_be_reported_by_hand()
    {
        var breaker = Breaker(1);
        breaker.Fail();
        Assert.True(breaker.IsOpen);
        Assert.IsType<UserCalledFailException>(breaker.LastCaughtException);
        breaker.Succeed();
        Assert.True(breaker.IsOpen);
        Scheduler.Advance(ResetTimeout);
        breaker.Succeed();
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public void Each_change_is_told()
    {
        var changes = new List<string>();
        var breaker = Breaker(1).OnOpen(() => changes.Add("open")).OnHalfOpen(() => changes.Add("half")).OnClose(() => changes.Add("closed"));
        Fail(breaker);
        Scheduler.Advance(ResetTimeout);
        breaker.WithSyncCircuitBreaker(() => { });
        Assert.Equal(["open", "half", "closed"], changes);
    }

    [Fact]
    public void With_back_off_it_stays_open_longer_each_time_up_to_a_limit_and_starts_anew_when_closed()
    {
        var breaker = Breaker(1).WithExponentialBackoff(TimeSpan.FromSeconds(25));
        foreach (var seconds in new[] { 10, 20, 25, 25 })
        {
            Fail(breaker);
            Scheduler.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.True(breaker.IsOpen);
            Scheduler.Advance(TimeSpan.FromTicks(1));
            Assert.True(breaker.IsHalfOpen);
        }

        breaker.Succeed();
        Fail(breaker);
        Scheduler.Advance(ResetTimeout);
        Assert.True(breaker.IsHalfOpen);
    }

    [Fact]
    public void Factors_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Breaker().WithRandomFactor(1.5));
        Assert.Throws<ArgumentException>(() => new CircuitBreaker(Sys.Scheduler, 1, CallTimeout, ResetTimeout, ResetTimeout, 0.5));
    }
}
