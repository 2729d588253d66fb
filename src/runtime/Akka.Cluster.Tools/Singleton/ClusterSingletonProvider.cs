using Akka.Actor;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Names and makes <see cref="ClusterSingleton"/>.</summary>
public class ClusterSingletonProvider : ExtensionIdProvider<ClusterSingleton>
{
    /// <inheritdoc/>
    public override ClusterSingleton CreateExtension(ExtendedActorSystem system) => new(system);
}
