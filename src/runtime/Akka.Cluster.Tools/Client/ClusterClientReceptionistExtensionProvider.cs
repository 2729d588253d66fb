using Akka.Actor;

namespace Akka.Cluster.Tools.Client;

/// <summary>Names and makes <see cref="ClusterClientReceptionist"/>.</summary>
public sealed class ClusterClientReceptionistExtensionProvider : ExtensionIdProvider<ClusterClientReceptionist>
{
    /// <inheritdoc/>
    public override ClusterClientReceptionist CreateExtension(ExtendedActorSystem system) => new(system);
}
