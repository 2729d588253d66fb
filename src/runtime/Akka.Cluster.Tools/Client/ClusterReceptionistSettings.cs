using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Client;

/// <summary>How a <see cref="ClusterReceptionist"/> does its work. Immutable.</summary>
public sealed class ClusterReceptionistSettings : INoSerializationVerificationNeeded
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="role">The role of the members that have a receptionist; null for all members.</param>
    /// <param name="numberOfContacts">How many contact points a client is told of.</param>
    /// <param name="responseTunnelReceiveTimeout">After how long without answers an actor that passes them to a client stops.</param>
    /// <param name="heartbeatInterval">How often clients send heartbeats.</param>
    /// <param name="acceptableHeartbeatPause">How long they may stay away beyond that.</param>
    /// <param name="failureDetectionInterval">How often that is looked at.</param>
    public ClusterReceptionistSettings(
        string? role, int numberOfContacts, TimeSpan responseTunnelReceiveTimeout, TimeSpan heartbeatInterval, TimeSpan acceptableHeartbeatPause, TimeSpan failureDetectionInterval)
    {
        Role = role;
        NumberOfContacts = numberOfContacts;
        ResponseTunnelReceiveTimeout = responseTunnelReceiveTimeout;
        HeartbeatInterval = heartbeatInterval;
        AcceptableHeartbeatPause = acceptableHeartbeatPause;
        FailureDetectionInterval = failureDetectionInterval;
    }

    /// <summary>The role of the members that have a receptionist; null for all members.</summary>
    public string? Role { get; }

    /// <summary>How many contact points a client is told of.</summary>
    public int NumberOfContacts { get; }

    /// <summary>After how long without answers an actor that passes them to a client stops.</summary>
    public TimeSpan ResponseTunnelReceiveTimeout { get; }

    /// <summary>How often clients send heartbeats.</summary>
    public TimeSpan HeartbeatInterval { get; }

    /// <summary>How long they may stay away beyond that.</summary>
    public TimeSpan AcceptableHeartbeatPause { get; }

    /// <summary>How often that is looked at.</summary>
    public TimeSpan FailureDetectionInterval { get; }

    /// <summary>Reads <c>akka.cluster.client.receptionist</c>.</summary>
    /// <param name="system">The actor system.</param>
    public static ClusterReceptionistSettings Create(ActorSystem system)
    {
        ClientConfiguration.Inject(system);
        return Create(system.Settings.Config.GetConfig(ClientConfiguration.ReceptionistPath));
    }

    /// <summary>Reads the settings of a block like <c>akka.cluster.client.receptionist</c>.</summary>
    /// <param name="config">The block.</param>
    /// <exception cref="ConfigurationException">There is no block.</exception>
    public static ClusterReceptionistSettings Create(Config config)
    {
        if (config.IsNullOrEmpty()) throw ConfigurationException.NullOrEmptyConfig<ClusterReceptionistSettings>(ClientConfiguration.ReceptionistPath);
        return new ClusterReceptionistSettings(
            config.GetString("role") is { Length: > 0 } role ? role : null,
            config.GetInt("number-of-contacts"),
            config.GetTimeSpan("response-tunnel-receive-timeout"),
            config.GetTimeSpan("heartbeat-interval"),
            config.GetTimeSpan("acceptable-heartbeat-pause"),
            config.GetTimeSpan("failure-detection-interval"));
    }

    /// <summary>The same settings with another role.</summary>
    /// <param name="role">The role of the members that have a receptionist.</param>
    public ClusterReceptionistSettings WithRole(string? role) =>
        new(role, NumberOfContacts, ResponseTunnelReceiveTimeout, HeartbeatInterval, AcceptableHeartbeatPause, FailureDetectionInterval);

    /// <summary>The same settings for all members.</summary>
    public ClusterReceptionistSettings WithoutRole() => WithRole(null);

    /// <summary>The same settings with another number of contact points.</summary>
    /// <param name="numberOfContacts">How many a client is told of.</param>
    public ClusterReceptionistSettings WithNumberOfContacts(int numberOfContacts) =>
        new(Role, numberOfContacts, ResponseTunnelReceiveTimeout, HeartbeatInterval, AcceptableHeartbeatPause, FailureDetectionInterval);

    /// <summary>The same settings with another timeout.</summary>
    /// <param name="responseTunnelReceiveTimeout">After how long without answers an actor that passes them to a client stops.</param>
    public ClusterReceptionistSettings WithResponseTunnelReceiveTimeout(TimeSpan responseTunnelReceiveTimeout) =>
        new(Role, NumberOfContacts, responseTunnelReceiveTimeout, HeartbeatInterval, AcceptableHeartbeatPause, FailureDetectionInterval);

    /// <summary>The same settings with other times of heartbeats.</summary>
    /// <param name="heartbeatInterval">How often clients send them.</param>
    /// <param name="acceptableHeartbeatPause">How long they may stay away beyond that.</param>
    /// <param name="failureDetectionInterval">How often that is looked at.</param>
    public ClusterReceptionistSettings WithHeartbeat(TimeSpan heartbeatInterval, TimeSpan acceptableHeartbeatPause, TimeSpan failureDetectionInterval) =>
        new(Role, NumberOfContacts, ResponseTunnelReceiveTimeout, heartbeatInterval, acceptableHeartbeatPause, failureDetectionInterval);
}
