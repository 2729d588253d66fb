
namespace Akka.TestKit.Tests;

public sealed class SynchronizingSpec : TestKitSpec
{
    [Fact]
    public void A_latch_opens_when_it_is_counted_down()
    {
        var latch = CreateTestLatch(2);
        latch.CountDown();
        Assert.False(latch.IsOpen);
        Assert.Contains("1 of 2 counts are missing", Assert.Throws<TimeoutException>(() => latch.Ready(Soon)).Message);
        latch.CountDown();
        Assert.True(latch.IsOpen);
        latch.CountDown();
        latch.Ready();
        latch.Reset();
        Assert.False(latch.IsOpen);
        latch.Open();
        latch.Ready();
    }

    [Fact]
    public async Task A_barrier_lets_all_go_together()
    {
        var barrier = CreateTestBarrier(2);
        var passed = Task.Factory.StartNew(() => barrier.Await(Plenty), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        barrier.Await(Plenty);
        await passed;
        Assert.Throws<TimeoutException>(() => barrier.Await(Soon));
    }
}
