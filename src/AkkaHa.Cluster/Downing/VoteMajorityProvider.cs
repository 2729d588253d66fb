using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;

namespace AkkaHa.Cluster.Downing;

/// <summary>
/// Downs members by <see cref="Core.Downing.VoteMajority"/>. Enabled with
/// <c>akka.cluster.downing-provider-class = "AkkaHa.Cluster.Downing.VoteMajorityProvider, AkkaHa.Cluster"</c>; the actor system must be made with a <see cref="NodeSetup"/>.
/// </summary>
public sealed class VoteMajorityProvider : IDowningProvider
{
    /// <summary>What <c>downing-provider-class</c> is to be set to.</summary>
    public const string ClassName = "AkkaHa.Cluster.Downing.VoteMajorityProvider, AkkaHa.Cluster";

    private readonly Akka.Cluster.Cluster _cluster;
    private readonly NodeContext _node;

    /// <summary>Made by the cluster.</summary>
    /// <exception cref="ConfigurationException">The actor system does not know its node.</exception>
    public VoteMajorityProvider(ActorSystem system, Akka.Cluster.Cluster cluster)
    {
        _cluster = cluster;
        var setup = system.Settings.Setup.Get<NodeSetup>();
        _node = setup.HasValue
            ? setup.Value.Node
            : throw new ConfigurationException($"{ClassName} needs an actor system that is made with a {nameof(NodeSetup)}: it counts the votes of a node's cluster.");
    }

    /// <inheritdoc />
    public TimeSpan DownRemovalMargin => _node.Resolver.StableAfter;

    /// <inheritdoc />
    public Props DowningActorProps
    {
        get
        {
            var node = _node;
            return Props.Create(() => new ResolverActor(node)).WithDispatcher(_cluster.Settings.UseDispatcher).WithDeploy(Deploy.Local);
        }
    }
}
