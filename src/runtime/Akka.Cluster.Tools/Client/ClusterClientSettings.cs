using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Client;

/// <summary>How a <see cref="ClusterClient"/> does its work. Immutable.</summary>
public sealed class ClusterClientSettings : INoSerializationVerificationNeeded
{
    private const int LargestBuffer = 10000;

    /// <summary>Puts the parts together.</summary>
    /// <param name="initialContacts">Paths of receptionists.</param>
    /// <param name="establishingGetContactsInterval">How often they are asked while there is no connection.</param>
    /// <param name="refreshContactsInterval">How often the contact points are asked for again while there is one.</param>
    /// <param name="heartbeatInterval">How often heartbeats are sent.</param>
    /// <param name="acceptableHeartbeatPause">How long an answer may stay away beyond that.</param>
    /// <param name="bufferSize">How many messages are kept while there is no connection, 0 to 10000.</param>
    /// <param name="reconnectTimeout">After how long without a connection the client stops; null for never.</param>
    /// <exception cref="ArgumentException">The buffer size is out of range, or a time is not above zero.</exception>
    public ClusterClientSettings(
        IImmutableSet<ActorPath> initialContacts,
        TimeSpan establishingGetContactsInterval,
        TimeSpan refreshContactsInterval,
        TimeSpan heartbeatInterval,
        TimeSpan acceptableHeartbeatPause,
        int bufferSize,
        TimeSpan? reconnectTimeout = default)
    {
        if (bufferSize is < 0 or > LargestBuffer)
            throw new ArgumentException($"The buffer-size of a cluster client must be 0 to {LargestBuffer}, but is {bufferSize}.", nameof(bufferSize));
        if (establishingGetContactsInterval <= TimeSpan.Zero || refreshContactsInterval <= TimeSpan.Zero || heartbeatInterval <= TimeSpan.Zero)
            throw new ArgumentException("The intervals of a cluster client must be above zero.", nameof(establishingGetContactsInterval));
        InitialContacts = initialContacts;
        EstablishingGetContactsInterval = establishingGetContactsInterval;
        RefreshContactsInterval = refreshContactsInterval;
        HeartbeatInterval = heartbeatInterval;
        AcceptableHeartbeatPause = acceptableHeartbeatPause;
        BufferSize = bufferSize;
        ReconnectTimeout = reconnectTimeout;
    }

    /// <summary>Paths of receptionists.</summary>
    public IImmutableSet<ActorPath> InitialContacts { get; }

    /// <summary>How often they are asked while there is no connection.</summary>
    public TimeSpan EstablishingGetContactsInterval { get; }

    /// <summary>How often the contact points are asked for again while there is one.</summary>
    public TimeSpan RefreshContactsInterval { get; }

    /// <summary>How often heartbeats are sent.</summary>
    public TimeSpan HeartbeatInterval { get; }

    /// <summary>How long an answer may stay away beyond that.</summary>
    public TimeSpan AcceptableHeartbeatPause { get; }

    /// <summary>How many messages are kept while there is no connection.</summary>
    public int BufferSize { get; }

    /// <summary>After how long without a connection the client stops; null for never.</summary>
    public TimeSpan? ReconnectTimeout { get; }

    /// <summary>Reads <c>akka.cluster.client</c>.</summary>
    /// <param name="system">The actor system.</param>
    public static ClusterClientSettings Create(ActorSystem system)
    {
        ClientConfiguration.Inject(system);
        return Create(system.Settings.Config.GetConfig(ClientConfiguration.ClientPath));
    }

    /// <summary>Reads the settings of a block like <c>akka.cluster.client</c>.</summary>
    /// <param name="config">The block.</param>
    /// <exception cref="ConfigurationException">There is no block.</exception>
    public static ClusterClientSettings Create(Config config)
    {
        if (config.IsNullOrEmpty()) throw ConfigurationException.NullOrEmptyConfig<ClusterClientSettings>(ClientConfiguration.ClientPath);
        return new ClusterClientSettings(
            config.GetStringList("initial-contacts").Select(ActorPath.Parse).ToImmutableHashSet(),
            config.GetTimeSpan("establishing-get-contacts-interval"),
            config.GetTimeSpan("refresh-contacts-interval"),
            config.GetTimeSpan("heartbeat-interval"),
            config.GetTimeSpan("acceptable-heartbeat-pause"),
            config.GetInt("buffer-size"),
            config.GetString("reconnect-timeout") is "off" or "false" or "no" ? null : config.GetTimeSpan("reconnect-timeout"));
    }

    /// <summary>The same settings with other contacts.</summary>
    /// <param name="initialContacts">Paths of receptionists.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ClusterClientSettings WithInitialContacts(IImmutableSet<ActorPath> initialContacts) => initialContacts.Count == 0
        ? throw new ArgumentException("A cluster client needs at least one contact.", nameof(initialContacts))
        : Copy(initialContacts: initialContacts);

    /// <summary>The same settings with another interval.</summary>
    /// <param name="value">How often the contacts are asked while there is no connection.</param>
    public ClusterClientSettings WithEstablishingGetContactsInterval(TimeSpan value) => Copy(establishing: value);

    /// <summary>The same settings with another interval.</summary>
    /// <param name="value">How often the contact points are asked for again while there is a connection.</param>
    public ClusterClientSettings WithRefreshContactsInterval(TimeSpan value) => Copy(refresh: value);

    /// <summary>The same settings with another interval.</summary>
    /// <param name="value">How often heartbeats are sent.</param>
    public ClusterClientSettings WithHeartbeatInterval(TimeSpan value) => Copy(heartbeat: value);

    /// <summary>The same settings with another buffer.</summary>
    /// <param name="bufferSize">How many messages are kept while there is no connection, 0 to 10000.</param>
    public ClusterClientSettings WithBufferSize(int bufferSize) => Copy(bufferSize: bufferSize);

    /// <summary>The same settings with another end.</summary>
    /// <param name="reconnectTimeout">After how long without a connection the client stops; null for never.</param>
    public ClusterClientSettings WithReconnectTimeout(TimeSpan? reconnectTimeout) =>
        new(InitialContacts, EstablishingGetContactsInterval, RefreshContactsInterval, HeartbeatInterval, AcceptableHeartbeatPause, BufferSize, reconnectTimeout);

    private ClusterClientSettings Copy(
        IImmutableSet<ActorPath>? initialContacts = null, TimeSpan? establishing = null, TimeSpan? refresh = null, TimeSpan? heartbeat = null, int? bufferSize = null) =>
        new(
            initialContacts ?? InitialContacts,
            establishing ?? EstablishingGetContactsInterval,
            refresh ?? RefreshContactsInterval,
            heartbeat ?? HeartbeatInterval,
            AcceptableHeartbeatPause,
            bufferSize ?? BufferSize,
            ReconnectTimeout);
}
