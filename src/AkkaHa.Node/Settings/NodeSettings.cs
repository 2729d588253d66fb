using System.Collections.Immutable;
using System.Net;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Core.Placement;
using AkkaHa.Devices.Fencing.Agents;
using AkkaHa.Devices.Fencing.Exec;
using AkkaHa.Devices.Fencing.Ipmi;
using AkkaHa.Devices.Fencing.Sbd;
using AkkaHa.Devices.Fencing.Ssh;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.Storage;
using AkkaHa.Devices.Watchdog;

namespace AkkaHa.Node.Settings;

/// <summary>Where a node listens, what it is, and whether it votes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Host">The host name or address that other nodes reach it by.</param>
/// <param name="Port">Its TCP port.</param>
/// <param name="Votes">One vote, or none.</param>
/// <param name="IsArbiter">It votes and keeps a replica, and runs neither guests nor the CRM.</param>
public sealed record PeerSettings(NodeName Name, string Host, int Port, int Votes, bool IsArbiter = false)
{
    /// <summary>Its address on the second cluster link; null without one.</summary>
    public IPAddress? SecondAddress { get; init; }
}

/// <summary>Who decides which members leave the cluster when links are cut.</summary>
/// <param name="Resolver"><c>vote-majority</c>, or a strategy of the actor runtime.</param>
/// <param name="LeaseClass">The lease of <c>lease-majority</c>: a class and its assembly; empty for the others.</param>
public sealed record QuorumSettings(string Resolver, string LeaseClass)
{
    /// <summary>The default, which counts the votes of the log's configuration.</summary>
    public const string VoteMajority = "vote-majority";

    /// <summary>The strategies of the actor runtime that can be chosen instead.</summary>
    public static ImmutableArray<string> RuntimeStrategies { get; } = ["static-quorum", "keep-majority", "keep-oldest", "lease-majority", "down-all"];

    /// <summary>What is to be known of the resolver before it is relied on; null where it never keeps a side that cannot commit.</summary>
    public string? Warning => Resolver switch
    {
        "keep-oldest" => "akkaha.quorum.resolver is keep-oldest: the side of the oldest member stays, also where it has no majority of the votes. "
            + "Such a side commits nothing: it starts, moves and fences nothing, and what it runs ends with its lease.",
        "keep-majority" => "akkaha.quorum.resolver is keep-majority: it counts the members that are there, not the expected votes, so after several losses "
            + "it keeps a side without a majority of the votes. Such a side commits nothing: it starts, moves and fences nothing.",
        "lease-majority" => "akkaha.quorum.resolver is lease-majority: the side that gets the lease stays, also where it has no majority of the votes. "
            + "Such a side commits nothing: it starts, moves and fences nothing.",
        "static-quorum" => "akkaha.quorum.resolver is static-quorum: one cut link between two nodes downs both, and the quorum is that of the settings, "
            + "not of the log's configuration.",
        "down-all" => "akkaha.quorum.resolver is down-all: any cut link ends the whole cluster, and all nodes form it anew.",
        _ => null,
    };
}

/// <summary>The configured hypervisor.</summary>
/// <param name="Type"><c>qemu</c>, <c>exec</c>, <c>ocf</c> or <c>embedded</c>.</param>
/// <param name="RunDirectory">Pidfiles, sockets and logs of the guests.</param>
/// <param name="Program">QEMU's program.</param>
/// <param name="Accelerator"><c>tcg</c> or <c>kvm</c>.</param>
/// <param name="Machine">QEMU's machine type.</param>
/// <param name="AllowHostCache">For labs on a file system without O_DIRECT.</param>
public sealed record HypervisorSettings(string Type, string RunDirectory, string Program, string Accelerator, string Machine, bool AllowHostCache)
{
    /// <summary>The bounds of live migrations.</summary>
    public MigrationLimits Migration { get; init; } = new();

    /// <summary>Certificates for migrations over TLS; null for migrations in the clear.</summary>
    public string? MigrationTlsFolder { get; init; }

    /// <summary>What QEMU may take beside a guest's memory where guests are bound by control groups; null for no bounds.</summary>
    public long? MemoryOverheadBytes { get; init; }

    /// <summary>The own command of <c>exec</c>, or the one that is the agent of <c>ocf</c>.</summary>
    public ImmutableList<string> Command { get; init; } = [];

    /// <summary>The parameters of an OCF agent.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How long a start by a command may take.</summary>
    public TimeSpan StartTimeout { get; init; }

    /// <summary>How often a command is asked whether its guest still runs.</summary>
    public TimeSpan MonitorInterval { get; init; }
}

/// <summary>A configured fence device.</summary>
/// <param name="Name">Its name.</param>
public abstract record FenceDeviceSettings(string Name)
{
    /// <summary>A BMC over IPMI.</summary>
    public sealed record Ipmi(IpmiSettings Settings) : FenceDeviceSettings(Settings.Name);

    /// <summary>A ClusterLabs fence agent.</summary>
    public sealed record Agent(AgentSettings Settings) : FenceDeviceSettings(Settings.Name);

    /// <summary>Mailboxes on shared disks.</summary>
    public sealed record Sbd(SbdSettings Settings) : FenceDeviceSettings(Settings.Name);

    /// <summary>The node's own shell.</summary>
    public sealed record Ssh(SshSettings Settings) : FenceDeviceSettings(Settings.Name);

