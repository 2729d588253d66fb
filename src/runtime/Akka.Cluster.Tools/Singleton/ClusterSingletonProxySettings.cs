using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>How a <see cref="ClusterSingletonProxy"/> does its work. Immutable.</summary>
public sealed class ClusterSingletonProxySettings : INoSerializationVerificationNeeded
{
    private const int LargestBuffer = 10000;

    /// <summary>Puts the parts together.</summary>
    /// <param name="singletonName">The name of the child actor that is the singleton.</param>
    /// <param name="role">The role of the members that may run it; null or empty for any member.</param>
    /// <param name="singletonIdentificationInterval">How often it is looked for while it is not known where it is.</param>
    /// <param name="bufferSize">How many messages are kept meanwhile, 0 to 10000.</param>
    /// <param name="considerAppVersion">As for the singleton's manager.</param>
    /// <exception cref="ArgumentException">The name is empty, the interval not above zero, or the buffer size out of range.</exception>
    public ClusterSingletonProxySettings(string singletonName, string? role, TimeSpan singletonIdentificationInterval, int bufferSize, bool considerAppVersion)
    {
        if (string.IsNullOrWhiteSpace(singletonName))
            throw new ArgumentException("The singleton of a proxy must have a name (akka.cluster.singleton-proxy.singleton-name).", nameof(singletonName));
        if (singletonIdentificationInterval <= TimeSpan.Zero)
            throw new ArgumentException(
                $"The singleton-identification-interval of the proxy of {singletonName} must be above zero, but is {singletonIdentificationInterval}.",
                nameof(singletonIdentificationInterval));
        if (bufferSize is < 0 or > LargestBuffer)
            throw new ArgumentException($"The buffer-size of the proxy of {singletonName} must be 0 to {LargestBuffer}, but is {bufferSize}.", nameof(bufferSize));
        SingletonName = singletonName;
        Role = role;
        SingletonIdentificationInterval = singletonIdentificationInterval;
        BufferSize = bufferSize;
        ConsiderAppVersion = considerAppVersion;
    }

    /// <summary>The name of the child actor that is the singleton.</summary>
    public string SingletonName { get; }

    /// <summary>The role of the members that may run it; null or empty for any member.</summary>
    public string? Role { get; }

    /// <summary>How often it is looked for while it is not known where it is. The first tries after a change come sooner.</summary>
    public TimeSpan SingletonIdentificationInterval { get; }

    /// <summary>How many messages are kept meanwhile; beyond it the oldest are dropped.</summary>
    public int BufferSize { get; }

    /// <summary>As for the singleton's manager.</summary>
    public bool ConsiderAppVersion { get; }

    /// <summary>Reads <c>akka.cluster.singleton-proxy</c>.</summary>
    /// <param name="system">The actor system.</param>
    public static ClusterSingletonProxySettings Create(ActorSystem system)
    {
        SingletonConfiguration.Inject(system);
        var config = system.Settings.Config.GetConfig(SingletonConfiguration.ProxyPath);
        return Create(config, config.GetBoolean("consider-app-version"));
    }

    /// <summary>Reads the settings of a block like <c>akka.cluster.singleton-proxy</c>.</summary>
    /// <param name="config">The block.</param>
    /// <param name="considerAppVersion">As for the singleton's manager.</param>
    /// <exception cref="ConfigurationException">There is no block.</exception>
    public static ClusterSingletonProxySettings Create(Config config, bool considerAppVersion)
    {
        if (config.IsNullOrEmpty())
            throw ConfigurationException.NullOrEmptyConfig<ClusterSingletonProxySettings>(SingletonConfiguration.ProxyPath);
        return new ClusterSingletonProxySettings(
            config.GetString("singleton-name"),
            SingletonConfiguration.RoleIn(config),
            config.GetTimeSpan("singleton-identification-interval"),
            config.GetInt("buffer-size"),
            considerAppVersion);
    }

    /// <summary>The same settings with another name.</summary>
    /// <param name="singletonName">The name of the child actor that is the singleton.</param>
    public ClusterSingletonProxySettings WithSingletonName(string singletonName) =>
        new(singletonName, Role, SingletonIdentificationInterval, BufferSize, ConsiderAppVersion);

    /// <summary>The same settings with another role.</summary>
    /// <param name="role">The role of the members that may run it; null or empty for any member.</param>
    public ClusterSingletonProxySettings WithRole(string? role) =>
        new(SingletonName, role, SingletonIdentificationInterval, BufferSize, ConsiderAppVersion);

    /// <summary>The same settings with another interval.</summary>
    /// <param name="singletonIdentificationInterval">How often it is looked for while it is not known where it is.</param>
    public ClusterSingletonProxySettings WithSingletonIdentificationInterval(TimeSpan singletonIdentificationInterval) =>
        new(SingletonName, Role, singletonIdentificationInterval, BufferSize, ConsiderAppVersion);

    /// <summary>The same settings with another buffer.</summary>
    /// <param name="bufferSize">How many messages are kept meanwhile, 0 to 10000.</param>
    public ClusterSingletonProxySettings WithBufferSize(int bufferSize) =>
        new(SingletonName, Role, SingletonIdentificationInterval, bufferSize, ConsiderAppVersion);
}
