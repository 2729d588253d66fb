using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>Names and makes <see cref="DistributedPubSub"/>.</summary>
public sealed class DistributedPubSubExtensionProvider : ExtensionIdProvider<DistributedPubSub>
{
    /// <inheritdoc/>
    public override DistributedPubSub CreateExtension(ExtendedActorSystem system) => new(system);
}
