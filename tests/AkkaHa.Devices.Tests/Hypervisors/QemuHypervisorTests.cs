using AkkaHa.Core.Model;
using AkkaHa.Devices.Canary;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.Hypervisors.Qemu;
using AkkaHa.Devices.Hypervisors.Qmp;

namespace AkkaHa.Devices.Tests.Hypervisors;

public sealed class QemuHypervisorTests : HypervisorContract
{
    private protected override IHypervisor Make(string runDirectory, string node) => new QemuHypervisor(Settings(runDirectory, node), Real.Tools, Real.Time);

    internal static QemuSettings Settings(string runDirectory, string node) => new(new NodeName(node), runDirectory)
    {
        Program = "qemu-system-i386",
        Accelerator = "tcg,tb-size=8",
    };

    [Fact]
    public async Task It_tells_its_version_and_acceleration()
    {
        using var folder = new TempFolder();
        await using var hypervisor = Make(folder["run"], "pve1");
        var capabilities = await hypervisor.CapabilitiesAsync();
        Assert.StartsWith("QEMU emulator version", capabilities.Description);
        Assert.True(capabilities.LiveMigration);
    }

    [Theory]
    [InlineData("file=x,file.locking=off")]
    [InlineData("file=x,cache=unsafe")]
    [InlineData("-snapshot")]
    public async Task An_argument_that_would_break_the_one_writer_rule_is_refused(string argument)
    {
        using var folder = new TempFolder();
        await using var hypervisor = Make(folder["run"], "pve1");
        var definition = new VmDefinition(ResourceId.Vm(1), Guid.Empty, [new VmDisk(folder["d.raw"])]) { ExtraArguments = [argument] };
        var outcome = await hypervisor.SpawnPausedAsync(definition, Real.Token(1));
        Assert.Equal(StartVerdict.Failed, outcome.Verdict);
        Assert.Contains(argument, outcome.Detail);
    }

    [Fact]
    public async Task A_run_directory_that_is_too_long_for_a_socket_is_refused_with_the_reason()
    {
        using var folder = new TempFolder();
        await using var hypervisor = Make(folder[new string('x', 100)], "pve1");
        var outcome = await hypervisor.SpawnPausedAsync(new VmDefinition(ResourceId.Vm(1), Guid.Empty, [new VmDisk("/x")]), Real.Token(1));
        Assert.Contains("107 bytes", outcome.Detail);
    }

    [Fact]
    public async Task A_missing_program_is_named_with_its_package()
    {
        using var folder = new TempFolder();
        await using var hypervisor = new QemuHypervisor(Settings(folder["run"], "pve1") with { Program = "/nowhere/qemu-system-x86_64" }, Real.Tools, Real.Time);
        var outcome = await hypervisor.SpawnPausedAsync(new VmDefinition(ResourceId.Vm(1), Guid.Empty, [new VmDisk("/x")]), Real.Token(1));
        Assert.Equal(StartVerdict.Failed, outcome.Verdict);
        Assert.Contains("apt-get install qemu-system-x86", outcome.Detail);
    }

    [Fact]
    public async Task Memory_and_processor_time_of_a_guest_are_bound_by_a_control_group_where_the_host_has_them()
    {
        using var folder = new TempFolder();
        var group = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"akdev{Environment.ProcessId}");
        var hierarchies = File.Exists("/sys/fs/cgroup/cgroup.controllers") ? ["/sys/fs/cgroup"] : new[] { "/sys/fs/cgroup/memory", "/sys/fs/cgroup/cpu" };
        CanaryDisk.Create(folder["d.raw"]);
        var id = ResourceId.Vm(101);
        var settings = Settings(folder["run"], "pve1") with { Cgroup = new GuestCgroup(GuestCgroup.DefaultRoot, group, 256L * 1024 * 1024) };
        await using var hypervisor = new QemuHypervisor(settings, Real.Tools, Real.Time);

