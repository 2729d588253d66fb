using Akka.Actor;

namespace Akka.Cluster;

/// <summary>Downs nobody: members that cannot be reached stay until an operator or the application downs them.</summary>
public sealed class NoDowning : IDowningProvider
{
    private readonly Cluster _cluster;

    /// <summary>Makes the provider.</summary>
    /// <param name="system">The actor system.</param>
    /// <param name="cluster">Its cluster extension.</param>
    public NoDowning(ActorSystem system, Cluster cluster)
    {
        _ = system;
        _cluster = cluster;
    }

    /// <summary><c>akka.cluster.down-removal-margin</c>, zero if that is off.</summary>
    public TimeSpan DownRemovalMargin => _cluster.Settings.DownRemovalMargin;

    /// <summary>Null: there is nothing to run.</summary>
    public Props? DowningActorProps => null;
}
