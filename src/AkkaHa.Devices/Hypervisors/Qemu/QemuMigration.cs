using System.Text.Json.Nodes;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors.Qmp;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Qemu;

/// <summary>QEMU's side of a live migration, spoken over the guests' QMP connections.</summary>
internal sealed class QemuMigration(QemuSettings settings, TimeProvider time)
{
    private const string TlsObject = "akkaha-tls";

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SettleInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>Lets a destination listen; returns the address for the source.</summary>
    /// <exception cref="QmpException">QEMU refused.</exception>
    public async Task<string> ListenAsync(LiveGuest guest, string listen, CancellationToken cancellationToken)
    {
        // Late activation: the disks stay closed to this copy until it is continued, so that until then the source can take them back.
        await SetCapabilitiesAsync(guest, ["events", "late-block-activate", "pause-before-switchover"], cancellationToken).ConfigureAwait(false);
        await SetUpTlsAsync(guest, "server", cancellationToken).ConfigureAwait(false);
        await guest.ExecuteAsync("migrate-incoming", new JsonObject { ["uri"] = listen }, settings.Timeouts.Command, cancellationToken).ConfigureAwait(false);
        if (!listen.StartsWith("tcp:", StringComparison.Ordinal))
            return listen;
        var info = await guest.ExecuteAsync("query-migrate", null, settings.Timeouts.Command, cancellationToken).ConfigureAwait(false);
        return info?["socket-address"] is JsonArray { Count: > 0 } addresses && addresses[0]?["port"]?.GetValue<string>() is { } port
            ? $"{listen[..listen.LastIndexOf(':')]}:{port}"
            : listen;
    }