        var spawned = await hypervisor.SpawnPausedAsync(
            new VmDefinition(id, Guid.Parse("6a3ff6a5-6f0a-4e4c-b9c1-0d1c3d6e0101"), [new VmDisk(folder["d.raw"]) { Bus = DiskBus.Ide }]) { MemoryMib = 16 }, Real.Token(1));
        Assert.True(spawned.Runs, spawned.Detail);

        var log = File.Exists(folder["run/vm-101.log"]) ? File.ReadAllText(folder["run/vm-101.log"]) : "";
        if (hierarchies.All(h => Directory.Exists(Path.Combine(h, group, "vm-101"))) && !log.Contains("runs without bounds", StringComparison.Ordinal))
        {
            Assert.All(hierarchies, h => Assert.Contains(spawned.Guest!.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), File.ReadAllLines(Path.Combine(h, group, "vm-101", "cgroup.procs"))));
            var limit = hierarchies.SelectMany(h => new[] { Path.Combine(h, group, "vm-101", "memory.max"), Path.Combine(h, group, "vm-101", "memory.limit_in_bytes") }).First(File.Exists);
            Assert.Equal(272L * 1024 * 1024, long.Parse(File.ReadAllText(limit), System.Globalization.CultureInfo.InvariantCulture));
        }
        else
        {
            Assert.Contains("runs without bounds", log, StringComparison.Ordinal);
        }

        await hypervisor.KillAsync(id);
        await Real.EventuallyAsync(() => hierarchies.Any(h => Directory.Exists(Path.Combine(h, group, "vm-101"))), left => !left, "the removal of the guest's group");
        foreach (var hierarchy in hierarchies.Where(h => Directory.Exists(Path.Combine(h, group))))
            Directory.Delete(Path.Combine(hierarchy, group));
    }

    [Fact]
    public async Task Firmware_cards_and_disks_of_every_kind_are_what_QEMU_itself_says_it_has()
    {
        using var folder = new TempFolder();
        var id = ResourceId.Vm(101);
        foreach (var disk in new[] { "a", "b", "c" })
            CanaryDisk.Create(folder[disk]);
        File.WriteAllBytes(folder["code"], new byte[128 * 1024]);
        File.WriteAllBytes(folder["vars"], new byte[64 * 1024]);
        await using var hypervisor = Make(folder["run"], "pve1");
        var definition = new VmDefinition(id, Guid.Parse("6a3ff6a5-6f0a-4e4c-b9c1-0d1c3d6e0101"),
            [new VmDisk(folder["a"]) { Bus = DiskBus.Ide }, new VmDisk(folder["b"]) { Bus = DiskBus.Virtio, Cache = DiskCache.DirectSync }, new VmDisk(folder["c"]) { Bus = DiskBus.Scsi }])
        {
            MemoryMib = 16,
            Nics = [new NicDefinition(NicDefinition.UserNetwork, "52:54:00:00:00:01")],
            Firmware = (folder["code"], folder["vars"]),
        };

        var spawned = await hypervisor.SpawnPausedAsync(definition, Real.Token(1));
        Assert.True(spawned.Runs, spawned.Detail);
        try
        {
            var qmp = await QmpClient.ConnectAsync(folder["run/vm-101.ops"], Real.Patience, Real.Time, _ => { }, CancellationToken.None);
            var blocks = (await qmp.ExecuteAsync("query-block", null, Real.Patience, CancellationToken.None))!.ToJsonString();
            foreach (var file in new[] { "a", "b", "c", "code", "vars" })
                Assert.Contains(folder[file], blocks, StringComparison.Ordinal);
            var cards = (await qmp.ExecuteAsync("query-rx-filter", null, Real.Patience, CancellationToken.None))!.ToJsonString();
            Assert.Contains("52:54:00:00:00:01", cards, StringComparison.Ordinal);
            qmp.Dispose();
        }
        finally
        {
            await hypervisor.KillAsync(id);
        }
    }
}
