using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>Finds or makes the persistence extension of an actor system.</summary>
public class Persistence : ExtensionIdProvider<PersistenceExtension>
{
    /// <summary>The one instance.</summary>
    public static Persistence Instance { get; } = new();

    /// <summary>The defaults: this assembly's <c>reference.conf</c>.</summary>
    public static Config DefaultConfig() =>
        ConfigurationFactory.FromResource("Akka.Persistence.reference.conf", typeof(Persistence).Assembly);

    /// <inheritdoc/>
    public override PersistenceExtension CreateExtension(ExtendedActorSystem system) => new(system);
}
