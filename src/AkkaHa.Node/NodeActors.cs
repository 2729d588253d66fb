using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.Singleton;
using Akka.Pattern;
using AkkaHa.Cluster;
using AkkaHa.Cluster.Bootstrap;
using AkkaHa.Cluster.Crm;
using AkkaHa.Cluster.Downing;
using AkkaHa.Cluster.Events;
using AkkaHa.Cluster.Fencing;
using AkkaHa.Cluster.Gateway;
using AkkaHa.Cluster.Leases;
using AkkaHa.Cluster.Lrm;
using AkkaHa.Cluster.Membership;
using AkkaHa.Cluster.Quorum;
using AkkaHa.Cluster.StateLog;
using AkkaHa.Cluster.Storage;

namespace AkkaHa.Node;

/// <summary>Starts the top-level actors of a node in an actor system.</summary>
public static class NodeActors
{
    /// <summary>
    /// Epochs exclude a second CRM, so the singleton need not wait for a removal margin; 0 would fall back to the resolver's stable-after.
    /// </summary>
    internal static readonly TimeSpan RemovalMargin = TimeSpan.FromMilliseconds(1);

    /// <summary>Starts everything a node runs. It looks for a cluster at once.</summary>
    public static void Start(ActorSystem system, NodeContext node)
    {
        var events = system.ActorOf(Props.Create(() => new EventLog(node.Self, node.Events)), ActorNames.Events);
        var membership = system.ActorOf(Props.Create(() => new MembershipObserver(node, events)), ActorNames.Membership);
        system.ActorOf(Props.Create(() => new ResolverDoor()), ActorNames.Resolver);
        var grants = system.ActorOf(Props.Create(() => new GrantActor(node)), ActorNames.Grants);
        var replica = system.ActorOf(Restarting(Props.Create(() => new ReplicaActor(node, grants)), "replica"), ActorNames.Replica);
        var bootstrap = system.ActorOf(Props.Create(() => new BootstrapActor(node, membership)), ActorNames.Bootstrap);
        if (node.Voters.Contains(node.Self) && !node.IsArbiter)
        {
            system.ActorOf(
                ClusterSingletonManager.Props(
                    Props.Create(() => new CrmActor(node, replica, membership, events)),
                    PoisonPill.Instance,
                    ClusterSingletonManagerSettings.Create(system)
                        .WithSingletonName(ActorNames.CrmSingleton)
                        .WithRole(ResolverActor.CrmRole)
                        .WithRemovalMargin(RemovalMargin)),
                ActorNames.CrmManager);
        }

        var settings = ClusterSingletonProxySettings.Create(system)
            .WithSingletonName(ActorNames.CrmSingleton)
            .WithRole(ResolverActor.CrmRole)
            .WithSingletonIdentificationInterval(TimeSpan.FromMilliseconds(200));
        var crm = system.ActorOf(ClusterSingletonProxy.Props($"/user/{ActorNames.CrmManager}", settings), "crm-proxy");
        // A command that waited for a CRM longer than its operator must not be carried out after he has given another one.
        var commands = system.ActorOf(ClusterSingletonProxy.Props($"/user/{ActorNames.CrmManager}", settings.WithBufferSize(0)), "crm-commands");
        if (!node.IsArbiter)
        {
            var lease = system.ActorOf(Props.Create(() => new LeaseActor(node)), ActorNames.Lease);
            system.ActorOf(Restarting(Props.Create(() => new LrmActor(node, crm, lease)), "manager"), ActorNames.Lrm);
        }

        system.ActorOf(Props.Create(() => new StorageActor(node, membership, events)), ActorNames.Storage);
        var fenceTest = system.ActorOf(Props.Create(() => new FenceTestActor(node, events)), ActorNames.FenceTest);
        var gateway = system.ActorOf(Props.Create(() => new GatewayActor(node, commands, replica, bootstrap, membership, events, fenceTest)), ActorNames.Gateway);
        system.ActorOf(Props.Create(() => new QuorumActor(node, commands, membership)), ActorNames.Quorum);
        ClusterClientReceptionist.Get(system).RegisterService(gateway);
    }

    /// <summary>What cannot work now (a full disk, a hypervisor that does not answer) is stopped and tried again with growing pauses.</summary>
    private static Props Restarting(Props child, string name) => BackoffSupervisor.Props(
        Backoff.OnStop(child, name, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), 0.1, -1)
            .WithDefaultStoppingStrategy());
}
