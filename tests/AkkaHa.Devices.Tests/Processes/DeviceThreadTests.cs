using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Tests.Processes;

public sealed class DeviceThreadTests
{
    [Fact]
    public async Task A_call_that_hangs_is_left_behind_and_their_number_is_bounded()
    {
        using var release = new ManualResetEventSlim();
        var device = new DeviceThread("disk sda", abandonedLimit: 2);
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<TimeoutException>(() => device.RunAsync(() => { release.Wait(); return 1; }, TimeSpan.FromMilliseconds(20), Real.Time));
        var refused = await Assert.ThrowsAsync<TimeoutException>(() => device.RunAsync(() => 1, Real.Patience, Real.Time));
        Assert.Contains("earlier calls still hang", refused.Message);
        release.Set();
        await Real.EventuallyAsync(() => device.Busy, busy => busy == 0, "the end of the hanging calls");
        Assert.Equal(5, await device.RunAsync(() => 5, Real.Patience, Real.Time));
    }

    [Fact]
    public async Task What_a_call_throws_reaches_its_caller() =>
        await Assert.ThrowsAsync<IOException>(() => new DeviceThread("disk").RunAsync<int>(() => throw new IOException("EIO"), Real.Patience, Real.Time));
}
