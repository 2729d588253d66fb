using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.Hypervisors.Qemu;

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
}
