using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>Has the mediator of this node started, with the settings of <c>akka.cluster.pub-sub</c>.</summary>
public sealed class DistributedPubSub : IExtension
{
    private const string Part = "PublishSubscribe";

    private readonly Cluster _cluster;

    /// <summary>Called by the runtime; use <see cref="Get"/>.</summary>
    /// <param name="system">The actor system.</param>
    public DistributedPubSub(ExtendedActorSystem system)
    {
        InjectDefaults(system);
        _cluster = Cluster.Get(system);
        var settings = DistributedPubSubSettings.Create(system);
        Mediator = _cluster.IsTerminated || (settings.Role is { } role && !_cluster.SelfRoles.Contains(role))
            ? system.DeadLetters
            : Start(system, settings);
    }

    /// <summary>Whether this node takes no more part in the cluster.</summary>
    public bool IsTerminated => _cluster.IsTerminated;

    /// <summary>The mediator of this node. Dead letters if this node does not have the role of the mediators.</summary>
    public IActorRef Mediator { get; }

    /// <summary>The extension of a system.</summary>
    /// <param name="system">The actor system.</param>
    public static DistributedPubSub Get(ActorSystem system) => system.WithExtension<DistributedPubSub, DistributedPubSubExtensionProvider>();

    /// <summary>The defaults, <c>akka.cluster.pub-sub</c>.</summary>
    public static Config DefaultConfig() => ReferenceConfiguration.Of(Part);

    internal static void InjectDefaults(ActorSystem system) => ReferenceConfiguration.Inject(system, Part, "akka-pubsub");

    private static IActorRef Start(ExtendedActorSystem system, DistributedPubSubSettings settings)
    {
        var config = system.Settings.Config.GetConfig(DistributedPubSubSettings.Path);
        var props = DistributedPubSubMediator.Props(settings);
        return system.SystemActorOf(config.GetString("use-dispatcher") is { Length: > 0 } dispatcher ? props.WithDispatcher(dispatcher) : props, config.GetString("name"));
    }
}
