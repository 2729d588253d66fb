using Akka.Actor;

namespace Akka.Cluster.SBR;

/// <summary>
/// Downs members by one of the strategies under <c>akka.cluster.split-brain-resolver</c>. Enabled with
/// <c>akka.cluster.downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"</c>.
/// </summary>
public class SplitBrainResolverProvider : IDowningProvider
{
    private readonly Cluster _cluster;
    private readonly SplitBrainResolverSettings _settings;

    /// <summary>Makes the provider.</summary>
    /// <param name="system">The actor system.</param>
    /// <param name="cluster">Its cluster extension.</param>
    public SplitBrainResolverProvider(ActorSystem system, Cluster cluster)
    {
        _cluster = cluster;
        _settings = new SplitBrainResolverSettings(system.Settings.Config);
    }

    /// <summary><c>akka.cluster.down-removal-margin</c>; if that is off or 0, <c>stable-after</c>: the other side needs as long to decide.</summary>
    public TimeSpan DownRemovalMargin =>
        _cluster.Settings.DownRemovalMargin != TimeSpan.Zero ? _cluster.Settings.DownRemovalMargin : _settings.DowningStableAfter;

    /// <summary>The actor that decides.</summary>
    public Props DowningActorProps
    {
        get
        {
            var (cluster, settings) = (_cluster, _settings);
            return Props.Create(() => new Resolver(cluster, settings)).WithDispatcher(cluster.Settings.UseDispatcher).WithDeploy(Deploy.Local);
        }
    }
}