    /// <summary>An own command.</summary>
    public sealed record Exec(ExecSettings Settings) : FenceDeviceSettings(Settings.Name);

    /// <summary>A person.</summary>
    public sealed record Manual(string Name) : FenceDeviceSettings(Name);
}

/// <summary>The configured watchdog.</summary>
/// <param name="Device">Its device; null without one.</param>
/// <param name="Timeout">Its timeout, whole seconds.</param>
public sealed record WatchdogSettings(string? Device, TimeSpan Timeout)
{
    /// <summary>How often it is fed.</summary>
    public TimeSpan FeedInterval => FeederSettings.FeedIntervalOf(Timeout);
}

/// <summary>The configured times.</summary>
/// <param name="HeartbeatInterval">How often a node sends heartbeats.</param>
/// <param name="AcceptablePause">How long heartbeats may fail to come before the node is unreachable.</param>
/// <param name="StableAfter">How long the picture must be stable before the split-brain resolver decides.</param>
/// <param name="GossipInterval">How often nodes gossip and the leader acts.</param>
/// <param name="RejoinGrace">How long a node that was not downed may be away.</param>
/// <param name="AuthorityTtl">How long after a majority round a CRM may have effects.</param>
/// <param name="StopTimeout">How long a guest may take to shut down.</param>
/// <param name="QuorumTimeout">How long a cluster may be without a majority of the votes.</param>
public sealed record TimingSettings(
    TimeSpan HeartbeatInterval,
    TimeSpan AcceptablePause,
    TimeSpan StableAfter,
    TimeSpan GossipInterval,
    TimeSpan RejoinGrace,
    TimeSpan AuthorityTtl,
    TimeSpan StopTimeout,
    TimeSpan QuorumTimeout)
{
    /// <summary>How long a node may stand still without being taken for dead.</summary>
    public TimeSpan FreezeTolerance { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>A node's whole configuration, checked.</summary>
public sealed record NodeSettings
{
    /// <summary>This node.</summary>
    public required NodeName Node { get; init; }

    /// <summary>Where it keeps its journal and lock.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Every node of the cluster.</summary>
    public required ImmutableSortedDictionary<NodeName, PeerSettings> Nodes { get; init; }

    /// <summary>The file with the boot id.</summary>
    public required string BootIdFile { get; init; }

    /// <summary>The file with the machine id.</summary>
    public required string MachineIdFile { get; init; }

    /// <summary>Memory for guests in MiB.</summary>
    public required int GuestMemoryMib { get; init; }

    /// <summary>Processors for guests; 0 sets no limit.</summary>
    public required int GuestCpus { get; init; }

    /// <summary>Where resources may go.</summary>
    public required PlacementSettings Placement { get; init; }

    /// <summary>The hypervisor.</summary>
    public required HypervisorSettings Hypervisor { get; init; }

    /// <summary>The storages by name.</summary>
    public ImmutableSortedDictionary<string, StorageSettings> Storages { get; init; } = ImmutableSortedDictionary<string, StorageSettings>.Empty;

    /// <summary>The commands that health checks of guests may name.</summary>
    public ImmutableSortedDictionary<string, ImmutableList<string>> HealthCommands { get; init; } = ImmutableSortedDictionary<string, ImmutableList<string>>.Empty;

    /// <summary>How storages are probed.</summary>
    public ProbeSettings StorageProbing { get; init; } = new();

    /// <summary>The fence devices by name.</summary>
    public required ImmutableSortedDictionary<string, FenceDeviceSettings> FenceDevices { get; init; }

    /// <summary>For each node the names of its devices, level by level.</summary>
    public required ImmutableSortedDictionary<NodeName, ImmutableList<ImmutableList<string>>> FenceLevels { get; init; }

    /// <summary>How nodes and operators know each other; null where everybody is believed.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>The split-brain resolver.</summary>
    public required QuorumSettings Quorum { get; init; }

    /// <summary>The times of leases and of the self-fence bound.</summary>
    public required LeaseSettings Lease { get; init; }

    /// <summary>The watchdog.</summary>
    public required WatchdogSettings Watchdog { get; init; }

    /// <summary>The networks.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>The times.</summary>
    public required TimingSettings Timing { get; init; }

    /// <summary>How many events are kept.</summary>
    public int EventRetention { get; init; } = 100_000;

    /// <summary>Whether this node may join others whose times or votes are set differently.</summary>
    public bool SettingsMayDiffer { get; init; }

    /// <summary>How many losses within an hour put a node into quarantine; 0 for never.</summary>
    public int FlapLimit { get; init; } = 5;

    /// <summary>How many nodes lost at once are fenced by devices without an operator's word; 0 for any number.</summary>
    public int FenceStormLimit { get; init; } = 4;

    /// <summary>DEBUG, INFO, WARNING or ERROR.</summary>
    public required string LogLevel { get; init; }

    /// <summary>The nodes with a vote.</summary>
    public ImmutableSortedSet<NodeName> Voters => [.. Nodes.Values.Where(n => n.Votes > 0).Select(n => n.Name)];

    /// <summary>The nodes that only vote.</summary>
    public ImmutableSortedSet<NodeName> Arbiters => [.. Nodes.Values.Where(n => n.IsArbiter).Select(n => n.Name)];

    /// <summary>This node's own entry.</summary>
    public PeerSettings Self => Nodes[Node];
}
