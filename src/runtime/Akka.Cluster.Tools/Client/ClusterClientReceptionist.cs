using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Client;

/// <summary>Has the receptionist of this node started, with the settings of <c>akka.cluster.client.receptionist</c>, and registers what clients may talk to.</summary>
public sealed class ClusterClientReceptionist : IExtension
{
    private readonly Cluster _cluster;
    private readonly IActorRef _mediator;

    /// <summary>Called by the runtime; use <see cref="Get"/>.</summary>
    /// <param name="system">The actor system.</param>
    public ClusterClientReceptionist(ExtendedActorSystem system)
    {
        ClientConfiguration.Inject(system);
        _cluster = Cluster.Get(system);
        _mediator = DistributedPubSub.Get(system).Mediator;
        var config = system.Settings.Config.GetConfig(ClientConfiguration.ReceptionistPath);
        var settings = ClusterReceptionistSettings.Create(config);
        if (_cluster.IsTerminated || (settings.Role is { } role && !_cluster.SelfRoles.Contains(role)))
        {
            Underlying = system.DeadLetters;
            return;
        }

        var props = ClusterReceptionist.Props(_mediator, settings);
        Underlying = system.SystemActorOf(config.GetString("use-dispatcher") is { Length: > 0 } dispatcher ? props.WithDispatcher(dispatcher) : props, config.GetString("name"));
        // The clients are told to look elsewhere while there is still a connection to tell them.
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExiting, "send-clients-elsewhere", async () =>
        {
            await Underlying.GracefulStop(shutdown.Timeout(CoordinatedShutdown.PhaseClusterExiting));
            return Done.Instance;
        });
    }

    /// <summary>Whether this node takes no more part in the cluster.</summary>
    public bool IsTerminated => _cluster.IsTerminated;

    /// <summary>The receptionist of this node. Dead letters if this node does not have the role of the receptionists.</summary>
    public IActorRef Underlying { get; }

    /// <summary>The extension of a system.</summary>
    /// <param name="system">The actor system.</param>
    public static ClusterClientReceptionist Get(ActorSystem system) => system.WithExtension<ClusterClientReceptionist, ClusterClientReceptionistExtensionProvider>();

    /// <summary>The defaults, <c>akka.cluster.client</c>.</summary>
    public static Config DefaultConfig() => ClientConfiguration.Defaults();

    /// <summary>Lets clients send to an actor by its path, with <see cref="ClusterClient.Send"/> and <see cref="ClusterClient.SendToAll"/>.</summary>
    /// <param name="actorRef">An actor of this node.</param>
    public void RegisterService(IActorRef actorRef) => _mediator.Tell(new Put(actorRef), ActorRefs.NoSender);

    /// <summary>Ends that.</summary>
    /// <param name="actorRef">The actor.</param>
    public void UnregisterService(IActorRef actorRef) => _mediator.Tell(new Remove(actorRef.Path.ToStringWithoutAddress()), ActorRefs.NoSender);

    /// <summary>Lets clients reach an actor by a topic, with <see cref="ClusterClient.Publish"/>.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="actorRef">An actor of this node.</param>
    public void RegisterSubscriber(string topic, IActorRef actorRef) => _mediator.Tell(new Subscribe(topic, actorRef), ActorRefs.NoSender);

    /// <summary>Ends that.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="actorRef">The actor.</param>
    public void UnregisterSubscriber(string topic, IActorRef actorRef) => _mediator.Tell(new Unsubscribe(topic, actorRef), ActorRefs.NoSender);
}
