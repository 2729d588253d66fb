using AkkaHa.Core.Model;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Storage;

/// <summary>How storages are probed.</summary>
public sealed record ProbeSettings
{
    /// <summary>Between two probes of a storage.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For one probe.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Good probes in a row that make a storage available again.</summary>
    public int Rise { get; init; } = 2;

    /// <summary>Failed probes in a row that make it unavailable.</summary>
    public int Fall { get; init; } = 2;
}

/// <summary>A storage's health on this node.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Health">Its health after the last probe.</param>
/// <param name="HasChanged">Whether its availability changed with that probe.</param>
public sealed record StorageReport(StorageDefinition Storage, StorageHealth Health, bool HasChanged);

/// <summary>Probes a node's storages, each at its own pace: one that hangs delays no other.</summary>
public sealed class StorageMonitor(
    IReadOnlyList<StorageDefinition> storages, NodeName node, ProbeSettings settings, IToolRunner tools, TimeProvider time)
{
    /// <summary>Probes until cancelled.</summary>
    /// <param name="onReport">Called after every probe on the monitor's own tasks; must only pass it on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task RunAsync(Action<StorageReport> onReport, CancellationToken cancellationToken) =>
        Task.WhenAll(storages.Select(storage => WatchAsync(new StorageProbe(storage, node, tools, time), onReport, cancellationToken)));

    private async Task WatchAsync(StorageProbe probe, Action<StorageReport> onReport, CancellationToken cancellationToken)
    {
        var health = StorageHealth.Unknown;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var result = await probe.ProbeAsync(settings.Deadline, cancellationToken).ConfigureAwait(false);
                var next = health.After(result, settings.Rise, settings.Fall);
                onReport(new StorageReport(probe.Storage, next, next.IsAvailable != health.IsAvailable));
                health = next;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(settings.Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
