using Akka.Actor;
using Akka.Configuration;
using Akka.Coordination;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>How the manager and the proxy of a <see cref="SingletonActor"/> do their work. Immutable.</summary>
public class ClusterSingletonSettings : INoSerializationVerificationNeeded
{
    private ClusterSingletonSettings()
    {
    }

    /// <summary>The role that a member must have to run it; null or empty for any member.</summary>
    public string? Role { get; private init; }

    /// <summary>How often the proxy looks for the singleton while it is not known where it is.</summary>
    public TimeSpan SingletonIdentificationInterval { get; private init; }

    /// <summary>How long a removed member's singleton is left alone; zero for what the downing provider says.</summary>
    public TimeSpan RemovalMargin { get; private init; }

    /// <summary>How often a hand-over is asked for.</summary>
    public TimeSpan HandOverRetryInterval { get; private init; }

    /// <summary>How many messages the proxy keeps while it is not known where the singleton is.</summary>
    public int BufferSize { get; private init; }

    /// <summary>The lease that must be held beside being the oldest; null for none.</summary>
    public LeaseUsageSettings? LeaseSettings { get; private init; }

    /// <summary>Whether only members with the newest application version are meant.</summary>
    public bool ConsiderAppVersion { get; private init; }

    /// <summary>Reads <c>akka.cluster</c>.</summary>
    /// <param name="system">The actor system.</param>
    public static ClusterSingletonSettings Create(ActorSystem system)
    {
        SingletonConfiguration.Inject(system);
        return Create(system.Settings.Config.GetConfig("akka.cluster"));
    }

    /// <summary>Reads the settings of a block with <c>singleton</c> and <c>singleton-proxy</c>, like <c>akka.cluster</c>.</summary>
    /// <param name="config">The block.</param>
    /// <exception cref="ConfigurationException">There is no block.</exception>
    public static ClusterSingletonSettings Create(Config config)
    {
        if (config.IsNullOrEmpty()) throw ConfigurationException.NullOrEmptyConfig<ClusterSingletonSettings>("akka.cluster");
        var manager = ClusterSingletonManagerSettings.Create(config.GetConfig("singleton"));
        var proxy = ClusterSingletonProxySettings.Create(config.GetConfig("singleton-proxy"), manager.ConsiderAppVersion);
        return new ClusterSingletonSettings
        {
            Role = manager.Role,
            SingletonIdentificationInterval = proxy.SingletonIdentificationInterval,
            RemovalMargin = manager.RemovalMargin,
            HandOverRetryInterval = manager.HandOverRetryInterval,
            BufferSize = proxy.BufferSize,
            LeaseSettings = manager.LeaseSettings,
            ConsiderAppVersion = manager.ConsiderAppVersion,
        };
    }

    /// <summary>The same settings with another role.</summary>
    /// <param name="role">The role that a member must have to run it.</param>
    public ClusterSingletonSettings WithRole(string? role) => With(role, RemovalMargin, HandOverRetryInterval, LeaseSettings);

    /// <summary>The same settings with another margin.</summary>
    /// <param name="removalMargin">How long a removed member's singleton is left alone; zero for what the downing provider says.</param>
    public ClusterSingletonSettings WithRemovalMargin(TimeSpan removalMargin) => With(Role, removalMargin, HandOverRetryInterval, LeaseSettings);

    /// <summary>The same settings with another interval.</summary>
    /// <param name="handOverRetryInterval">How often a hand-over is asked for.</param>
    public ClusterSingletonSettings WithHandOverRetryInterval(TimeSpan handOverRetryInterval) => With(Role, RemovalMargin, handOverRetryInterval, LeaseSettings);

    /// <summary>The same settings with another lease.</summary>
    /// <param name="leaseSettings">The lease that must be held beside being the oldest; null for none.</param>
    public ClusterSingletonSettings WithLeaseSettings(LeaseUsageSettings? leaseSettings) => With(Role, RemovalMargin, HandOverRetryInterval, leaseSettings);

    internal ClusterSingletonManagerSettings ForManagerOf(string singletonName) =>
        new(singletonName, Role, RemovalMargin, HandOverRetryInterval, LeaseSettings, ConsiderAppVersion);

    internal ClusterSingletonProxySettings ForProxyOf(string singletonName) =>
        new(singletonName, Role, SingletonIdentificationInterval, BufferSize, ConsiderAppVersion);

    private ClusterSingletonSettings With(string? role, TimeSpan removalMargin, TimeSpan handOverRetryInterval, LeaseUsageSettings? leaseSettings) => new()
    {
        Role = role,
        SingletonIdentificationInterval = SingletonIdentificationInterval,
        RemovalMargin = removalMargin,
        HandOverRetryInterval = handOverRetryInterval,
        BufferSize = BufferSize,
        LeaseSettings = leaseSettings,
        ConsiderAppVersion = ConsiderAppVersion,
    };
}
