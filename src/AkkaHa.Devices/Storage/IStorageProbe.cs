namespace AkkaHa.Devices.Storage;

/// <summary>Probes one storage of this node.</summary>
public interface IStorageProbe
{
    /// <summary>The storage.</summary>
    StorageDefinition Storage { get; }

    /// <summary>Probes once; never throws for what the storage does.</summary>
    /// <param name="deadline">For the whole probe; what hangs longer is left behind and counts as failed.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<ProbeResult> ProbeAsync(TimeSpan deadline, CancellationToken cancellationToken = default);
}
