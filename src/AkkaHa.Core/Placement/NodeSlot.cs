using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>A node while a round of placements is made: what it carries grows with every placement.</summary>
internal sealed class NodeSlot(int index, NodeRecord node, NodeReport? report, Obstacle obstacle, PlacementSettings settings)
{
    private readonly long _memoryLimit = (long)(node.MemoryMib * settings.MemoryOvercommit);
    private readonly long _cpuLimit = node.Cpus == 0 ? long.MaxValue / 2 : (long)(node.Cpus * settings.CpuOvercommit);
    private long _memory = report?.Foreign.MemoryMib ?? 0;
    private long _cpus = report?.Foreign.Cpus ?? 0;

    public int Index => index;

    public NodeName Name => node.Name;

    public NodeRecord Node => node;

    public NodeReport? Report => report;

    /// <summary>What keeps everything from being started there.</summary>
    public Obstacle Obstacle => obstacle;

    /// <summary>How many guests run there or are bound to it.</summary>
    public int Running { get; private set; } = report?.Foreign.Guests ?? 0;

    /// <summary>How many starts are under way there.</summary>
    public int Starting { get; private set; }

    public long FreeMemoryMib => _memoryLimit - _memory;

    public long FreeCpus => _cpuLimit - _cpus;

    public static NodeSlot Of(int index, NodeRecord node, Observations seen, PlacementSettings settings)
    {
        var report = seen.ReportOf(node);
        return new NodeSlot(index, node, report, ObstacleOf(node, report, seen), settings);
    }

    public void Add(ResourceDefinition resource)
    {
        Running++;
        _memory += resource.MemoryMib;
        _cpus += resource.Cpus;
    }

    public void AddStart() => Starting++;

    private static Obstacle ObstacleOf(NodeRecord node, NodeReport? report, Observations seen) =>
        node.Condition == NodeCondition.Lost ? Obstacle.Lost
        : !node.IsOnline ? Obstacle.Offline
        : !seen.Members.Contains(node.Name) ? Obstacle.NotMember
        : seen.Unreachable.Contains(node.Name) ? Obstacle.Unreachable
        : report is null ? Obstacle.Silent
        : node.Maintenance ? Obstacle.Maintenance
        : node.Leaving is not null ? Obstacle.Leaving
        : node.Condemned is not null ? Obstacle.Condemned
        : node.IsQuarantined ? Obstacle.Quarantined
        : Obstacle.None;
}
