namespace Akka.Actor;

/// <summary>Which actor-ref provider stands behind an actor system.</summary>
public abstract class ProviderSelection
{
    internal const string LocalActorRefProvider = "Akka.Actor.LocalActorRefProvider, Akka";
    internal const string RemoteActorRefProvider = "Akka.Remote.RemoteActorRefProvider, Akka.Remote";
    internal const string ClusterActorRefProvider = "Akka.Cluster.ClusterActorRefProvider, Akka.Cluster";

    private ProviderSelection(string identifier, string fqn, bool hasCluster)
    {
        Identifier = identifier;
        Fqn = fqn;
        HasCluster = hasCluster;
    }

    internal string Identifier { get; }

    internal string Fqn { get; }

    internal bool HasCluster { get; }

    internal static ProviderSelection GetProvider(string name) => name switch
    {
        "local" or LocalActorRefProvider or "Akka.Actor.LocalActorRefProvider" => Local.Instance,
        "remote" or RemoteActorRefProvider => Remote.Instance,
        "cluster" or ClusterActorRefProvider => Cluster.Instance,
        _ => new Custom(name),
    };

    /// <summary>Actors of this process alone.</summary>
    public sealed class Local : ProviderSelection
    {
        /// <summary>The only instance.</summary>
        public static readonly Local Instance = new();

        private Local() : base("local", LocalActorRefProvider, false)
        {
        }
    }

    /// <summary>Actors that talk to other processes.</summary>
    public sealed class Remote : ProviderSelection
    {
        /// <summary>The only instance.</summary>
        public static readonly Remote Instance = new();

        private Remote() : base("remote", RemoteActorRefProvider, false)
        {
        }
    }

    /// <summary>Actors of a cluster member.</summary>
    public sealed class Cluster : ProviderSelection
    {
        /// <summary>The only instance.</summary>
        public static readonly Cluster Instance = new();

        private Cluster() : base("cluster", ClusterActorRefProvider, true)
        {
        }
    }

    /// <summary>A provider named by its type.</summary>
    public sealed class Custom : ProviderSelection
    {
        /// <summary>Names the provider.</summary>
        /// <param name="fqn">The type name with its assembly, <c>Namespace.Type, Assembly</c>.</param>
        /// <param name="identifier">A short name; the type name if left out.</param>
        /// <param name="hasCluster">Whether it makes the system a cluster member.</param>
        public Custom(string fqn, string? identifier = null, bool hasCluster = false) : base(identifier ?? fqn, fqn, hasCluster)
        {
        }
    }
}
