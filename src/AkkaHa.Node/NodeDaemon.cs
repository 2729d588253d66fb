using System.Collections.Immutable;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Event;
using AkkaHa.Cluster;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Events;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Host;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.SelfFence;
using AkkaHa.Devices.Storage;
using AkkaHa.Node.Settings;

namespace AkkaHa.Node;

/// <summary>
/// A node: owns the VM host for the life of the process, and runs one actor-system incarnation after the other. An incarnation that was downed,
/// quarantined or without quorum for too long ends, and the next one looks for a cluster again.
/// </summary>
public sealed class NodeDaemon
{
    private static readonly TimeSpan IncarnationPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(3);

    private readonly NodeSettings _settings;
    private readonly DeviceFactory _devices;
    private readonly TimeProvider _time;

    /// <summary>Makes a node; nothing is started before <see cref="RunAsync"/>.</summary>
    /// <param name="settings">Its checked configuration.</param>
    /// <param name="devices">Makes its devices.</param>
    /// <param name="time">The clock of its devices.</param>
    public NodeDaemon(NodeSettings settings, DeviceFactory devices, TimeProvider time)
    {
        _settings = settings;
        _devices = devices;
        _time = time;
    }

    /// <summary>Runs the node until it is told to stop. Guests go on running.</summary>
    /// <exception cref="InvalidOperationException">The node cannot start: its lock is taken, its port is in use, its host's files cannot be read.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var daemonLock = DaemonLock.Take(_settings.DataDirectory);
        await using var hypervisor = _devices.Hypervisor(_settings);
        var probes = _devices.StorageProbes(_settings);
        var fences = _devices.FenceLevels(_settings);
        var boot = new Boot(_settings.Node, HostFacts.ReadBootId(_settings.BootIdFile));
        var ownership = new DiskOwnership(boot, probes.Select(p => p.Storage), _settings.StorageProbing.Deadline, _time);
        var vmHost = new VmHost(hypervisor, _time, ownership: ownership);
        using var checker = _devices.GuestChecker(_settings, vmHost.Control);
        var feeder = _settings.Self.IsArbiter ? null : await _devices.WatchdogAsync(_settings, stop).ConfigureAwait(false);
        var terms = new LeaseTerms(_settings.Lease.NodeTtl, feeder is null ? TimeSpan.Zero : _settings.Watchdog.Timeout, feeder is not null);
        using var guard = new LeaseGuard(
            boot, terms, vmHost, new LeaseFile(_settings.Hypervisor.RunDirectory), feeder, HostClock.BootTime, _time, text => Console.Error.WriteLine(text));
        var capabilities = await vmHost.CapabilitiesAsync(stop).ConfigureAwait(false);
        var events = new SqliteEventStore(Path.Combine(_settings.DataDirectory, "events.db"), _settings.EventRetention, _time);
        var migrationHost = _settings.Network.MigrationHost(_settings.Self);
        await using var links = await _devices.LinksAsync(_settings, stop).ConfigureAwait(false);
        var isFirst = true;
        while (!stop.IsCancellationRequested)
        {
            var context = Context(boot, vmHost, guard, fences, capabilities.Description) with
            {
                MigratesLive = capabilities.LiveMigration,
                Events = events,
                Migration = _settings.Hypervisor.Migration,
                MigrationHost = migrationHost,
                Storages = probes,
                GuestChecker = checker,
            };
            await RunIncarnation(context, isFirst, stop).ConfigureAwait(false);
            isFirst = false;
            await Task.Delay(IncarnationPause, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunIncarnation(NodeContext context, bool isFirst, CancellationToken stop)
    {
        ActorSystem system;
        try
        {
            system = ActorSystem.Create(
                AkkaConfiguration.SystemName, BootstrapSetup.Create().WithConfig(AkkaConfiguration.Of(_settings)).And(new NodeSetup(context)));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Later incarnations wait for the port of the one before; the first one's operator has to be told.
            if (!isFirst)
                return;
            throw new InvalidOperationException(
                FormattableString.Invariant($"{_settings.Node} cannot start: it cannot listen on {_settings.Self.Host}:{_settings.Self.Port}. {Root(e).Message}"), e);
        }

        using (system)
        {
            if (_settings.Quorum.Warning is { } warning)
                system.Log.Warning("{0}: {1}", _settings.Node, warning);
            if (_settings.Tls is null)
                system.Log.Warning("{0}: akkaha.tls is not set: whoever reaches port {1} is believed to be a node or an operator", _settings.Node, _settings.Self.Port);
            NodeActors.Start(system, context);
            var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = stop.Register(() => stopping.TrySetResult());
            await Task.WhenAny(system.WhenTerminated, stopping.Task).ConfigureAwait(false);
            if (stop.IsCancellationRequested)
            {
                if (!_settings.Self.IsArbiter && await CleanLeave.TryAsync(system, LeaveTimeout).ConfigureAwait(false))
                    await context.LeaseGuard.DisarmAsync().ConfigureAwait(false);
                await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance).ConfigureAwait(false);
            }

            await system.WhenTerminated.ConfigureAwait(false);
        }
    }

    private NodeContext Context(
        Boot boot, VmHost vmHost, LeaseGuard guard, ImmutableSortedDictionary<NodeName, ImmutableList<ImmutableList<IFenceDevice>>> fences, string hypervisor) =>
        NodeContexts.Of(_settings, new NodeMachine(
            boot,
            HostClock.BoottimeNanos,
            HostFacts.ReadMachineId(_settings.MachineIdFile),
            vmHost,
            guard,
            hypervisor,
            fences,
            NewUuid,
            () => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue));

    private static Guid NewUuid() => new(RandomNumberGenerator.GetBytes(16));

    private static Exception Root(Exception e) => e.InnerException is { } inner ? Root(inner) : e;
}
