using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Starts the manager and the proxy of singletons by name.</summary>
public class ClusterSingleton : IExtension
{
    private readonly ExtendedActorSystem _system;
    private readonly ConcurrentDictionary<string, Lazy<IActorRef>> _proxies = new(StringComparer.Ordinal);

    /// <summary>Called by the runtime; use <see cref="Get"/>.</summary>
    /// <param name="system">The actor system.</param>
    public ClusterSingleton(ExtendedActorSystem system) => _system = system;

    /// <summary>The extension of a system.</summary>
    /// <param name="system">The actor system.</param>
    public static ClusterSingleton Get(ActorSystem system) => system.WithExtension<ClusterSingleton, ClusterSingletonProvider>();

    /// <summary>Starts the manager of a singleton, if this member has its role, and its proxy. Called again for the same name it only gives the proxy.</summary>
    /// <param name="singleton">The singleton.</param>
    /// <returns>The proxy: what is sent to it goes to the singleton.</returns>
    public IActorRef Init(SingletonActor singleton) =>
        _proxies.GetOrAdd(singleton.Name, static (name, args) => new Lazy<IActorRef>(() => args.Self.Start(args.singleton)), (Self: this, singleton)).Value;

    private IActorRef Start(SingletonActor singleton)
    {
        var settings = singleton.Settings.HasValue ? singleton.Settings.Value : ClusterSingletonSettings.Create(_system);
        var managerName = $"singletonManager{singleton.Name}";
        if (string.IsNullOrEmpty(settings.Role) || Cluster.Get(_system).SelfRoles.Contains(settings.Role))
        {
            var stopMessage = singleton.StopMessage.GetOrElse(PoisonPill.Instance);
            _system.SystemActorOf(ClusterSingletonManager.Props(singleton.Props, stopMessage, settings.ForManagerOf(singleton.Name)), managerName);
        }

        return _system.SystemActorOf(ClusterSingletonProxy.Props($"/system/{managerName}", settings.ForProxyOf(singleton.Name)), $"singletonProxy{singleton.Name}");
    }
}
