using Akka.Actor;
using Akka.Cluster.SBR;

namespace Akka.Cluster;

/// <summary>The older name of <see cref="SplitBrainResolverProvider"/>; it reads the same settings and decides the same.</summary>
public sealed class SplitBrainResolver : IDowningProvider
{
    private readonly SplitBrainResolverProvider _provider;

    /// <summary>Makes the provider.</summary>
    /// <param name="system">The actor system.</param>
    /// <param name="cluster">Its cluster extension.</param>
    public SplitBrainResolver(ActorSystem system, Cluster cluster)
    {
        _provider = new SplitBrainResolverProvider(system, cluster);
        StableAfter = new SplitBrainResolverSettings(system.Settings.Config).DowningStableAfter;
    }

    /// <summary>How long what a removed member ran is left alone before it is started elsewhere.</summary>
    public TimeSpan DownRemovalMargin => _provider.DownRemovalMargin;

    /// <summary>How long membership and reachability must not have changed before anything is decided.</summary>
    public TimeSpan StableAfter { get; }

    /// <summary>The actor that decides.</summary>
    public Props DowningActorProps => _provider.DowningActorProps;
}
