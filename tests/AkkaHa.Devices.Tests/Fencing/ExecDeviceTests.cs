using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Fencing.Exec;
using AkkaHa.Devices.Fencing.Manual;
using AkkaHa.Devices.Machines;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Tests.Fencing;

public sealed class ExecDeviceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static readonly FenceTiming Hasty = new() { Deadline = TimeSpan.FromSeconds(1), CallTimeout = TimeSpan.FromSeconds(1), Retries = 0, PollInterval = TimeSpan.FromMilliseconds(50) };

    private ExecDevice Device(string script, bool provesOff = true, bool hasStatus = true) =>
        new(new ExecSettings("own", [_folder.Script("fence", script)]) { ProvesOff = provesOff, HasStatus = hasStatus, Timing = Hasty }, Real.Tools, Real.Time);

    [Fact]
    public async Task The_command_gets_action_and_node_and_its_state_is_believed()
    {
        var device = Device($"""
            echo "$1 $2" >> {_folder["calls"]}
            case $1 in off) touch {_folder["is-off"]} ;; on) rm {_folder["is-off"]} ;; status) [ -e {_folder["is-off"]} ] && exit 2 || exit 0 ;; esac
            """);
        Assert.Equal(PowerState.On, (await device.StatusAsync(Real.Pve1)).State);
        var off = await device.OffAsync(Real.Pve1);
        Assert.True(off is { Verdict: FenceVerdict.Verified, IsProof: true }, off.Detail);
        Assert.True((await device.OnAsync(Real.Pve1)).IsVerified);
        Assert.Equal(["status pve1", "off pve1", "status pve1", "on pve1", "status pve1"], File.ReadLines(_folder["calls"]));
    }

    [Fact]
    public async Task It_proves_off_only_where_configured() =>
        Assert.True(await Device("[ $1 = status ] && exit 2; exit 0", provesOff: false).OffAsync(Real.Pve1) is { IsVerified: true, IsProof: false });

    [Fact]
    public async Task Without_a_status_an_off_is_only_claimed()
    {
        var off = await Device("exit 0", provesOff: false, hasStatus: false).OffAsync(Real.Pve1);
        Assert.True(off is { Verdict: FenceVerdict.Claimed, IsProof: false }, off.Detail);
        Assert.Throws<ArgumentException>(() => Device("exit 0", provesOff: true, hasStatus: false));
    }

    [Fact]
    public async Task A_command_that_fails_is_told_with_its_last_words()
    {
        var off = await Device("[ $1 = status ] && exit 0; echo the plug is stuck >&2; exit 5").OffAsync(Real.Pve1);
        Assert.Equal(FenceVerdict.Failed, off.Verdict);
        Assert.Contains("exited with code 5 (the plug is stuck)", off.Detail);
        Assert.Contains("pve1", off.Detail);
    }

    [Fact]
    public async Task A_command_that_hangs_is_killed_and_named()
    {
        var off = await Device("sleep 1000").OffAsync(Real.Pve1);
        Assert.Equal(FenceVerdict.Failed, off.Verdict);
        Assert.Contains("did not end within 1 s and was killed", off.Detail);
    }

    [Fact]
    public async Task An_order_whose_answer_failed_but_whose_state_reads_off_has_worked() =>
        Assert.True((await Device("[ $1 = status ] && exit 2; exit 1").OffAsync(Real.Pve1)).IsProof);

    [Fact]
    public async Task A_shell_without_its_script_proves_nothing()
    {
        var device = new ExecDevice(new ExecSettings("own", ["sh", _folder["no-such-script"]]) { ProvesOff = true, Timing = Hasty }, Real.Tools, Real.Time);
        var off = await device.OffAsync(Real.Pve1);
        Assert.True(off is { Verdict: FenceVerdict.Failed, IsProof: false }, off.Detail);
        Assert.Contains("tells nothing", off.Detail);
    }

    [Fact]
    public async Task A_missing_command_is_named()
    {
        var device = new ExecDevice(new ExecSettings("own", ["/nowhere/fence"]) { Timing = Hasty }, Real.Tools, Real.Time);
        Assert.Contains("/nowhere/fence", (await device.OffAsync(Real.Pve1)).Detail);
    }

    [Fact]
    public async Task The_power_controller_switches_real_machines_through_its_client()
    {
        var machine = LabMachine.Create(
            new LabMachineSettings(Real.Pve1, _folder["machines/pve1"], ["sleep", "100000"], MachineIsolation.Mark), Real.Tools, Real.Time);
        await machine.PowerOnAsync();
        var command = Program.Command("power-controller");
        using var controller = ChildProcess.Start(new ChildOptions(command[0], [.. command[1..], _folder["power"], _folder["machines"]]));
        await Real.EventuallyAsync(() => File.Exists(_folder["power"]), there => there, "the controller's socket");

        var settings = new ExecSettings("lab-power", [.. Program.Command("power-client"), _folder["power"]]) { ProvesOff = true };
        var device = new ExecDevice(settings, Real.Tools, Real.Time);
        Assert.Equal(PowerState.On, (await device.StatusAsync(Real.Pve1)).State);
        var off = await device.OffAsync(Real.Pve1);
        Assert.True(off.IsProof, off.Detail);
        Assert.Equal(PowerState.Off, await machine.StatusAsync());
        Assert.True((await device.OnAsync(Real.Pve1)).IsVerified);
        Assert.Contains("has no machine 'pve9'", (await device.OffAsync(new NodeName("pve9"))).Detail);
        await machine.PowerOffAsync();

        Assert.True(await controller.Process.KillAndWaitAsync(Real.Patience, Real.Time));
        Assert.Contains("does not answer", (await device.OffAsync(Real.Pve1)).Detail);
    }

    [Fact]
    public async Task The_manual_device_says_what_to_do_and_proves_nothing()
    {
        var off = await new ManualDevice("hand").OffAsync(Real.Pve1);
        Assert.True(off is { Verdict: FenceVerdict.Failed, IsProof: false });
        Assert.Contains("akkaha fence confirm pve1", off.Detail);
    }
}