    public async Task<MigrationOutcome> CopyAsync(
        LiveGuest guest, ResourceId id, string address, MigrationLimits limits, Action<MigrationProgress> onProgress, CancellationToken cancellationToken)
    {
        var moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnEvent(QmpEvent happening)
        {
            if (happening.Name is "MIGRATION" or "STOP")
                Interlocked.Exchange(ref moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }

        guest.Happened += OnEvent;
        try
        {
            await SetCapabilitiesAsync(guest, ["events", "pause-before-switchover"], cancellationToken).ConfigureAwait(false);
            await SetUpTlsAsync(guest, "client", cancellationToken).ConfigureAwait(false);
            var parameters = new JsonObject { ["downtime-limit"] = (long)limits.Downtime.TotalMilliseconds, ["max-bandwidth"] = limits.BandwidthBytes ?? long.MaxValue };
            await guest.ExecuteAsync("migrate-set-parameters", parameters, settings.Timeouts.Command, cancellationToken).ConfigureAwait(false);
            await guest.ExecuteAsync("migrate", new JsonObject { ["uri"] = address }, settings.Timeouts.Command, cancellationToken).ConfigureAwait(false);
            var started = time.GetTimestamp();
            while (true)
            {
                // Taken before the look, so that what happens during it is not missed.
                var next = Volatile.Read(ref moved).Task;
                var (outcome, progress) = await ReadAsync(guest, id, cancellationToken).ConfigureAwait(false);
                if (progress is not null)
                    onProgress(progress);
                if (outcome.Stage is not MigrationStage.Copying)
                    return outcome;
                if (time.GetElapsedTime(started) > limits.Timeout)
                    return await GiveUpAsync(guest, id, FormattableString.Invariant($"it did not reach the switch-over within {limits.Timeout.TotalSeconds:0.#} s")).ConfigureAwait(false);
                await next.IsCompletedWithinAsync(ProgressInterval, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            await GiveUpAsync(guest, id, "it was cancelled").ConfigureAwait(false);
            throw;
        }
        catch (QmpException e)
        {
            return await AfterErrorAsync(guest, id, e.Message).ConfigureAwait(false);
        }
        finally
        {
            guest.Happened -= OnEvent;
        }
    }

    public async Task<MigrationOutcome> CompleteAsync(LiveGuest guest, ResourceId id, CancellationToken cancellationToken)
    {
        try
        {
            await guest.ExecuteAsync("migrate-continue", new JsonObject { ["state"] = "pre-switchover" }, settings.Timeouts.Command, cancellationToken).ConfigureAwait(false);
        }
        catch (QmpException e)
        {
            return await AfterErrorAsync(guest, id, e.Message).ConfigureAwait(false);
        }
        return await SettledAsync(guest, id).ConfigureAwait(false);
    }

    public async Task<MigrationOutcome> GiveUpAsync(LiveGuest guest, ResourceId id, string reason)
    {
        try
        {
            await guest.ExecuteAsync("migrate_cancel", null, settings.Timeouts.Command, CancellationToken.None).ConfigureAwait(false);
        }
        catch (QmpException e)
        {
            return await AfterErrorAsync(guest, id, $"{reason}, and could not be cancelled ({e.Message})").ConfigureAwait(false);
        }
        var outcome = await SettledAsync(guest, id).ConfigureAwait(false);
        return outcome.Stage == MigrationStage.Failed ? outcome with { Detail = $"The migration of {id} was given up: {reason}. It runs on here." } : outcome;
    }

    public async Task<MigrationOutcome> StageAsync(LiveGuest guest, ResourceId id, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAsync(guest, id, cancellationToken).ConfigureAwait(false)).Outcome;
        }
        catch (QmpException e)
        {
            return new MigrationOutcome(MigrationStage.Unknown, $"Where the migration of {id} stands is not known: {e.Message}");
        }
    }

    // What an error left behind: the state counts, not the error.
    private async Task<MigrationOutcome> AfterErrorAsync(LiveGuest guest, ResourceId id, string error)
    {
        var outcome = await StageAsync(guest, id, CancellationToken.None).ConfigureAwait(false);
        return outcome.Stage is MigrationStage.None or MigrationStage.Failed
            ? new MigrationOutcome(MigrationStage.Failed, $"The migration of {id} failed: {error} It runs on here.")
            : outcome with { Detail = $"{outcome.Detail} ({error})" };
    }

    // After an order to complete or to cancel: until the migration has ended one way or the other.
    private async Task<MigrationOutcome> SettledAsync(LiveGuest guest, ResourceId id)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var outcome = await StageAsync(guest, id, CancellationToken.None).ConfigureAwait(false);
            if (outcome.Stage == MigrationStage.Completed)
                guest.MovedAway = true;
            if (outcome.Stage is MigrationStage.Completed or MigrationStage.Failed or MigrationStage.None || guest.Process.HasExited)
                return outcome;
            if (time.GetElapsedTime(started) > settings.Timeouts.Spawn)
                return new MigrationOutcome(MigrationStage.Unknown, $"The migration of {id} did not come to an end in time: {outcome.Detail}");
            await Task.Delay(SettleInterval, time).ConfigureAwait(false);
        }
    }

    private async Task<(MigrationOutcome Outcome, MigrationProgress? Progress)> ReadAsync(LiveGuest guest, ResourceId id, CancellationToken cancellationToken)
    {
        var info = await guest.ExecuteAsync("query-migrate", null, settings.Timeouts.Command, cancellationToken).ConfigureAwait(false);
        var status = info?["status"]?.GetValue<string>();
        var outcome = status switch
        {
            null or "none" => new MigrationOutcome(MigrationStage.None, $"{id} is not being migrated."),
            "pre-switchover" => new MigrationOutcome(MigrationStage.AtSwitchOver, $"{id} stands still at the switch-over."),
            "completed" => new MigrationOutcome(MigrationStage.Completed, $"{id} was handed over."),
            "failed" or "cancelled" => await FailedAsync().ConfigureAwait(false),
            _ => new MigrationOutcome(MigrationStage.Copying, $"{id} is being copied ({status})."),
        };
        return (outcome, info?["ram"] is JsonObject ram
            ? new MigrationProgress(Number(ram, "transferred"), Number(ram, "remaining"), Number(ram, "total"))
            : null);

        async Task<MigrationOutcome> FailedAsync()
        {
            // QEMU lets a source run on by itself after a failure; a moment later than it says so.
            var state = await guest.StateAsync(settings.Timeouts.Command, cancellationToken).ConfigureAwait(false);
            return state == RunState.Running
                ? new MigrationOutcome(MigrationStage.Failed, $"The migration of {id} {status}{Cause(info)}. It runs on here.")
                : new MigrationOutcome(MigrationStage.Copying, $"The migration of {id} {status}{Cause(info)}; it does not run on yet.");
        }
    }

    private static string Cause(JsonNode? info) => info?["error-desc"]?.GetValue<string>() is { Length: > 0 } cause ? $" ({cause})" : "";

    private static long Number(JsonObject json, string name) => json[name]?.GetValue<long>() ?? 0;

    private Task SetCapabilitiesAsync(LiveGuest guest, IEnumerable<string> capabilities, CancellationToken cancellationToken)
    {
        var list = new JsonArray([.. capabilities.Select(name => new JsonObject { ["capability"] = name, ["state"] = true })]);
        return guest.ExecuteAsync("migrate-set-capabilities", new JsonObject { ["capabilities"] = list }, settings.Timeouts.Command, cancellationToken);
    }

    private async Task SetUpTlsAsync(LiveGuest guest, string endpoint, CancellationToken cancellationToken)
    {
        if (settings.MigrationTlsFolder is not { } folder)
            return;
        // A guest that came by a migration still has the object of its own arrival.
        var known = await guest.ExecuteAsync("qom-list", new JsonObject { ["path"] = "/objects" }, settings.Timeouts.Command, cancellationToken).ConfigureAwait(false);
        if (known is JsonArray objects && objects.Any(entry => entry?["name"]?.GetValue<string>() == TlsObject))
            await guest.ExecuteAsync("object-del", new JsonObject { ["id"] = TlsObject }, settings.Timeouts.Command, cancellationToken).ConfigureAwait(false);
        var credentials = new JsonObject
        {
            ["qom-type"] = "tls-creds-x509",
            ["id"] = TlsObject,
            ["dir"] = folder,
            ["endpoint"] = endpoint,
            ["verify-peer"] = true,
        };
        // Without a file of Diffie-Hellman parameters QEMU computes them here, which takes seconds.
        await guest.ExecuteAsync("object-add", credentials, settings.Timeouts.Spawn, cancellationToken).ConfigureAwait(false);
        await guest.ExecuteAsync("migrate-set-parameters", new JsonObject { ["tls-creds"] = TlsObject }, settings.Timeouts.Command, cancellationToken).ConfigureAwait(false);
    }
}
