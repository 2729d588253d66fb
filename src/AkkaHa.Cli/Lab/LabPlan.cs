using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaHa.Cli.Operator;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Machines;
using AkkaHa.Devices.Processes;
using AkkaHa.Node.Settings;

namespace AkkaHa.Cli.Lab;

/// <summary>
/// What a lab is, as its folder keeps it, so that another command finds it again: which nodes on which addresses, which VMs on which disks.
/// </summary>
/// <param name="Folder">Where all of it lies.</param>
/// <param name="AddressPrefix">The first three numbers of its loopback addresses.</param>
/// <param name="NodeCount">How many nodes: pve1 and so on.</param>
/// <param name="VmCount">How many VMs: vm:100 and so on.</param>
/// <param name="HasArbiter">Whether the last node, above those counted, is an arbiter.</param>
/// <param name="UsesQemu">QEMU, or the embedded hypervisor.</param>
/// <param name="UsesIpmi">BMCs by <c>ipmi_sim</c>, or the power controller.</param>
internal sealed record LabPlan(string Folder, string AddressPrefix, int NodeCount, int VmCount, bool HasArbiter, bool UsesQemu, bool UsesIpmi)
{
    /// <summary>Whether the nodes can switch each other off, by IPMI or the power controller.</summary>
    public bool HasFenceDevices { get; init; } = true;

    /// <summary>Whether each machine that runs VMs has an emulated watchdog.</summary>
    public bool HasWatchdogs { get; init; }

    /// <summary>Names the network namespaces of its machines; null for machines in the host's own network.</summary>
    public string? NetworkName { get; init; }

    /// <summary>Whether nodes and operator know each other by certificates.</summary>
    public bool HasTls { get; init; }

    public const int RemotingPort = 4400;
    public const int BmcPort = 6230;
    public const int NbdPort = 10809;
    public const string Storage = "lab";

    /// <summary>Bytes per second that a migration may take; null for as fast as it goes.</summary>
    public long? MigrationBandwidth { get; init; }

    /// <summary>A file of settings that each node's own file includes; null for the defaults.</summary>
    public string? Settings { get; init; }

    /// <summary>All of them, the arbiter last.</summary>
    public IEnumerable<NodeName> Nodes => Enumerable.Range(1, NodeCount + (HasArbiter ? 1 : 0)).Select(Name);

    /// <summary>The nodes that run VMs.</summary>
    public IEnumerable<NodeName> Hosts => Enumerable.Range(1, NodeCount).Select(Name);

    public NodeName? Arbiter => HasArbiter ? Name(NodeCount + 1) : null;

    public IEnumerable<ResourceId> Vms => Enumerable.Range(100, VmCount).Select(ResourceId.Vm);

    public string MachinesFolder => Path.Combine(Folder, "machines");

    public string DiskFolder => Path.Combine(Folder, "shared");

    public string ControllerSocket => Path.Combine(Folder, "power.sock");

    public string WatchdogsPidFile => Path.Combine(Folder, "watchdogs.pid");

    public string ControllerPidFile => Path.Combine(Folder, "power-controller.pid");

    public string Hypervisor => UsesQemu ? "qemu" : "embedded";

    public string FenceDevice => (HasFenceDevices, HasWatchdogs) switch
    {
        (false, true) => "none (self-fence by emulated watchdogs)",
        (false, false) => "none",
        (true, true) => $"{PowerDevice} beside emulated watchdogs",
        (true, false) => PowerDevice,
    };

    private string PowerDevice => UsesIpmi ? "ipmi (ipmi_sim)" : "exec (power controller)";

    public string Address(NodeName node) => $"{AddressPrefix}.{node.Value[3..]}";

    public static int Number(NodeName node) => int.Parse(node.Value.AsSpan(3), CultureInfo.InvariantCulture);

    /// <summary>The networks of its machines; null for machines in the host's own.</summary>
    public LabNetwork? Network(IToolRunner tools) => NetworkName is { } name
        ? new LabNetwork(name, AddressPrefix[..AddressPrefix.LastIndexOf('.')], NodeCount + (HasArbiter ? 1 : 0), tools)
        : null;

    public NodeEndpoint Endpoint(NodeName node) => new(Address(node), RemotingPort) { Tls = HasTls ? Tls("operator") : null };

    /// <summary>The folder of the lab's certificate authority.</summary>
    public string TlsFolder => Path.Combine(Folder, "tls");

    public TlsSettings Tls(string name) => new(Path.Combine(TlsFolder, $"{name}.p12"), null, Path.Combine(TlsFolder, "ca.pem"));

    public string MachineFolder(NodeName node) => Path.Combine(MachinesFolder, node.Value);

    public string BmcFolder(NodeName node) => Path.Combine(Folder, "bmc", node.Value);

    public string ConfigFile(NodeName node) => Path.Combine(MachineFolder(node), "node.conf");

    public string RunFolder(NodeName node) => Path.Combine(MachineFolder(node), "run");

    public string Disk(ResourceId vm) => Path.Combine(DiskFolder, vm.ToString().Replace(':', '-') + ".raw");

    /// <summary>What the VMs' hypervisors know the disk by: with networks of its own, the lab serves disks over the storage network.</summary>
    public string DiskAddress(ResourceId vm) => NetworkName is null || !UsesQemu
        ? Disk(vm)
        : string.Create(CultureInfo.InvariantCulture, $"nbd://{AddressPrefix[..AddressPrefix.LastIndexOf('.')]}.{(int)LabLink.Storage}.{LabNetwork.StorageServer}:{NbdPort}/{vm.ToString().Replace(':', '-')}");

    public string StoragePidFile => Path.Combine(Folder, "storage.pid");

    public void Save() => File.WriteAllText(FileIn(Folder), new JsonObject
    {
        ["addressPrefix"] = AddressPrefix,
        ["nodes"] = NodeCount,
        ["vms"] = VmCount,
        ["arbiter"] = HasArbiter,
        ["qemu"] = UsesQemu,
        ["ipmi"] = UsesIpmi,
        ["migrationBandwidth"] = MigrationBandwidth,
        ["fenceDevices"] = HasFenceDevices,
        ["watchdogs"] = HasWatchdogs,
        ["network"] = NetworkName,
        ["tls"] = HasTls,
        ["settings"] = Settings,
    }.ToJsonString(StatusJson.Indented));

    public static LabPlan Load(string folder)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(FileIn(folder)))!.AsObject();
            return new LabPlan(folder, (string)json["addressPrefix"]!, (int)json["nodes"]!, (int)json["vms"]!, (bool)json["arbiter"]!, (bool)json["qemu"]!, (bool)json["ipmi"]!)
            {
                MigrationBandwidth = (long?)json["migrationBandwidth"],
                HasFenceDevices = (bool)json["fenceDevices"]!,
                HasWatchdogs = (bool)json["watchdogs"]!,
                NetworkName = (string?)json["network"],
                HasTls = (bool?)json["tls"] ?? false,
                Settings = (string?)json["settings"],
            };
        }
        catch (Exception e) when (e is IOException or JsonException or NullReferenceException or InvalidOperationException or UnauthorizedAccessException)
        {
            throw new LabException($"There is no lab in {folder}: {e.Message} Start one with 'akkaha lab up --folder {folder}'.");
        }
    }

    private static NodeName Name(int number) => new(string.Create(CultureInfo.InvariantCulture, $"pve{number}"));

    private static string FileIn(string folder) => Path.Combine(folder, "lab.json");
}
