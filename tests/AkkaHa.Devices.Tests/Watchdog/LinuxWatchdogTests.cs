using AkkaHa.Devices.Watchdog;

namespace AkkaHa.Devices.Tests.Watchdog;

public sealed class LinuxWatchdogTests
{
    [Fact]
    public async Task It_takes_its_timeout_is_fed_and_disarmed()
    {
        await using var fuse = await FuseWatchdog.StartAsync();
        using (var watchdog = LinuxWatchdog.Open(fuse.Device, TimeSpan.FromSeconds(20)))
        {
            Assert.Equal("FUSE emulated", watchdog.Identity);
            Assert.Equal(TimeSpan.FromSeconds(20), watchdog.Timeout);
            Assert.True(watchdog.CanDisarm);
            var before = fuse.Feeds;
            watchdog.Feed();
            watchdog.Feed();
            Assert.Equal(before + 2, fuse.Feeds);
            watchdog.Disarm();
            Assert.Throws<IOException>(watchdog.Feed);
        }
        await fuse.DisarmedAsync();
    }

    [Fact]
    public async Task Closing_without_disarming_lets_it_fire()
    {
        await using var fuse = await FuseWatchdog.StartAsync();
        LinuxWatchdog.Open(fuse.Device, TimeSpan.FromSeconds(1)).Dispose();
        await fuse.FiredAsync();
    }

    [Fact]
    public async Task A_timeout_that_the_driver_does_not_take_is_refused_and_the_watchdog_disarmed()
    {
        await using var fuse = await FuseWatchdog.StartAsync();
        var error = Assert.Throws<IOException>(() => LinuxWatchdog.Open(fuse.Device, TimeSpan.FromSeconds(90)));
        Assert.Contains("timeout of 30 s and does not take the configured 90 s", error.Message);
        using var again = await fuse.ReopenAsync(TimeSpan.FromSeconds(5));
        again.Disarm();
    }

    [Fact]
    public async Task A_watchdog_that_is_not_there_or_in_use_is_named()
    {
        Assert.Contains("modprobe softdog", Assert.Throws<IOException>(() => LinuxWatchdog.Open("/dev/watchdog-none", TimeSpan.FromSeconds(5))).Message);
        await using var fuse = await FuseWatchdog.StartAsync();
        using var first = LinuxWatchdog.Open(fuse.Device, TimeSpan.FromSeconds(20));
        Assert.Contains("Does another program hold it", Assert.Throws<IOException>(() => LinuxWatchdog.Open(fuse.Device, TimeSpan.FromSeconds(5))).Message);
        first.Disarm();
    }

    [Theory]
    [InlineData(10, 11, false, true, "lease")]
    [InlineData(10, 10, true, true, "no-guests")]
    [InlineData(10, 10, false, false, "lease-ended")]
    public void It_is_fed_by_a_lease_or_without_guests(long now, long deadline, bool noGuests, bool isFed, string reason) =>
        Assert.Equal(new FeedDecision(isFed, reason), FeedDecision.Of(now, deadline, () => noGuests));
}
