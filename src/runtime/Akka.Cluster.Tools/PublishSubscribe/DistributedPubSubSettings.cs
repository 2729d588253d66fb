using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Internal;
using Akka.Configuration;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>How a <see cref="DistributedPubSubMediator"/> does its work. Immutable.</summary>
public sealed class DistributedPubSubSettings : INoSerializationVerificationNeeded
{
    internal const string Path = "akka.cluster.pub-sub";

    private DistributedPubSubSettings(Config config)
    {
        Role = config.GetString("role") is { Length: > 0 } role ? role : null;
        Routing = DeliveryChoice.Parse(config.GetString("routing-logic"));
        GossipInterval = config.GetTimeSpan("gossip-interval");
        RemovedTimeToLive = config.GetTimeSpan("removed-time-to-live");
        MaxDeltaElements = config.GetInt("max-delta-elements");
        SendToDeadLettersWhenNoSubscribers = config.GetBoolean("send-to-dead-letters-when-no-subscribers");
    }

    private DistributedPubSubSettings(
        string? role, DeliveryRouting routing, TimeSpan gossipInterval, TimeSpan removedTimeToLive, int maxDeltaElements, bool sendToDeadLettersWhenNoSubscribers)
    {
        Role = role;
        Routing = routing;
        GossipInterval = gossipInterval;
        RemovedTimeToLive = removedTimeToLive;
        MaxDeltaElements = maxDeltaElements;
        SendToDeadLettersWhenNoSubscribers = sendToDeadLettersWhenNoSubscribers;
    }

    /// <summary>The role of the members that have a mediator; null for all members.</summary>
    public string? Role { get; }

    /// <summary>How often a mediator compares what it knows with another one.</summary>
    public TimeSpan GossipInterval { get; }

    /// <summary>How long it is remembered that something was removed.</summary>
    public TimeSpan RemovedTimeToLive { get; }

    /// <summary>How many entries go from one mediator to another at once.</summary>
    public int MaxDeltaElements { get; }

    /// <summary>Whether a message that nobody wants goes to dead letters.</summary>
    public bool SendToDeadLettersWhenNoSubscribers { get; }

    internal DeliveryRouting Routing { get; }

    /// <summary>Reads <c>akka.cluster.pub-sub</c>.</summary>
    /// <param name="system">The actor system.</param>
    public static DistributedPubSubSettings Create(ActorSystem system)
    {
        DistributedPubSub.InjectDefaults(system);
        return Create(system.Settings.Config.GetConfig(Path));
    }

    /// <summary>Reads the settings of a block like <c>akka.cluster.pub-sub</c>.</summary>
    /// <param name="config">The block.</param>
    /// <exception cref="ConfigurationException">There is no block, or a value cannot be used.</exception>
    public static DistributedPubSubSettings Create(Config config) => config.IsNullOrEmpty()
        ? throw ConfigurationException.NullOrEmptyConfig<DistributedPubSubSettings>(Path)
        : new DistributedPubSubSettings(config);

    /// <summary>The same settings with another role.</summary>
    /// <param name="role">The role of the members that have a mediator.</param>
    public DistributedPubSubSettings WithRole(string? role) =>
        new(role, Routing, GossipInterval, RemovedTimeToLive, MaxDeltaElements, SendToDeadLettersWhenNoSubscribers);

    /// <summary>The same settings with another interval.</summary>
    /// <param name="gossipInterval">How often a mediator compares what it knows with another one.</param>
    public DistributedPubSubSettings WithGossipInterval(TimeSpan gossipInterval) =>
        new(Role, Routing, gossipInterval, RemovedTimeToLive, MaxDeltaElements, SendToDeadLettersWhenNoSubscribers);

    /// <summary>The same settings with another memory of removals.</summary>
    /// <param name="removedTtl">How long it is remembered that something was removed.</param>
    public DistributedPubSubSettings WithRemovedTimeToLive(TimeSpan removedTtl) =>
        new(Role, Routing, GossipInterval, removedTtl, MaxDeltaElements, SendToDeadLettersWhenNoSubscribers);

    /// <summary>The same settings with another limit.</summary>
    /// <param name="maxDeltaElements">How many entries go from one mediator to another at once.</param>
    public DistributedPubSubSettings WithMaxDeltaElements(int maxDeltaElements) =>
        new(Role, Routing, GossipInterval, RemovedTimeToLive, maxDeltaElements, SendToDeadLettersWhenNoSubscribers);

    /// <summary>The same settings with another end of what nobody wants.</summary>
    /// <param name="sendToDeadLetterWhenNoSubscribers">Whether a message that nobody wants goes to dead letters.</param>
    public DistributedPubSubSettings WithSendToDeadLettersWhenNoSubscribers(bool sendToDeadLetterWhenNoSubscribers) =>
        new(Role, Routing, GossipInterval, RemovedTimeToLive, MaxDeltaElements, sendToDeadLetterWhenNoSubscribers);
}
