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

    /// <summary>
    /// How long a storage must be unavailable before guests that use it are given up: the other nodes must have had time to find out that it is
    /// gone for them, too.
    /// </summary>
    public TimeSpan FailAfter { get; init; } = TimeSpan.FromSeconds(15);
}
