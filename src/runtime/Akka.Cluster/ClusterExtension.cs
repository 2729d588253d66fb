using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Cluster;

/// <summary>Finds or starts the cluster extension of an actor system.</summary>
public class ClusterExtension : ExtensionIdProvider<Cluster>
{
    /// <inheritdoc/>
    public override Cluster CreateExtension(ExtendedActorSystem system) => new((ActorSystemImpl)system);
}
