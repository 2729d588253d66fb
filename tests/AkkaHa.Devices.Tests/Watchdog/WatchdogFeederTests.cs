using AkkaHa.Devices.Host;
using AkkaHa.Devices.Processes;
using AkkaHa.Devices.Watchdog;

namespace AkkaHa.Devices.Tests.Watchdog;

public sealed class WatchdogFeederTests : IAsyncLifetime
{
    private FuseWatchdog _fuse = null!;
    private FeederClient _client = null!;
    private ChildProcess? _guest;

    public async Task InitializeAsync()
    {
        _fuse = await FuseWatchdog.StartAsync();
        _client = Client();
    }

    public async Task DisposeAsync()
    {
        KillGuest();
        foreach (var feeder in ProcessStat.ReadAll().Where(process => IsFeeder(process.Id)))
            await (WatchedProcess.Open(feeder.Id)?.KillAndWaitAsync(Real.Patience, Real.Time) ?? Task.FromResult(true));
        await _fuse.DisposeAsync();
    }

    private FeederClient Client(int timeoutSeconds = 1) =>
        new(new FeederSettings(_fuse.Device, TimeSpan.FromSeconds(timeoutSeconds), _fuse.Folder.Path, _fuse.Folder["run"]), Program.Command("watchdog-feeder"), Real.Time);

    private bool IsFeeder(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Contains("watchdog-feeder\0--device\0" + _fuse.Device);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // To the feeder a guest is a process with these arguments.
    private async Task StartGuestAsync()
    {
        _guest = ChildProcess.Start(new ChildOptions("sh", ["-c", "sleep 1000; true", "guest", "-uuid", Guid.Empty.ToString(), "-pidfile", _fuse.Folder["run/vm-101.pid"]]));
        // The kernel shows the arguments a moment after the process has begun.
        await Real.EventuallyAsync(() => File.ReadAllText($"/proc/{_guest.Process.Id}/cmdline"), arguments => arguments.Contains("-pidfile"), "the guest's arguments");
    }

    private void KillGuest()
    {
        _guest?.KillTree();
        _guest?.Dispose();
        _guest = null;
    }

    private static long In(double seconds) => HostClock.BoottimeNanos() + (long)(seconds * 1e9);

    private Task<FeederStatus> StatusAsync(Func<FeederStatus, bool> isGood, string what) =>
        Real.EventuallyAsync(async () => (await _client.TryStatusAsync())!, status => status is not null && isGood(status), what);

    [Fact]
    public async Task It_feeds_while_no_guest_lives_also_without_a_lease()
    {
        _client = Client(timeoutSeconds: 3);
        var status = await _client.EnsureRunningAsync();
        Assert.Equal((true, "no-guests", "FUSE emulated", TimeSpan.FromSeconds(3)), (status.IsFed, status.Reason, status.Identity, status.Timeout));
        // Five times in every timeout: without feeding it would have fired before the last.
        await _fuse.FedAsync(times: 7);
        Assert.False(_fuse.HasFired);
    }

    [Fact]
    public async Task When_the_lease_ends_with_a_guest_alive_the_watchdog_fires()
    {
        await _client.EnsureRunningAsync();
        Assert.True(await _client.SendDeadlineAsync(In(3)));
        await StartGuestAsync();
        await StatusAsync(status => status is { IsFed: true, Reason: "lease" }, "feeding by the lease");
        Assert.False(_fuse.HasFired);
        await _fuse.FiredAsync();
    }

    [Fact]
    public async Task When_the_guests_die_after_the_end_of_the_lease_feeding_resumes()
    {
        _client = Client(timeoutSeconds: 20);
        await _client.EnsureRunningAsync();
        await StartGuestAsync();
        await StatusAsync(status => status is { IsFed: false, Reason: "lease-ended" }, "starving");
        KillGuest();
        await StatusAsync(status => status is { IsFed: true, Reason: "no-guests" }, "feeding again");
        Assert.False(_fuse.HasFired);
    }

    [Fact]
    public async Task It_is_not_disarmed_while_a_guest_lives_and_is_when_none_does()
    {
        await _client.EnsureRunningAsync();
        await _client.SendDeadlineAsync(In(30));
        await StartGuestAsync();
        Assert.Contains("guests live here", await _client.DisarmAsync());
        KillGuest();
        await Real.EventuallyAsync<string?>(async () => await _client.DisarmAsync(), problem => problem is null, "the disarming");
        await Real.EventuallyAsync(() => ProcessStat.ReadAll().Any(process => !process.IsDead && IsFeeder(process.Id)), there => !there, "the feeder's end");
        await _fuse.DisarmedAsync();
    }

    [Fact]
    public async Task A_feeder_that_is_killed_lets_the_watchdog_fire()
    {
        await _client.EnsureRunningAsync();
        var feeder = ProcessStat.ReadAll().Single(process => !process.IsDead && IsFeeder(process.Id));
        await WatchedProcess.Open(feeder.Id)!.KillAndWaitAsync(Real.Patience, Real.Time);
        await _fuse.FiredAsync();
    }

    [Fact]
    public async Task A_later_daemon_finds_the_feeder_of_its_boot_and_a_far_deadline_is_refused()
    {
        await _client.EnsureRunningAsync();
        Assert.True(await _client.SendDeadlineAsync(In(10)));
        var later = Client();
        var status = await later.EnsureRunningAsync();
        Assert.InRange(status.DeadlineNanos, In(0), In(10));
        Assert.False(await later.SendDeadlineAsync(In(3600)));
        Assert.Single(ProcessStat.ReadAll(), process => !process.IsDead && IsFeeder(process.Id));
        var other = await Assert.ThrowsAsync<InvalidOperationException>(() => Client(timeoutSeconds: 2).EnsureRunningAsync());
        Assert.Contains("timeout of 1 s, but 2 s are configured", other.Message);
    }

    [Fact]
    public async Task A_feeder_that_cannot_have_its_watchdog_says_why()
    {
        var settings = new FeederSettings("/dev/watchdog-none", TimeSpan.FromSeconds(5), _fuse.Folder["other"], _fuse.Folder["run"]);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => new FeederClient(settings, Program.Command("watchdog-feeder"), Real.Time).EnsureRunningAsync());
        Assert.Contains("/dev/watchdog-none", error.Message);
        Assert.Null(await new FeederClient(settings, [], Real.Time).TryStatusAsync());
    }
}
