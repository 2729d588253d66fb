using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using AkkaHa.Cli.Commands;
using AkkaHa.Cli.Operator;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;
using AkkaHa.Devices.Canary;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Host;
using AkkaHa.Devices.Machines;
using AkkaHa.Devices.Network;
using AkkaHa.Devices.Processes;
using AkkaHa.Devices.Security;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cli.Lab;

/// <summary>A cluster of lab machines on this host: real processes, real TCP, real guests, a real power switch for each.</summary>
internal sealed class LabCluster : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CertificateValidity = TimeSpan.FromDays(30);

    private readonly TimeProvider _time;
    private readonly ImmutableSortedDictionary<NodeName, LabMachine> _machines;
    private readonly ImmutableSortedDictionary<NodeName, BmcSimulator> _bmcs;
    private readonly OperatorClient _client;

    private LabCluster(
        LabPlan plan, TimeProvider time, ImmutableSortedDictionary<NodeName, LabMachine> machines, ImmutableSortedDictionary<NodeName, BmcSimulator> bmcs)
    {
        Plan = plan;
        _time = time;
        _machines = machines;
        _bmcs = bmcs;
        Network = plan.Network(new ToolRunner(time));
        _client = OperatorClient.Start(plan.Endpoint(plan.Nodes.First()));
    }

    public LabPlan Plan { get; }

    public TimeProvider Time => _time;

    /// <summary>Writes a new lab's files; nothing is started.</summary>
    public static async Task<LabCluster> Create(LabOptions options, TimeProvider time, CancellationToken stop)
    {
        var folder = Path.GetFullPath(options.Folder);
        if (File.Exists(Path.Combine(folder, "lab.json")))
            throw new LabException($"There is a lab in {folder} already; take it down with 'akkaha lab down --folder {folder}' or give another --folder.");
        if (options.HasNamespaces && await LabNetwork.ObstacleAsync(new ToolRunner(time), stop).ConfigureAwait(false) is { } obstacle)
            throw new LabException($"{obstacle} Leave --namespaces out to have the lab in this host's own network.");
        if (options is { HasNamespaces: true, Power: "ipmi" })
            throw new LabException("A lab with --namespaces has its machines switched by the power controller, which no network fault reaches; leave --power ipmi out.");
        var plan = new LabPlan(
            folder, options.HasNamespaces ? FreeNetwork() : FreePrefix(options.Nodes + 1), options.Nodes, options.Vms, options.HasArbiter,
            Wanted(options.Hypervisor, "qemu", ToolPath.Find("qemu-system-x86_64") is not null, "qemu-system-x86_64 (package qemu-system-x86)"),
            !options.HasNamespaces && Wanted(options.Power, "ipmi", BmcSimulator.IsInstalled && ToolPath.Find("ipmitool") is not null, "ipmi_sim and ipmitool (packages openipmi, ipmitool)"))
        {
            MigrationBandwidth = options.MigrationBandwidth,
            HasFenceDevices = options.Power != "none",
            HasWatchdogs = options.HasWatchdogs,
            NetworkName = options.HasNamespaces ? $"ah{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}" : null,
            HasTls = options.HasTls,
            Settings = options.Settings,
        };
        Directory.CreateDirectory(plan.DiskFolder);
        foreach (var vm in plan.Vms)
            CanaryDisk.Create(plan.Disk(vm));
        if (plan.HasTls)
            Certify(plan, time);
        plan.Save();
        return await OpenNew(plan, time, stop).ConfigureAwait(false);
    }

    /// <summary>A new lab's networks, in which its client looks on; before that nothing of it has an address.</summary>
    private static async Task<LabCluster> OpenNew(LabPlan plan, TimeProvider time, CancellationToken stop)
    {
        if (plan.Network(new ToolRunner(time)) is not { } network)
            return await Open(plan, time, stop).ConfigureAwait(false);
        try
        {
            await network.CreateAsync(stop).ConfigureAwait(false);
            return await Open(plan, time, stop).ConfigureAwait(false);
        }
        catch
        {
            await network.RemoveAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static void Certify(LabPlan plan, TimeProvider time)
    {
        var authority = new CertificateAuthority(plan.TlsFolder, time);
        authority.Create("AkkaHa lab", CertificateValidity);
        foreach (var node in plan.Nodes)
            authority.Issue(node.Value, [plan.Address(node)], plan.Tls(node.Value).Certificate, null, CertificateValidity);
        authority.Issue("operator", [], plan.Tls("operator").Certificate, null, CertificateValidity);
    }

    /// <summary>Takes over a lab that another command made.</summary>
    public static async Task<LabCluster> Open(LabPlan plan, TimeProvider time, CancellationToken stop)
    {
        var tools = new ToolRunner(time);
        var self = SelfCommand.Current();
        var isolation = await MachineIsolations.DetectAsync(tools, stop).ConfigureAwait(false);
        var network = plan.Network(tools);
        var machines = ImmutableSortedDictionary.CreateBuilder<NodeName, LabMachine>();
        var bmcs = ImmutableSortedDictionary.CreateBuilder<NodeName, BmcSimulator>();
        foreach (var node in plan.Nodes)
        {
            Directory.CreateDirectory(plan.MachineFolder(node));
            await File.WriteAllTextAsync(plan.ConfigFile(node), LabConfiguration.Of(plan, node, self), stop).ConfigureAwait(false);
            var identity = Path.Combine(plan.MachineFolder(node), "machine-id");
            if (!File.Exists(identity))
                await File.WriteAllTextAsync(identity, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + "\n", stop).ConfigureAwait(false);
            var command = new LabMachineSettings(
                node, plan.MachineFolder(node), [.. self, "node", "run", "--config", plan.ConfigFile(node)], isolation)
            {
                Plug = network is null
                    ? null
                    : new LabPlug(network.At(LabPlan.Number(node)), network.PlugScript(LabPlan.Number(node)), network.UnplugScript(LabPlan.Number(node))),
            };
            var machine = LabMachine.Create(command, tools, time);
            machines[node] = machine;
            if (plan.UsesIpmi)
            {
                bmcs[node] = BmcSimulator.Create(
                    new BmcSettings(node.Value, plan.BmcFolder(node), LabPlan.BmcPort, machine.PowerScript) { Address = plan.Address(node), Password = BmcPassword(plan, node) },
                    time);
            }
        }

        return new LabCluster(plan, time, machines.ToImmutable(), bmcs.ToImmutable());
    }

    /// <summary>Starts everything and waits until the cluster is quorate and all VMs run.</summary>
    public async Task Up(Action<string> tell, CancellationToken stop)
    {
        foreach (var bmc in _bmcs.Values)
            await bmc.StartAsync(stop).ConfigureAwait(false);
        if (!Plan.UsesIpmi)
            StartHelper(Plan.ControllerPidFile, HiddenCommands.PowerControllerName, Plan.ControllerSocket, Plan.MachinesFolder);
        if (Network is { } network && Plan.UsesQemu)
            StartStorage(network);
        if (Plan.HasWatchdogs)
            StartHelper(Plan.WatchdogsPidFile, HiddenCommands.EmulatedWatchdogName, Plan.MachinesFolder);
        foreach (var machine in _machines.Values)
            await machine.PowerOnAsync(stop).ConfigureAwait(false);
        tell($"{_machines.Count} machines are on: hypervisor {Plan.Hypervisor}, power {Plan.FenceDevice}");
        var status = await WaitFor(
            s => s.CrmNode is not null && !s.IsStale && s.Nodes.Count(n => n.Condition == "online") == Plan.NodeCount,
            Plan.Hosts, TimeSpan.FromSeconds(60), "the cluster to form with all nodes online", stop).ConfigureAwait(false);
        tell($"the cluster is formed: CRM on {status.CrmNode}");
        foreach (var vm in Plan.Vms.Where(vm => status.Resources.All(r => r.Id != vm)))
        {
            var definition = new ResourceDefinition(
                vm, new Guid(RandomNumberGenerator.GetBytes(16)), "canary", 16, 1, [new DiskDefinition(LabPlan.Storage, Plan.DiskAddress(vm))]);
            await _client.Submit(Plan.Endpoint(status.CrmNode!.Value), new AddResource(definition, RequestedState.Started), AskTimeout).ConfigureAwait(false);
        }

        await WaitForVms(stop).ConfigureAwait(false);
        tell($"{Plan.VmCount} VMs run");
    }

    /// <summary>Takes everything down and removes what it wrote. Never fails because something is gone already.</summary>
    public async Task Down(bool keepFiles)
    {
        foreach (var machine in _machines.Values)
            await machine.PowerOffAsync().ConfigureAwait(false);
        foreach (var bmc in _bmcs.Values)
            await bmc.StopAsync().ConfigureAwait(false);
        foreach (var file in new[] { Plan.ControllerPidFile, Plan.WatchdogsPidFile, Plan.StoragePidFile })
        {
            if (PidFile.Open(file) is { } helper)
                await helper.KillAndWaitAsync(TimeSpan.FromSeconds(5), _time).ConfigureAwait(false);
        }

        if (Network is { } network)
            await network.RemoveAsync().ConfigureAwait(false);
        if (!keepFiles)
            Directory.Delete(Plan.Folder, recursive: true);
    }

    /// <summary>The networks of the machines; null where they have none of their own.</summary>
    public LabNetwork? Network { get; }

    public LabMachine Machine(NodeName node) => _machines[node];

    /// <summary>Gives a command to a node; returns when it is committed.</summary>
    public Task<CommandAccepted> Submit(NodeName node, LogCommand command) => _client.Submit(Plan.Endpoint(node), command, AskTimeout);

    public bool AllRun(ClusterStatus status) =>
        !status.IsStale && Plan.Vms.All(vm => status.Resources.Any(r => r.Id == vm && r.Actual == "started"));

    /// <summary>Waits until every VM runs and its guest writes: what is cut before that has nothing to testify.</summary>
    public async Task<ClusterStatus> WaitForVms(CancellationToken stop)
    {
        var status = await WaitFor(AllRun, Plan.Nodes, TimeSpan.FromSeconds(60), "all VMs to run", stop).ConfigureAwait(false);
        var started = _time.GetTimestamp();
        while (Plan.Vms.FirstOrDefault(vm => CanaryDisk.Read(Plan.Disk(vm)).State is null) is { Number: > 0 } silent)
        {
            if (_time.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
                throw new LabException($"{silent} is said to run, but its guest has written nothing on {Plan.Disk(silent)}.");
            await Task.Delay(PollInterval, _time, stop).ConfigureAwait(false);
        }

        return status;
    }

    /// <summary>The status as the first of these nodes tells it that answers; null if none does.</summary>
    public async Task<ClusterStatus?> Status(IEnumerable<NodeName> nodes, TimeSpan timeout)
    {
        foreach (var node in nodes)
        {
            if (await _machines[node].StatusAsync().ConfigureAwait(false) != PowerState.On)
                continue;
            try
            {
                return await _client.Status(Plan.Endpoint(node), timeout).ConfigureAwait(false);
            }
            catch (OperatorException)
            {
                // The next node may know more.
            }
        }

        return null;
    }

    public async Task<ImmutableList<EventRecord>> Events(NodeName node)
    {
        try
        {
            return (await _client.Events(Plan.Endpoint(node), 0, AskTimeout).ConfigureAwait(false)).Events;
        }
        catch (OperatorException)
        {
            return [];
        }
    }

    /// <summary>Asks until the status is as wanted.</summary>
    /// <exception cref="LabException">The time ran out; the message says how the cluster stood last.</exception>
    public async Task<ClusterStatus> WaitFor(
        Func<ClusterStatus, bool> wanted, IEnumerable<NodeName> nodes, TimeSpan timeout, string what, CancellationToken stop)
    {
        var started = _time.GetTimestamp();
        ClusterStatus? last = null;
        while (_time.GetElapsedTime(started) < timeout)
        {
            last = await Status(nodes, AskTimeout).ConfigureAwait(false) ?? last;
            if (last is not null && wanted(last))
                return last;
            await Task.Delay(PollInterval, _time, stop).ConfigureAwait(false);
        }

        var stand = last is null
            ? "no node answered"
            : $"{(last.WaitsFor.Length > 0 ? last.WaitsFor + "; " : "")}nodes {string.Join(", ", last.Nodes.Select(n => $"{n.Name} {n.Condition}"))}; "
                + $"resources {string.Join(", ", last.Resources.Select(r => $"{r.Id} {r.Actual}{(r.Reason.Length > 0 ? $" ({r.Reason})" : "")}"))}";
        throw new LabException(FormattableString.Invariant($"Waited {timeout.TotalSeconds:0} s in vain for {what}: {stand}. The daemons' logs are in {Plan.MachinesFolder}/*/daemon.log."));
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    /// <summary>Serves the disks over the storage network. Such disks know no locks: that only one guest writes is AkkaHa's work alone.</summary>
    private void StartStorage(LabNetwork network)
    {
        List<string> arguments =
        [
            .. network.AtStorage.Skip(1), "qemu-storage-daemon", "--nbd-server",
            string.Create(CultureInfo.InvariantCulture, $"addr.type=inet,addr.host={network.Address(LabLink.Storage, LabNetwork.StorageServer)},addr.port={LabPlan.NbdPort},max-connections=0"),
        ];
        foreach (var vm in Plan.Vms)
        {
            var name = vm.ToString().Replace(':', '-');
            arguments.AddRange(["--blockdev", $"driver=file,node-name={name},filename={Plan.Disk(vm)}", "--export", $"type=nbd,id=e-{name},node-name={name},name={name},writable=on"]);
        }

        var log = ChildStream.AppendTo(Path.Combine(Plan.Folder, "storage.log"));
        using var child = ChildProcess.Start(new ChildOptions(network.AtStorage[0], arguments) { Output = log, Error = log });
        PidFile.Write(Plan.StoragePidFile, child.Process.Id);
    }

    private static void StartHelper(string pidFile, params IReadOnlyList<string> arguments)
    {
        var self = SelfCommand.Current();
        using var child = ChildProcess.Start(new ChildOptions(self[0], [.. self.Skip(1), .. arguments]));
        PidFile.Write(pidFile, child.Process.Id);
    }

    private static bool Wanted(string option, string real, bool isInstalled, string what) => option switch
    {
        "auto" => isInstalled,
        _ when option == real => isInstalled ? true : throw new LabException($"{what} is not installed here; install it, or leave the choice to the lab with 'auto'."),
        _ => false,
    };

    private static string BmcPassword(LabPlan plan, NodeName node)
    {
        var file = Path.Combine(plan.BmcFolder(node), "password");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    }

    /// <summary>A network that this host has no way to yet.</summary>
    private static string FreeNetwork()
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"10.{64 + (RandomNumberGenerator.GetBytes(1)[0] % 62)}");
            if (Interfaces.AddressIn(IPNetwork.Parse($"{prefix}.0.0/16")) is null)
                return string.Create(CultureInfo.InvariantCulture, $"{prefix}.{(int)LabLink.Cluster}");
        }

        throw new LabException("No free addresses were found for the lab's networks.");
    }

    /// <summary>Loopback addresses that no other lab on this host uses.</summary>
    private static string FreePrefix(int nodes)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var bytes = RandomNumberGenerator.GetBytes(2);
            var prefix = string.Create(CultureInfo.InvariantCulture, $"127.{1 + (bytes[0] % 254)}.{1 + (bytes[1] % 254)}");
            if (Enumerable.Range(1, nodes).All(i => LocalAddress.IsFree(string.Create(CultureInfo.InvariantCulture, $"{prefix}.{i}"), LabPlan.RemotingPort)))
                return prefix;
        }

        throw new LabException("No free loopback addresses were found for the lab's nodes.");
    }
}
