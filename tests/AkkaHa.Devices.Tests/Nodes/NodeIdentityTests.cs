using System.Globalization;
using AkkaHa.Devices.Nodes;

namespace AkkaHa.Devices.Tests.Nodes;

public sealed class NodeIdentityTests
{
    [Fact]
    public void The_boot_clock_is_the_kernels_uptime_and_never_goes_back()
    {
        var clock = new BootClock(Real.Time);
        var before = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
        var now = clock.GetTimestamp();
        var after = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.InRange(now / 1e9, before - 0.02, after + 0.02);
        Assert.True(clock.GetTimestamp() >= now);
        Assert.Equal(TimeSpan.FromSeconds(2), clock.GetElapsedTime(now, now + 2_000_000_000));
    }

    [Fact]
    public void The_boot_id_is_the_kernels_or_a_files()
    {
        Assert.Equal(File.ReadAllText(BootIds.KernelFile).Trim(), BootIds.Read().Value);
        using var folder = new TempFolder();
        Assert.Equal("boot-7", BootIds.Read(folder.Write("boot-id", "boot-7\n")).Value);
        Assert.Contains(folder["none"], Assert.Throws<InvalidOperationException>(() => BootIds.Read(folder["none"])).Message);
        Assert.Throws<InvalidOperationException>(() => BootIds.Read(folder.Write("empty", "")));
    }

    [Fact]
    public void One_session_at_a_time()
    {
        using var folder = new TempFolder();
        using (SessionLock.TryTake(folder["lock"]))
            Assert.Null(SessionLock.TryTake(folder["lock"]));
        using var later = SessionLock.TryTake(folder["lock"]);
        Assert.NotNull(later);
    }
}
