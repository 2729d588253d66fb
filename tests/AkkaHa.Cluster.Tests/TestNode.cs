using System.Collections.Immutable;
using Akka.Actor;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Cluster.Tests;

/// <summary>Makes the context of a node whose devices are the test's own.</summary>
internal static class TestNode
{
    public static readonly NodeName Pve1 = new("pve1");
    public static readonly NodeName Pve2 = new("pve2");
    public static readonly Session Session = new(new Boot(Pve1, new BootId("boot-1")), 1000);

    public static NodeContext Context(IVmHost? vmHost = null, params IFenceDevice[][] levelsOfPve2) => new()
    {
        Self = Pve1,
        Nodes = ImmutableSortedDictionary<NodeName, Address>.Empty
            .Add(Pve1, new Address("akka.tcp", "akkaha", "127.0.0.1", 4401))
            .Add(Pve2, new Address("akka.tcp", "akkaha", "127.0.0.2", 4401)),
        Voters = [Pve1, Pve2],
        NewSession = () => Session,
        Identity = "machine-1",
        MemoryMib = 4096,
        VmHost = vmHost ?? new FakeVmHost(),
        LeaseGuard = new FakeLeaseGuard(),
        BootTime = () => TimeSpan.FromHours(1),
        Hypervisor = "fake",
        FenceLevels = ImmutableSortedDictionary<NodeName, ImmutableList<ImmutableList<IFenceDevice>>>.Empty
            .Add(Pve2, [.. levelsOfPve2.Select(l => l.ToImmutableList())]),
        NewUuid = Guid.NewGuid,
        NewReign = () => 1,
        Times = ClusterTimes.Default with { ReportInterval = TimeSpan.FromMilliseconds(50), FenceRetryMin = TimeSpan.FromMilliseconds(20) },
    };

    public static ResourceDefinition Vm(int number) =>
        new(ResourceId.Vm(number), new Guid(number, 0, 0, new byte[8]), "", 64, 1, [new DiskDefinition("nfs", $"/vm-{number}.raw")]);

    public static Token Token(long index) => new(new Epoch(1, Pve1, 1), index);
}
