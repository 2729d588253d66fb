using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors.Qmp;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Qemu;

/// <summary>Runs guests with QEMU and migrates them live.</summary>
public sealed class QemuHypervisor(QemuSettings settings, IToolRunner tools, TimeProvider time)
    : QmpHypervisor(new QemuProgram(settings, tools), settings.RunDirectory, settings.Timeouts, time, settings.Cgroup), ILiveMigration
{
    private readonly QemuMigration _migration = new(settings, time);

    /// <inheritdoc />
    public async Task<IncomingOutcome> PrepareIncomingAsync(
        VmDefinition definition, Token token, string listen, CancellationToken cancellationToken = default)
    {
        var spawned = await SpawnAsync(definition, token, ["-incoming", "defer"], cancellationToken).ConfigureAwait(false);
        if (spawned.Verdict != StartVerdict.Started || Find(definition.Id) is not { } guest)
            return new IncomingOutcome(spawned);
        try
        {
            return new IncomingOutcome(spawned, await _migration.ListenAsync(guest, listen, cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            await KillAsync(definition.Id, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        catch (QmpException e)
        {
            var killed = await KillAsync(definition.Id, CancellationToken.None).ConfigureAwait(false);
            return new IncomingOutcome(new StartOutcome(StartVerdict.Failed, $"{definition.Id} cannot be received on {listen}: {e.Message} {killed.Detail}"));
        }
    }

    /// <inheritdoc />
    public Task<MigrationOutcome> CopyToSwitchOverAsync(
        ResourceId id, string address, MigrationLimits limits, Action<MigrationProgress> onProgress, CancellationToken cancellationToken = default) =>
        WithAsync(id, guest => _migration.CopyAsync(guest, id, address, limits, onProgress, cancellationToken));

    /// <inheritdoc />
    public Task<MigrationOutcome> CompleteAsync(ResourceId id, CancellationToken cancellationToken = default) =>
        WithAsync(id, guest => _migration.CompleteAsync(guest, id, cancellationToken));

    /// <inheritdoc />
    public Task<MigrationOutcome> CancelMigrationAsync(ResourceId id, CancellationToken cancellationToken = default) =>
        WithAsync(id, guest => _migration.GiveUpAsync(guest, id, "it was cancelled"));

    /// <inheritdoc />
    public Task<MigrationOutcome> MigrationAsync(ResourceId id, CancellationToken cancellationToken = default) =>
        WithAsync(id, guest => _migration.StageAsync(guest, id, cancellationToken));

    private Task<MigrationOutcome> WithAsync(ResourceId id, Func<LiveGuest, Task<MigrationOutcome>> work) =>
        Find(id) is { } guest
            ? work(guest)
            : Task.FromResult(new MigrationOutcome(MigrationStage.Unknown, $"{id} does not live on this node."));
}
