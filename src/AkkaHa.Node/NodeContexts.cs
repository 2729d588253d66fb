using System.Collections.Immutable;
using Akka.Actor;
using AkkaHa.Cluster;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Downing;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.SelfFence;
using AkkaHa.Node.Settings;

namespace AkkaHa.Node;

/// <summary>What a node's actors get from the machine they run on, and what its settings do not say.</summary>
/// <param name="Boot">The kernel boot.</param>
/// <param name="BoottimeNanos">CLOCK_BOOTTIME: orders the sessions of the boot.</param>
/// <param name="Identity">What a clone of the machine would not have as well.</param>
/// <param name="VmHost">The owner of the machine's guests.</param>
/// <param name="LeaseGuard">Enforces the boot's lease.</param>
/// <param name="Hypervisor">What the hypervisor is, for people.</param>
/// <param name="FenceLevels">For each node its fence levels.</param>
/// <param name="NewUuid">Makes UUIDs.</param>
/// <param name="NewReign">Numbers reigns.</param>
internal sealed record NodeMachine(
    Boot Boot,
    Func<long> BoottimeNanos,
    string Identity,
    IVmHost VmHost,
    ILeaseGuard LeaseGuard,
    string Hypervisor,
    ImmutableSortedDictionary<NodeName, ImmutableList<ImmutableList<IFenceDevice>>> FenceLevels,
    Func<Guid> NewUuid,
    Func<long> NewReign);

/// <summary>Makes the context of a node's actors from its settings and its machine: the same for a real machine and for a simulated one.</summary>
internal static class NodeContexts
{
    private const long NanosPerTick = 100;

    public static NodeContext Of(NodeSettings settings, NodeMachine machine)
    {
        var timing = settings.Timing;
        return new NodeContext
        {
            Self = settings.Node,
            Nodes = settings.Nodes.ToImmutableSortedDictionary(
                n => n.Key, n => new Address("akka.tcp", AkkaConfiguration.SystemName, n.Value.Host, n.Value.Port)),
            Voters = settings.Voters,
            Arbiters = settings.Arbiters,
            NewSession = () => new Session(machine.Boot, machine.BoottimeNanos()),
            Identity = machine.Identity,
            MemoryMib = settings.GuestMemoryMib,
            Cpus = settings.GuestCpus,
            VmHost = machine.VmHost,
            LeaseGuard = machine.LeaseGuard,
            BootTime = () => TimeSpan.FromTicks(machine.BoottimeNanos() / NanosPerTick),
            Lease = settings.Lease,
            Agreement = SharedSettings.Of(settings),
            SettingsMayDiffer = settings.SettingsMayDiffer,
            StorageProbing = settings.StorageProbing,
            Hypervisor = machine.Hypervisor,
            FenceLevels = machine.FenceLevels,
            NewUuid = machine.NewUuid,
            NewReign = machine.NewReign,
            Times = ClusterTimes.Default with { AuthorityTtl = timing.AuthorityTtl, StopTimeout = timing.StopTimeout },
            Manager = new ManagerSettings(timing.RejoinGrace)
            {
                FlapLimit = settings.FlapLimit,
                FenceStormLimit = settings.FenceStormLimit,
                Placement = settings.Placement,
                Fenceable = [.. machine.FenceLevels.Where(n => !n.Value.IsEmpty).Select(n => n.Key)],
            },
            Resolver = ResolverSettings.Of(timing.StableAfter, timing.HeartbeatInterval + timing.AcceptablePause),
            Formation = FormationSettings.Default with { QuorumTimeout = timing.QuorumTimeout },
            Log = LogSettings.Default with { HeartbeatInterval = timing.AuthorityTtl / 4 },
        };
    }
}
