using Akka.Configuration;

namespace Akka.Coordination;

/// <summary>What one lease is made with.</summary>
public sealed class LeaseSettings
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="leaseName">The name that contenders share.</param>
    /// <param name="ownerName">The name that tells the contenders apart, such as host and port.</param>
    /// <param name="timeoutSettings">How long things may take.</param>
    /// <param name="leaseConfig">The block of the configuration that chose the implementation.</param>
    public LeaseSettings(string leaseName, string ownerName, TimeoutSettings timeoutSettings, Config leaseConfig)
    {
        LeaseName = leaseName;
        OwnerName = ownerName;
        TimeoutSettings = timeoutSettings;
        LeaseConfig = leaseConfig;
    }

    /// <summary>The name that contenders share.</summary>
    public string LeaseName { get; }

    /// <summary>The name that tells the contenders apart.</summary>
    public string OwnerName { get; }

    /// <summary>How long things may take.</summary>
    public TimeoutSettings TimeoutSettings { get; }

    /// <summary>The block of the configuration that chose the implementation; further settings of its own stand there.</summary>
    public Config LeaseConfig { get; }

    /// <summary>Reads the settings of a block.</summary>
    /// <param name="config">The block, such as the one at <c>akka.coordination.lease</c>.</param>
    /// <param name="leaseName">The name that contenders share.</param>
    /// <param name="ownerName">The name that tells the contenders apart.</param>
    /// <exception cref="ArgumentException">The times do not fit together.</exception>
    public static LeaseSettings Create(Config config, string leaseName, string ownerName) =>
        new(leaseName, ownerName, TimeoutSettings.Create(config), config);

    /// <summary>The same settings with other times.</summary>
    /// <param name="timeoutSettings">The times.</param>
    public LeaseSettings WithTimeoutSettings(TimeoutSettings timeoutSettings) => new(LeaseName, OwnerName, timeoutSettings, LeaseConfig);

    /// <inheritdoc/>
    public override string ToString() => $"LeaseSettings({LeaseName}, {OwnerName}, {TimeoutSettings})";
}
