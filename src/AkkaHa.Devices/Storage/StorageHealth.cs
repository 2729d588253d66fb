namespace AkkaHa.Devices.Storage;

/// <summary>What one probe of a storage came to.</summary>
/// <param name="Succeeded">Whether a record was written and read back in time.</param>
/// <param name="Latency">How long it took.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
/// <param name="TotalBytes">Size of the storage, if it was told.</param>
/// <param name="UsedBytes">How much of it is used, if it was told.</param>
public sealed record ProbeResult(bool Succeeded, TimeSpan Latency, string? Error = null, long? TotalBytes = null, long? UsedBytes = null);

/// <summary>
/// Whether a storage is taken for available, with hysteresis: one slow answer does not move VMs, one good one does not bring a flapping
/// storage back.
/// </summary>
/// <param name="IsAvailable">What it is taken for; null before the first probe.</param>
/// <param name="Successes">Good probes in a row.</param>
/// <param name="Failures">Failed probes in a row.</param>
/// <param name="Last">The last probe.</param>
/// <param name="LastError">The last error, kept when it works again.</param>
public sealed record StorageHealth(bool? IsAvailable, int Successes, int Failures, ProbeResult? Last, string? LastError)
{
    /// <summary>Before the first probe.</summary>
    public static StorageHealth Unknown { get; } = new(null, 0, 0, null, null);

    /// <summary>The health after a further probe.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="rise">Good probes in a row that make a storage available again.</param>
    /// <param name="fall">Failed probes in a row that make it unavailable.</param>
    public StorageHealth After(ProbeResult probe, int rise, int fall)
    {
        var successes = probe.Succeeded ? Successes + 1 : 0;
        var failures = probe.Succeeded ? 0 : Failures + 1;
        var available = IsAvailable switch
        {
            // The first answer counts at once: a node must know before it takes VMs.
            null => probe.Succeeded,
            true => failures < fall,
            false => successes >= rise,
        };
        return new StorageHealth(available, successes, failures, probe, probe.Error ?? LastError);
    }
}
