using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>
/// Provides references across the systems of a cluster (<c>akka.actor.provider = cluster</c>), and starts the cluster extension
/// with the actor system, so that a node answers from its first moment.
/// </summary>
internal sealed class ClusterActorRefProvider : RemoteActorRefProvider
{
    /// <summary>Called by the actor system when <c>akka.actor.provider</c> names this class.</summary>
    public ClusterActorRefProvider(string systemName, Settings settings, EventStream eventStream)
        : base(systemName, WithDefaults(settings), eventStream)
    {
    }

    public override void Init(ActorSystemImpl system)
    {
        base.Init(system);
        Cluster.Get(system);
    }

    protected override IActorRef CreateRemoteWatcher(ActorSystemImpl system)
    {
        var detectors = CreateRemoteWatcherFailureDetector(system);
        var settings = RemoteSettings;
        return system.SystemActorOf(
            settings.ConfigureDispatcher(Props.Create(() => new ClusterRemoteWatcher(
                detectors, settings.WatchHeartBeatInterval, settings.WatchUnreachableReaperInterval, settings.WatchHeartbeatExpectedResponseAfter)).WithDeploy(Deploy.Local)),
            Akka.Remote.RemoteWatcher.ActorName);
    }

    private static Settings WithDefaults(Settings settings)
    {
        settings.InjectTopLevelFallback(ConfigurationFactory.FromResource<ClusterActorRefProvider>("Akka.Cluster.reference.conf"));
        return settings;
    }
}
