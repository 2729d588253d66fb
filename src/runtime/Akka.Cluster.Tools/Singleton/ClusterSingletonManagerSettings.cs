using Akka.Actor;
using Akka.Configuration;
using Akka.Coordination;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>How a <see cref="ClusterSingletonManager"/> does its work. Immutable.</summary>
public sealed class ClusterSingletonManagerSettings : INoSerializationVerificationNeeded
{
    /// <summary>Puts the parts together, without a lease.</summary>
    /// <param name="singletonName">The name of the child actor that is the singleton.</param>
    /// <param name="role">The role that a member must have to run it; null or empty for any member.</param>
    /// <param name="removalMargin">How long a removed member's singleton is left alone; zero for what the downing provider says.</param>
    /// <param name="handOverRetryInterval">How often a hand-over is asked for.</param>
    /// <param name="considerAppVersion">Whether only members with the newest application version are meant.</param>
    public ClusterSingletonManagerSettings(string singletonName, string? role, TimeSpan removalMargin, TimeSpan handOverRetryInterval, bool considerAppVersion)
        : this(singletonName, role, removalMargin, handOverRetryInterval, null, considerAppVersion)
    {
    }

    /// <summary>Puts the parts together.</summary>
    /// <param name="singletonName">The name of the child actor that is the singleton.</param>
    /// <param name="role">The role that a member must have to run it; null or empty for any member.</param>
    /// <param name="removalMargin">How long a removed member's singleton is left alone; zero for what the downing provider says.</param>
    /// <param name="handOverRetryInterval">How often a hand-over is asked for.</param>
    /// <param name="leaseSettings">The lease that must be held beside being the oldest; null for none.</param>
    /// <param name="considerAppVersion">Whether only members with the newest application version are meant.</param>
    /// <exception cref="ArgumentException">The name is empty, the margin negative, or the interval not above zero.</exception>
    public ClusterSingletonManagerSettings(
        string singletonName, string? role, TimeSpan removalMargin, TimeSpan handOverRetryInterval, LeaseUsageSettings? leaseSettings, bool considerAppVersion)
    {
        if (string.IsNullOrWhiteSpace(singletonName))
            throw new ArgumentException("A singleton must have a name (akka.cluster.singleton.singleton-name).", nameof(singletonName));
        if (removalMargin < TimeSpan.Zero)
            throw new ArgumentException($"The removal margin of the singleton {singletonName} cannot be negative, but is {removalMargin}.", nameof(removalMargin));
        if (handOverRetryInterval <= TimeSpan.Zero)
            throw new ArgumentException(
                $"The hand-over-retry-interval of the singleton {singletonName} must be above zero, but is {handOverRetryInterval}.", nameof(handOverRetryInterval));
        SingletonName = singletonName;
        Role = role;
        RemovalMargin = removalMargin;
        HandOverRetryInterval = handOverRetryInterval;
        LeaseSettings = leaseSettings;
        ConsiderAppVersion = considerAppVersion;
    }

    /// <summary>The name of the child actor that is the singleton.</summary>
    public string SingletonName { get; }

    /// <summary>The role that a member must have to run it; null or empty for any member.</summary>
    public string? Role { get; }

    /// <summary>How long a removed member's singleton is left alone; zero for what the downing provider says.</summary>
    public TimeSpan RemovalMargin { get; }

    /// <summary>How often a hand-over is asked for.</summary>
    public TimeSpan HandOverRetryInterval { get; }

    /// <summary>The lease that must be held beside being the oldest; null for none.</summary>
    public LeaseUsageSettings? LeaseSettings { get; }

    /// <summary>Whether only members with the newest application version are meant.</summary>
    public bool ConsiderAppVersion { get; }

    /// <summary>Reads <c>akka.cluster.singleton</c>; the removal margin is that of the downing provider.</summary>
    /// <param name="system">The actor system.</param>
    public static ClusterSingletonManagerSettings Create(ActorSystem system)
    {
        SingletonConfiguration.Inject(system);
        return Create(system.Settings.Config.GetConfig(SingletonConfiguration.ManagerPath));
    }

    /// <summary>Reads the settings of a block like <c>akka.cluster.singleton</c>.</summary>
    /// <param name="config">The block.</param>
    /// <exception cref="ConfigurationException">There is no block.</exception>
    public static ClusterSingletonManagerSettings Create(Config config)
    {
        if (config.IsNullOrEmpty())
            throw ConfigurationException.NullOrEmptyConfig<ClusterSingletonManagerSettings>(SingletonConfiguration.ManagerPath);
        return new ClusterSingletonManagerSettings(
            config.GetString("singleton-name"),
            SingletonConfiguration.RoleIn(config),
            TimeSpan.Zero,
            config.GetTimeSpan("hand-over-retry-interval"),
            SingletonConfiguration.LeaseIn(config),
            config.GetBoolean("consider-app-version"));
    }

    /// <summary>The same settings with another name.</summary>
    /// <param name="singletonName">The name of the child actor that is the singleton.</param>
    public ClusterSingletonManagerSettings WithSingletonName(string singletonName) =>
        new(singletonName, Role, RemovalMargin, HandOverRetryInterval, LeaseSettings, ConsiderAppVersion);

    /// <summary>The same settings with another role.</summary>
    /// <param name="role">The role that a member must have to run it; null or empty for any member.</param>
    public ClusterSingletonManagerSettings WithRole(string? role) =>
        new(SingletonName, role, RemovalMargin, HandOverRetryInterval, LeaseSettings, ConsiderAppVersion);

    /// <summary>The same settings with another margin.</summary>
    /// <param name="removalMargin">How long a removed member's singleton is left alone; zero for what the downing provider says.</param>
    public ClusterSingletonManagerSettings WithRemovalMargin(TimeSpan removalMargin) =>
        new(SingletonName, Role, removalMargin, HandOverRetryInterval, LeaseSettings, ConsiderAppVersion);

    /// <summary>The same settings with another interval.</summary>
    /// <param name="handOverRetryInterval">How often a hand-over is asked for.</param>
    public ClusterSingletonManagerSettings WithHandOverRetryInterval(TimeSpan handOverRetryInterval) =>
        new(SingletonName, Role, RemovalMargin, handOverRetryInterval, LeaseSettings, ConsiderAppVersion);

    /// <summary>The same settings with another lease.</summary>
    /// <param name="leaseSettings">The lease that must be held beside being the oldest; null for none.</param>
    public ClusterSingletonManagerSettings WithLeaseSettings(LeaseUsageSettings? leaseSettings) =>
        new(SingletonName, Role, RemovalMargin, HandOverRetryInterval, leaseSettings, ConsiderAppVersion);
}
