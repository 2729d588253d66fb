using Akka.Actor;

namespace Akka.Coordination;

/// <summary>Names and makes <see cref="LeaseProvider"/>.</summary>
public class LeaseProviderExtensionProvider : ExtensionIdProvider<LeaseProvider>
{
    /// <inheritdoc/>
    public override LeaseProvider CreateExtension(ExtendedActorSystem system) => new(system);
}
