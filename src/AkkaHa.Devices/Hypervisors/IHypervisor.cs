using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Hypervisors;

/// <summary>What a hypervisor can do beyond starting and stopping.</summary>
/// <param name="LiveMigration">Whether a running guest can move to another node.</param>
/// <param name="AcpiShutdown">Whether a guest can be asked to shut down by itself.</param>
/// <param name="Description">What it is, for reports: name, version, acceleration.</param>
public sealed record HypervisorCapabilities(bool LiveMigration, bool AcpiShutdown, string Description);

/// <summary>
/// Runs guests on this node. A driver never decides whether a guest may run: <see cref="IVmHost"/> stands in front of it and owns the gate.
/// </summary>
/// <remarks>
/// A guest is a process in a session of its own. It survives the daemon and is found again by <see cref="ListAsync"/>, which also
/// takes up watching it. No call throws for what the outside world does.
/// </remarks>
public interface IHypervisor : IAsyncDisposable
{
    /// <summary>The type in the configuration: <c>qemu</c>, <c>embedded</c>.</summary>
    string Kind { get; }

    /// <summary>What it can do; asks the installed program.</summary>
    Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Spawns the guest paused: its disks are open and locked, nothing of it has run. The process is created before the first await,
    /// so that the caller can hold a lock over it.
    /// </summary>
    /// <param name="definition">What to start.</param>
    /// <param name="token">The token of the command; kept beside the guest and told by <see cref="ListAsync"/>.</param>
    /// <param name="cancellationToken">Ends the attempt; a process that was spawned is killed.</param>
    Task<StartOutcome> SpawnPausedAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default);

    /// <summary>Lets a paused guest run.</summary>
    Task<StartOutcome> ContinueAsync(ResourceId id, CancellationToken cancellationToken = default);

    /// <summary>Asks the guest to shut down; kills it when the timeout has passed.</summary>
    Task<StopOutcome> StopAsync(ResourceId id, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Kills the guest's process and waits until it is gone.</summary>
    Task<StopOutcome> KillAsync(ResourceId id, CancellationToken cancellationToken = default);

    /// <summary>Every guest of this driver that lives on this node, those of an earlier daemon included; adopts them.</summary>
    Task<IReadOnlyList<RunningGuest>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Calls back once for each guest that ends, within 50 ms, on a thread of the driver: the callback must only pass it on.
    /// Dispose to end it.
    /// </summary>
    IDisposable Watch(Action<GuestExit> onExit);
}
