using System.Collections.Immutable;
using System.Security.Cryptography;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Fencing.Agents;
using AkkaHa.Devices.Fencing.Exec;
using AkkaHa.Devices.Fencing.Ipmi;
using AkkaHa.Devices.Fencing.Manual;
using AkkaHa.Devices.Fencing.Sbd;
using AkkaHa.Devices.Fencing.Ssh;
using AkkaHa.Devices.Health;
using AkkaHa.Devices.Host;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.Hypervisors.Commands;
using AkkaHa.Devices.Hypervisors.Embedded;
using AkkaHa.Devices.Hypervisors.Qemu;
using AkkaHa.Devices.Hypervisors.Qmp;
using AkkaHa.Devices.Network;
using AkkaHa.Devices.Processes;
using AkkaHa.Devices.Storage;
using AkkaHa.Devices.Watchdog;
using AkkaHa.Node.Settings;

namespace AkkaHa.Node;

/// <summary>Makes the devices that a node's settings name.</summary>
/// <param name="time">The clock of the devices.</param>
/// <param name="tools">Runs the tools of devices.</param>
/// <param name="embeddedGuest">The command that runs a guest of the embedded hypervisor; null where the host program has none.</param>
/// <param name="watchdogFeeder">The command that runs the feeder of a watchdog; null where the host program has none.</param>
public sealed class DeviceFactory(
    TimeProvider time, IToolRunner tools, IReadOnlyList<string>? embeddedGuest = null, IReadOnlyList<string>? watchdogFeeder = null)
{
    /// <summary>Starts the node's watchdog feeder, unless it runs already.</summary>
    /// <returns>The feeder; null where no watchdog is configured.</returns>
    /// <exception cref="InvalidOperationException">The watchdog cannot be had, or one is armed that the configuration does not name any more.</exception>
    public async Task<FeederClient?> WatchdogAsync(NodeSettings settings, CancellationToken stop)
    {
        var (device, timeout) = settings.Watchdog;
        var feeder = new FeederClient(
            new FeederSettings(device ?? "none", timeout, settings.Hypervisor.RunDirectory, settings.Hypervisor.RunDirectory)
            {
                LeaseLimit = settings.Lease.NodeTtl + settings.Lease.NodeTtl,
            },
            watchdogFeeder ?? [],
            time);
        if (device is null)
        {
            return await feeder.TryStatusAsync(stop).ConfigureAwait(false) is not { } left
                ? null
                : throw new InvalidOperationException(
                    $"{settings.Node}: akkaha.watchdog.device is none, but an earlier daemon of this boot has armed a watchdog ({left.Identity}). Configure it again and stop the daemon while no guest runs, which disarms it, or reboot.");
        }

        if (watchdogFeeder is null)
            throw new InvalidOperationException("akkaha.watchdog.device names a watchdog, but this program cannot run its feeder.");
        var status = await feeder.EnsureRunningAsync(stop).ConfigureAwait(false);
        // No lease of these settings ends later: a daemon that was started with longer ones must not be fed for.
        var longest = HostClock.BoottimeNanos() + (long)(settings.Lease.NodeTtl.TotalMilliseconds * 1_000_000);
        if (status.DeadlineNanos > longest)
            await feeder.SendDeadlineAsync(longest, stop).ConfigureAwait(false);
        return feeder;
    }

    /// <summary>Begins to watch the node's two cluster links.</summary>
    /// <returns>What watches them; null where the node has one.</returns>
    /// <exception cref="InvalidOperationException">The right to change routes or its tool is missing.</exception>
    public async Task<LinkMonitor?> LinksAsync(NodeSettings settings, CancellationToken stop) =>
        settings.Network.Links(settings.Self, settings.Nodes.Values) is { } links
            ? await LinkMonitor.StartAsync(
                links, tools, time, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))), text => Console.Error.WriteLine(text), stop).ConfigureAwait(false)
            : null;

    /// <summary>The node's hypervisor.</summary>
    public IHypervisor Hypervisor(NodeSettings settings)
    {
        if (settings.Self.IsArbiter)
            return new NoHypervisor(settings.Node);
        var hypervisor = settings.Hypervisor;
        if (hypervisor.Type == "embedded")
        {
            return embeddedGuest is { } command
                ? new EmbeddedHypervisor(new EmbeddedSettings(settings.Node, hypervisor.RunDirectory, command), time)
                : throw new InvalidOperationException("akkaha.hypervisor.type is embedded, but this program cannot run embedded guests.");
        }

        if (hypervisor.Type is "exec" or "ocf")
        {
            GuestCommands commands = hypervisor.Type == "exec"
                ? new ExecCommands(hypervisor.Command)
                : new OcfCommands(hypervisor.Command[0], hypervisor.Parameters);
            var timing = new CommandSettings(hypervisor.RunDirectory) { StartTimeout = hypervisor.StartTimeout, MonitorInterval = hypervisor.MonitorInterval };
            return new CommandHypervisor(commands, timing, tools, time);
        }

        return new QemuHypervisor(
            new QemuSettings(settings.Node, hypervisor.RunDirectory)
            {
                Program = hypervisor.Program,
                Accelerator = hypervisor.Accelerator,
                Machine = hypervisor.Machine,
                AllowHostCache = hypervisor.AllowHostCache,
                MigrationTlsFolder = hypervisor.MigrationTlsFolder,
                Cgroup = hypervisor.MemoryOverheadBytes is { } overhead ? new GuestCgroup(GuestCgroup.DefaultRoot, "akkaha", overhead) : null,
            },
            tools,
            time);
    }

    /// <summary>For each node its fence devices, level by level.</summary>
    public ImmutableSortedDictionary<NodeName, ImmutableList<ImmutableList<IFenceDevice>>> FenceLevels(NodeSettings settings)
    {
        var devices = settings.FenceDevices.ToImmutableDictionary(d => d.Key, d => Device(d.Value));
        return settings.FenceLevels.ToImmutableSortedDictionary(
            n => n.Key, n => n.Value.Select(level => level.Select(name => devices[name]).ToImmutableList()).ToImmutableList());
    }

    /// <summary>Asks guests whether they are well.</summary>
    /// <param name="settings">The node's settings.</param>
    /// <param name="control">Reaches agents in guests; null where the hypervisor cannot.</param>
    public GuestChecker GuestChecker(NodeSettings settings, IGuestControl? control) =>
        new(control, settings.HealthCommands.ToDictionary(c => c.Key, c => (IReadOnlyList<string>)c.Value), tools, time);

    /// <summary>The probes of the storages that this node has. They outlive actor systems: one that hangs is known to the next.</summary>
    public ImmutableList<IStorageProbe> StorageProbes(NodeSettings settings) => settings.Self.IsArbiter
        ? []
        : [.. settings.Storages.Values.Where(s => s.IsOn(settings.Node)).Select(s => new StorageProbe(s.Definition, settings.Node, tools, time))];

    private IFenceDevice Device(FenceDeviceSettings settings) => settings switch
    {
        FenceDeviceSettings.Ipmi ipmi => new IpmiDevice(ipmi.Settings, tools, time),
        FenceDeviceSettings.Agent agent => new AgentDevice(agent.Settings, tools, time),
        FenceDeviceSettings.Sbd sbd => new SbdDevice(sbd.Settings, time),
        FenceDeviceSettings.Ssh ssh => new SshDevice(ssh.Settings, tools, time),
        FenceDeviceSettings.Exec exec => new ExecDevice(exec.Settings, tools, time),
        FenceDeviceSettings.Manual manual => new ManualDevice(manual.Name),
        _ => throw new InvalidOperationException($"the fence device {settings.Name} is of a kind that is not known"),
    };
}
