using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors.Qmp;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Embedded;

/// <summary>Turns a definition into the command line of an embedded guest.</summary>
internal sealed class EmbeddedProgram(EmbeddedSettings settings) : IGuestProgram
{
    public string Kind => "embedded";

    public string? Refusal(VmDefinition definition) => definition.Disks switch
    {
        [{ Format: DiskFormat.Raw }] => null,
        [_] => "the embedded hypervisor knows raw disks alone.",
        _ => "the embedded hypervisor runs guests with one disk.",
    };

    public ChildOptions Command(VmDefinition definition, GuestFiles files) => new(
        settings.Command[0],
        [
            .. settings.Command.Skip(1),
            "-name", definition.GuestName,
            "-uuid", definition.Uuid.ToString(),
            "-pidfile", files.PidFile,
            "-qmp", files.Socket,
            "-serial", files.Serial,
            "-disk", definition.Disks[0].Path,
            "-node", settings.Node.Value,
        ])
    {
        Environment = new Dictionary<string, string?>
        {
            // Many small guests on one machine: no compiler threads and no heap for each core of it.
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_GCHeapCount"] = "1",
            ["DOTNET_GCHeapHardLimit"] = "0x4000000",
        },
    };

    public StartVerdict Judge(string lastWords) =>
        lastWords.Contains(EmbeddedGuest.LockRefused, StringComparison.Ordinal) ? StartVerdict.DiskLocked : StartVerdict.Failed;

    public Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new HypervisorCapabilities(false, true, "embedded (a process that writes the canary's layout; for labs)"));
}
