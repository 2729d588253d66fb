using System.Collections.Immutable;
using Akka.Actor;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Downing;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;
using AkkaHa.Devices.Events;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Health;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.SelfFence;
using AkkaHa.Devices.Storage;

namespace AkkaHa.Cluster;

/// <summary>What a node gives to its actors: who it is, who the others are, and the devices at hand. One for each actor-system incarnation.</summary>
public sealed record NodeContext
{
    /// <summary>This node.</summary>
    public required NodeName Self { get; init; }

    /// <summary>The remoting address of every configured node.</summary>
    public required ImmutableSortedDictionary<NodeName, Address> Nodes { get; init; }

    /// <summary>The nodes that vote.</summary>
    public required ImmutableSortedSet<NodeName> Voters { get; init; }

    /// <summary>The nodes that vote and keep a replica, but run neither guests nor the CRM.</summary>
    public ImmutableSortedSet<NodeName> Arbiters { get; init; } = [];

    /// <summary>Whether this node is an arbiter.</summary>
    public bool IsArbiter => Arbiters.Contains(Self);

    /// <summary>Opens a session: each one is newer than those before it in this boot.</summary>
    public required Func<Session> NewSession { get; init; }

    /// <summary>What a clone of this node would not have as well.</summary>
    public required string Identity { get; init; }

    /// <summary>Memory in MiB that this node offers to guests.</summary>
    public required int MemoryMib { get; init; }

    /// <summary>Processors that this node offers to guests; 0 where it sets no limit.</summary>
    public int Cpus { get; init; }

    /// <summary>The owner of this node's guests; it outlives the actor system.</summary>
    public required IVmHost VmHost { get; init; }

    /// <summary>Whether the hypervisor moves running guests to and from other nodes.</summary>
    public bool MigratesLive { get; init; }

    /// <summary>The address of this node that migrating guests arrive at; null for that of its remoting.</summary>
    public string? MigrationHost { get; init; }

    /// <summary>The bounds of a live migration.</summary>
    public MigrationLimits Migration { get; init; } = new();

    /// <summary>The probes of this node's storages; none where it looks at none.</summary>
    public ImmutableList<IStorageProbe> Storages { get; init; } = [];

    /// <summary>Asks guests of this node whether they are well; null where nobody does.</summary>
    public IGuestChecker? GuestChecker { get; init; }

    /// <summary>How storages are probed.</summary>
    public ProbeSettings StorageProbing { get; init; } = new();

    /// <summary>Enforces this boot's lease; it outlives the actor system, too.</summary>
    public required ILeaseGuard LeaseGuard { get; init; }

    /// <summary>CLOCK_BOOTTIME of this host: what leases are counted by.</summary>
    public required Func<TimeSpan> BootTime { get; init; }

    /// <summary>What the hypervisor is, for people.</summary>
    public required string Hypervisor { get; init; }

    /// <summary>For each node its fence levels, in order; all devices of a level are required.</summary>
    public required ImmutableSortedDictionary<NodeName, ImmutableList<ImmutableList<IFenceDevice>>> FenceLevels { get; init; }

    /// <summary>Keeps the node's events over restarts; null for memory alone.</summary>
    public IEventStore? Events { get; init; }

    /// <summary>Makes UUIDs for replicas and clusters.</summary>
    public required Func<Guid> NewUuid { get; init; }

    /// <summary>Numbers the reigns of this process's CRMs: never the same number twice, also not after a restart of the process.</summary>
    public required Func<long> NewReign { get; init; }

    /// <summary>The times of actors.</summary>
    public ClusterTimes Times { get; init; } = ClusterTimes.Default;

    /// <summary>The times of forming a cluster.</summary>
    public FormationSettings Formation { get; init; } = FormationSettings.Default;

    /// <summary>The times of the split-brain resolver.</summary>
    public ResolverSettings Resolver { get; init; } = ResolverSettings.Default;

    /// <summary>The bounds of the log protocol.</summary>
    public LogSettings Log { get; init; } = LogSettings.Default;

    /// <summary>What this node has set of that which all nodes must have alike.</summary>
    public Agreement Agreement { get; init; } = Agreement.None;

    /// <summary>Whether this node may join others that have it set differently.</summary>
    public bool SettingsMayDiffer { get; init; }

    /// <summary>The times of leases.</summary>
    public LeaseSettings Lease { get; init; } = LeaseSettings.Default;

    /// <summary>What decisions depend on.</summary>
    public ManagerSettings Manager { get; init; } = ManagerSettings.Default;

    /// <summary>The node behind a remoting address; null for a stranger.</summary>
    public NodeName? NodeAt(Address address)
    {
        foreach (var (name, known) in Nodes)
        {
            if (known.Equals(address))
                return name;
        }

        return null;
    }

    /// <summary>The path of a top-level actor on a node.</summary>
    public ActorPath PathOn(NodeName node, string actor) => new RootActorPath(Nodes[node]) / "user" / actor;
}

/// <summary>The times of the actors.</summary>
/// <param name="CrmTick">How often the CRM looks again without being told of a change.</param>
/// <param name="ReportInterval">How often an LRM reports without a change.</param>
/// <param name="OrderRetry">How long an order may stay unanswered before it is sent again.</param>
/// <param name="AuthorityTtl">How long after its last majority round a CRM may have effects.</param>
/// <param name="StopTimeout">How long a guest may take to shut down before it is killed.</param>
/// <param name="FenceRetryMin">The first pause after all fence levels of a node failed.</param>
/// <param name="FenceRetryMax">The longest pause.</param>
/// <param name="FenceTestInterval">How often the fence devices are tested without being asked for it.</param>
/// <param name="StatusTimeout">How long a node waits for the CRM's answer to a status request before it answers from its own memory.</param>
/// <param name="ResignAfter">How long a CRM may be without a majority round before it gives its place to another.</param>
public sealed record ClusterTimes(
    TimeSpan CrmTick,
    TimeSpan ReportInterval,
    TimeSpan OrderRetry,
    TimeSpan AuthorityTtl,
    TimeSpan StopTimeout,
    TimeSpan FenceRetryMin,
    TimeSpan FenceRetryMax,
    TimeSpan FenceTestInterval,
    TimeSpan StatusTimeout,
    TimeSpan ResignAfter)
{
    /// <summary>How often an LRM looks for guests that were started by hand.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The defaults.</summary>
    public static ClusterTimes Default { get; } = new(
        CrmTick: TimeSpan.FromMilliseconds(100),
        ReportInterval: TimeSpan.FromSeconds(1),
        OrderRetry: TimeSpan.FromMilliseconds(500),
        AuthorityTtl: TimeSpan.FromSeconds(2),
        StopTimeout: TimeSpan.FromSeconds(60),
        FenceRetryMin: TimeSpan.FromSeconds(1),
        FenceRetryMax: TimeSpan.FromSeconds(30),
        FenceTestInterval: TimeSpan.FromDays(1),
        StatusTimeout: TimeSpan.FromSeconds(2),
        ResignAfter: TimeSpan.FromSeconds(20));
}
