using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Hypervisors;

/// <summary>Bounds of a live migration.</summary>
public sealed record MigrationLimits
{
    /// <summary>Bytes per second at most; null for as fast as the network goes.</summary>
    public long? BandwidthBytes { get; init; }

    /// <summary>How long the guest may stand still at the switch-over; the copying goes on until this can be kept.</summary>
    public TimeSpan Downtime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>For reaching the switch-over; after it the migration is cancelled and the guest runs on where it was.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>How far a migration is.</summary>
/// <param name="TransferredBytes">Memory sent so far.</param>
/// <param name="RemainingBytes">Memory still to send, as of now.</param>
/// <param name="TotalBytes">The guest's memory.</param>
public sealed record MigrationProgress(long TransferredBytes, long RemainingBytes, long TotalBytes);

/// <summary>Where a migration stands, as its source tells.</summary>
public enum MigrationStage
{
    /// <summary>There is none; the guest runs here or does not live here.</summary>
    None,

    /// <summary>Memory is being copied; the guest runs here.</summary>
    Copying,

    /// <summary>The guest stands still here, everything but its last state is copied: the moment to commit the new owner.</summary>
    AtSwitchOver,

    /// <summary>The destination has everything. This copy never runs again by itself; the destination may continue.</summary>
    Completed,

    /// <summary>It failed or was cancelled, and the guest runs on here.</summary>
    Failed,

    /// <summary>The source's process is gone or does not answer: nothing is known.</summary>
    Unknown,
}

/// <summary>Where a migration stands.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Detail">A sentence naming guest and cause.</param>
public sealed record MigrationOutcome(MigrationStage Stage, string Detail);

/// <summary>A destination that waits for its guest.</summary>
/// <param name="Outcome">How its start ended.</param>
/// <param name="Address">Where the source is to send to; null if it did not start.</param>
public sealed record IncomingOutcome(StartOutcome Outcome, string? Address = null);

/// <summary>
/// Moves a running guest to another node (DESIGN §10). The order is the caller's: prepare the destination; copy to the switch-over; commit
/// the new owner; complete; continue the destination (<see cref="IHypervisor.ContinueAsync"/>) only after the source's answer
/// <see cref="MigrationStage.Completed"/> or a proof for the source; kill the source's shell.
/// </summary>
public interface ILiveMigration
{
    /// <summary>
    /// On the destination: spawns the guest paused and incoming. Nothing of it runs, and its disks are neither locked nor written, before
    /// it is continued.
    /// </summary>
    /// <param name="definition">The guest.</param>
    /// <param name="token">The token of the migration.</param>
    /// <param name="listen">The address to listen on: <c>tcp:HOST:PORT</c> (port 0 takes a free one) or <c>unix:PATH</c>.</param>
    /// <param name="cancellationToken">Ends the attempt; what was spawned is killed.</param>
    Task<IncomingOutcome> PrepareIncomingAsync(VmDefinition definition, Token token, string listen, CancellationToken cancellationToken = default);

    /// <summary>
    /// On the source: copies until the guest stands still at the switch-over. Cancelling, or a limit that is passed, lets it run on here.
    /// </summary>
    Task<MigrationOutcome> CopyToSwitchOverAsync(
        ResourceId id, string address, MigrationLimits limits, Action<MigrationProgress> onProgress, CancellationToken cancellationToken = default);

    /// <summary>On the source, after the new owner is committed: hands over.</summary>
    Task<MigrationOutcome> CompleteAsync(ResourceId id, CancellationToken cancellationToken = default);

    /// <summary>On the source: gives the migration up before it has completed; the guest runs on here.</summary>
    Task<MigrationOutcome> CancelMigrationAsync(ResourceId id, CancellationToken cancellationToken = default);

    /// <summary>On the source: where it stands; also for a daemon that was restarted in the middle.</summary>
    Task<MigrationOutcome> MigrationAsync(ResourceId id, CancellationToken cancellationToken = default);
}

/// <summary>The part of a VM host that receives guests: the destination of a migration goes through the gate like a start.</summary>
public interface IMigrationHost
{
    /// <summary>The source's side; null if the hypervisor does not migrate.</summary>
    ILiveMigration? Migration { get; }

    /// <summary>Spawns a guest paused and incoming, if the gate is open; a closing that comes meanwhile kills it.</summary>
    Task<IncomingOutcome> PrepareIncomingAsync(VmDefinition definition, Token token, string listen, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lets a guest that has arrived run, if the gate is open and the record beside its disks can be taken; a copy that may not run for the
    /// sake of the record is killed.
    /// </summary>
    Task<StartOutcome> ContinueIncomingAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default);
}
