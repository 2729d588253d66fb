using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Fencing.Ipmi;
using AkkaHa.Devices.Machines;
using AkkaHa.Devices.Tests.Machines;

namespace AkkaHa.Devices.Tests.Fencing;

public sealed class IpmiDeviceTests : IAsyncLifetime
{
    private LabPower _lab = null!;

    public async Task InitializeAsync() => _lab = await LabPower.StartAsync();

    public async Task DisposeAsync() => await _lab.DisposeAsync();

    private IpmiDevice Device(Func<IpmiSettings, IpmiSettings>? change = null)
    {
        var settings = new IpmiSettings("ipmi1", "127.0.0.1", "admin", _lab.Bmc.PasswordFile) { Port = _lab.Bmc.Port };
        return new IpmiDevice(change is null ? settings : change(settings), Real.Tools, Real.Time);
    }

    private static IpmiSettings Hasty(IpmiSettings settings) =>
        settings with { Timing = new FenceTiming { Deadline = TimeSpan.FromSeconds(2), CallTimeout = TimeSpan.FromSeconds(1), Retries = 0 } };

    [Fact]
    public async Task A_node_is_switched_off_and_on_and_the_state_is_read_back()
    {
        var device = Device();
        Assert.Equal(PowerState.On, (await device.StatusAsync(Real.Pve1)).State);
        var off = await device.OffAsync(Real.Pve1);
        Assert.True(off is { Verdict: FenceVerdict.Verified, IsProof: true }, off.Detail);
        Assert.Equal(PowerState.Off, await _lab.Machine.StatusAsync());
        Assert.Equal(PowerState.Off, (await device.StatusAsync(Real.Pve1)).State);
        var on = await device.OnAsync(Real.Pve1);
        Assert.True(on is { Verdict: FenceVerdict.Verified, IsProof: false }, on.Detail);
        Assert.Equal(PowerState.On, await _lab.Machine.StatusAsync());
    }

    [Fact]
    public async Task A_node_that_is_off_already_is_proven_off()
    {
        await _lab.Machine.PowerOffAsync();
        Assert.True((await Device().OffAsync(Real.Pve1)).IsProof);
    }

    [Fact]
    public async Task A_BMC_that_lies_is_no_proof()
    {
        _lab.Bmc.SetFault(BmcFault.Lies);
        var off = await Device(Hasty).OffAsync(Real.Pve1);
        Assert.Equal(FenceVerdict.Failed, off.Verdict);
        Assert.False(off.IsProof);
        Assert.Contains("answered OK to 'off', but the state it reads is still on", off.Detail);
        Assert.Contains("pve1", off.Detail);
        Assert.Contains("ipmi1", off.Detail);
    }

    [Fact]
    public async Task A_slow_BMC_is_waited_for()
    {
        _lab.Bmc.SetFault(BmcFault.Slow);
        var off = await Device().OffAsync(Real.Pve1);
        Assert.True(off.IsProof, off.Detail);
        Assert.True(off.Elapsed > TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_BMC_that_is_too_slow_for_its_deadline_has_failed()
    {
        _lab.Bmc.SetFault(BmcFault.Slow);
        Assert.Equal(FenceVerdict.Failed, (await Device(Hasty).OffAsync(Real.Pve1)).Verdict);
    }

    [Fact]
    public async Task A_hanging_BMC_costs_bounded_time_and_says_what_to_check()
    {
        _lab.Bmc.SetFault(BmcFault.Hangs);
        var off = await Device(Hasty).OffAsync(Real.Pve1);
        Assert.Equal(FenceVerdict.Failed, off.Verdict);
        Assert.True(off.Elapsed < TimeSpan.FromSeconds(10), off.Elapsed.ToString());
        Assert.Contains("Check that the BMC has power and network", off.Detail);
        _lab.Bmc.SetFault(BmcFault.None);
    }

    [Fact]
    public async Task A_dead_BMC_costs_bounded_time_and_is_named()
    {
        await _lab.Bmc.StopAsync();
        var off = await Device().OffAsync(Real.Pve1);
        Assert.Equal(FenceVerdict.Failed, off.Verdict);
        Assert.True(off.Elapsed < TimeSpan.FromSeconds(20), off.Elapsed.ToString());
        Assert.Contains($"127.0.0.1:{_lab.Bmc.Port}", off.Detail);
        Assert.Equal(PowerState.Unknown, (await Device().StatusAsync(Real.Pve1)).State);
    }

    [Fact]
    public async Task A_wrong_password_fails_and_no_secret_is_told()
    {
        var file = _lab.Folder.Write("wrong", "wr0ng-word\n");
        var off = await Device(settings => Hasty(settings) with { PasswordFile = file }).OffAsync(Real.Pve1);
        Assert.Equal(FenceVerdict.Failed, off.Verdict);
        Assert.Contains(file, off.Detail);
        Assert.DoesNotContain("wr0ng-word", off.Detail);
        Assert.Equal(PowerState.On, await _lab.Machine.StatusAsync());
    }

    [Fact]
    public async Task A_password_that_others_can_read_is_refused()
    {
        var file = _lab.Folder.Write("open", LabPower.Password, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var reading = await Device(settings => settings with { PasswordFile = file }).StatusAsync(Real.Pve1);
        Assert.Equal(PowerState.Unknown, reading.State);
        Assert.Contains("chmod 600", reading.Detail);
    }

    [Fact]
    public async Task Without_ipmitool_the_package_is_named()
    {
        var off = await Device(settings => settings with { Program = "/nowhere/ipmitool" }).OffAsync(Real.Pve1);
        Assert.Equal(FenceVerdict.Failed, off.Verdict);
        Assert.Contains("apt-get install ipmitool", off.Detail);
    }

    [Fact]
    public async Task Cancelling_ends_the_attempt()
    {
        _lab.Bmc.SetFault(BmcFault.Hangs);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), Real.Time);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Device().OffAsync(Real.Pve1, cancel.Token));
        _lab.Bmc.SetFault(BmcFault.None);
    }
}
