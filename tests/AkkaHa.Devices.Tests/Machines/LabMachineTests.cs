using AkkaHa.Core.Model;
using AkkaHa.Devices.Canary;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.Machines;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Tests.Machines;

public sealed class LabMachineTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly List<LabMachine> _machines = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var machine in _machines)
            await machine.PowerOffAsync();
        _folder.Dispose();
    }

    public static TheoryData<MachineIsolation> Isolations => [MachineIsolation.PidNamespace, MachineIsolation.UserNamespace, MachineIsolation.Mark];

    // A daemon that starts a guest in a session of its own, as hypervisor drivers do.
    private const string Daemon = "setsid sleep 100000 & echo started; exec sleep 200000";

    private LabMachine Machine(MachineIsolation isolation, string daemon = Daemon)
    {
        var settings = new LabMachineSettings(Real.Pve1, _folder[$"m{_machines.Count}"], ["sh", "-c", daemon], isolation);
        _machines.Add(LabMachine.Create(settings, Real.Tools, Real.Time));
        return _machines[^1];
    }

    private static async Task<int> DaemonAsync(LabMachine machine) =>
        (await Real.EventuallyAsync(machine.DaemonPid, pid => pid is not null, "the daemon"))!.Value;

    [Fact]
    public async Task This_host_has_the_strongest_isolation() =>
        Assert.Equal(MachineIsolation.PidNamespace, await MachineIsolations.DetectAsync(Real.Tools));

    [Theory]
    [MemberData(nameof(Isolations))]
    public async Task A_power_cut_leaves_nothing_of_a_machine(MachineIsolation isolation)
    {
        var machine = Machine(isolation);
        Assert.Equal(PowerState.Off, await machine.StatusAsync());
        await machine.PowerOnAsync();
        Assert.Equal(PowerState.On, await machine.StatusAsync());
        await DaemonAsync(machine);
        await Real.EventuallyAsync(() => machine.Processes().Count, count => count == 4, "init, its sleep, daemon and guest");

        var all = machine.Processes().Select(process => process.Id).ToHashSet();
        await machine.PowerOffAsync();
        Assert.Equal(PowerState.Off, await machine.StatusAsync());
        Assert.DoesNotContain(ProcessStat.ReadAll(), process => all.Contains(process.Id) && !process.IsDead);
        Assert.Empty(machine.Processes());
        await machine.PowerOffAsync();
    }

    [Theory]
    [MemberData(nameof(Isolations))]
    public async Task A_daemon_that_is_killed_leaves_its_guests_and_can_be_started_again(MachineIsolation isolation)
    {
        var machine = Machine(isolation);
        await machine.PowerOnAsync();
        var first = await DaemonAsync(machine);
        var boot = File.ReadAllText(machine.BootIdFile);
        await Real.EventuallyAsync(() => machine.Processes().Count, count => count == 4, "the guest");
        Assert.Throws<InvalidOperationException>(machine.StartDaemon);

        Assert.True(await machine.KillDaemonAsync());
        Assert.Null(machine.DaemonPid());
        Assert.Equal(PowerState.On, await machine.StatusAsync());
        Assert.Equal(3, machine.Processes().Count);
        Assert.False(await machine.KillDaemonAsync());

        machine.StartDaemon();
        Assert.NotEqual(first, await DaemonAsync(machine));
        Assert.Equal(boot, File.ReadAllText(machine.BootIdFile));
    }

    [Fact]
    public async Task Each_power_on_is_another_boot()
    {
        var machine = Machine(MachineIsolation.PidNamespace);
        await machine.PowerOnAsync();
        var first = File.ReadAllText(machine.BootIdFile);
        await machine.PowerOnAsync();
        Assert.Equal(first, File.ReadAllText(machine.BootIdFile));
        await machine.PowerOffAsync();
        await machine.PowerOnAsync();
        Assert.NotEqual(first, File.ReadAllText(machine.BootIdFile));
        Assert.True(Guid.TryParse(first.Trim(), out _));
    }

    [Fact]
    public async Task Orphans_are_reaped_by_the_init()
    {
        var machine = Machine(MachineIsolation.PidNamespace, "(sh -c 'echo $$ > orphan; exit 0' &); exec sleep 100000");
        await machine.PowerOnAsync();
        await DaemonAsync(machine);
        await Real.EventuallyAsync(() => File.Exists(Path.Combine(machine.Folder, "orphan")), there => there, "the orphan's end");
        await Real.EventuallyAsync(() => ProcessStat.ReadAll().Count(process => process.IsDead && IsChildOfMachine(process)), zombies => zombies == 0, "the reaping");

        bool IsChildOfMachine(ProcessStat process) =>
            ProcessTree.Of(int.Parse(File.ReadAllText(Path.Combine(machine.Folder, "machine.pid")).Split(' ')[0])).Any(parent => parent.Id == process.ParentId);
    }

    [Fact]
    public async Task A_frozen_machine_is_on_and_goes_on_later()
    {
        var machine = Machine(MachineIsolation.PidNamespace);
        await machine.PowerOnAsync();
        var daemon = await DaemonAsync(machine);
        await machine.FreezeAsync();
        Assert.Equal('T', ProcessStat.Read(daemon)!.State);
        Assert.Equal(PowerState.On, await machine.StatusAsync());
        machine.Thaw();
        await Real.EventuallyAsync(() => ProcessStat.Read(daemon)!.State, state => state != 'T', "the daemon's going on");
    }

    [Theory]
    [MemberData(nameof(Isolations))]
    public async Task A_guest_in_a_machine_dies_with_its_power_and_its_disk_can_be_taken_at_once(MachineIsolation isolation)
    {
        CanaryDisk.Create(_folder["d.raw"]);
        var pidFile = _folder["guest.pid"];
        var qemu = $"setsid qemu-system-i386 -accel tcg,tb-size=8 -M pc -m 16 -nodefaults -display none -uuid {Guid.Empty} -pidfile {pidFile} -fw_cfg name=opt/i,string=pve1 "
            + $"-drive file={_folder["d.raw"]},format=raw,if=ide,cache=none & exec sleep 100000";
        var machine = Machine(isolation, qemu);
        await machine.PowerOnAsync();
        await Real.EventuallyAsync(() => CanaryDisk.Read(_folder["d.raw"]).State?.Counter, counter => counter > 2, "the guest's writing");
        await machine.PowerOffAsync();

        await using var elsewhere = new AkkaHa.Devices.Hypervisors.Qemu.QemuHypervisor(
            AkkaHa.Devices.Tests.Hypervisors.QemuHypervisorTests.Settings(_folder["run"], "pve2"), Real.Tools, Real.Time);
        var definition = new VmDefinition(ResourceId.Vm(7), Guid.Empty, [new VmDisk(_folder["d.raw"]) { Bus = DiskBus.Ide }]) { MemoryMib = 16 };
        try
        {
            Assert.Equal(StartVerdict.Started, (await elsewhere.SpawnPausedAsync(definition, Real.Token(1))).Verdict);
            await elsewhere.ContinueAsync(definition.Id);
            var report = await Real.EventuallyAsync(() => CanaryDisk.Read(_folder["d.raw"]), report => report.State?.Writer == "pve2", "the other node's writing");
            Assert.Equal(0u, report.State!.Conflicts);
            Assert.Equal(["pve1", "pve2"], report.Writers.Select(stretch => stretch.Writer));
        }
        finally
        {
            await elsewhere.KillAsync(definition.Id);
        }
    }

    [Fact]
    public async Task A_machine_whose_daemon_cannot_be_found_comes_up_with_the_reason_in_its_log()
    {
        var settings = new LabMachineSettings(Real.Pve1, _folder["broken"], ["/nowhere/daemon"], MachineIsolation.PidNamespace);
        var machine = LabMachine.Create(settings, Real.Tools, Real.Time);
        _machines.Add(machine);
        await machine.PowerOnAsync();
        await Real.EventuallyAsync(() => File.Exists(machine.DaemonLog) ? File.ReadAllText(machine.DaemonLog) : "", text => text.Contains("/nowhere/daemon"), "the reason");
        Assert.Equal(PowerState.On, await machine.StatusAsync());
    }
}
