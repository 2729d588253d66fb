using AkkaHa.Core.Crm;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Placement;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Maintenance;

/// <summary>
/// Empties nodes that are in maintenance or about to go, within the rules, and brings back what it moved. It spreads what it moves: each move is
/// placed under the load that the ones before it make.
/// </summary>
internal static class Evacuation
{
    /// <summary>How many guests of one node move at once: more would only share its network.</summary>
    public const int MovesPerNode = 4;

    /// <summary>After so many migrations that failed, a guest whose node goes away is stopped and started elsewhere instead.</summary>
    public const int MigrationTries = 3;

    /// <summary>The moves and stops that are due.</summary>
    public static IEnumerable<LogCommand> Decide(ClusterState state, Observations seen, PlacementSettings settings)
    {
        if (!state.Nodes.Values.Any(n => n.Maintenance || n.Leaving is not null || n.Condemned is not null) && !state.Resources.Values.Any(r => r.ReturnTo is not null))
            yield break;
        var round = new PlacementRound(state, seen, settings);
        var moving = new Dictionary<NodeName, int>();
        foreach (var resource in state.Resources.Values)
        {
            if (resource.Actual is ActualState.Migrating or ActualState.Relocating && Source(resource) is { } from)
                moving[from] = moving.GetValueOrDefault(from) + 1;
        }

        foreach (var resource in state.Resources.Values)
        {
            var step = resource.Actual switch
            {
                ActualState.Frozen => Frozen(state, resource),
                ActualState.Started when resource.Owner is { } owner && state.Nodes.TryGetValue(owner.Node, out var node) && node.IsOnline =>
                    Running(state, seen, resource, node, round, moving),
                _ => null,
            };
            if (step is not null)
                yield return step;
        }
    }

    private static Thaw? Frozen(ClusterState state, ResourceRecord resource)
    {
        var isAwaited = resource.ReturnTo is { } home && state.Nodes.TryGetValue(home, out var node) && (!node.IsOnline || node.Leaving is not null);
        return isAwaited && resource.IsWanted ? null : new Thaw(resource.Id);
    }

    private static LogCommand? Running(
        ClusterState state, Observations seen, ResourceRecord resource, NodeRecord node, PlacementRound round, Dictionary<NodeName, int> moving)
    {
        if (resource.Requested != RequestedState.Started || resource.Removed)
            return null;
        if (node.Leaving is { Policy: ShutdownPolicy.Freeze or ShutdownPolicy.Failover })
            return new OrderStop(resource.Id);
        if (node.IsEvacuated)
            return Away(resource, node, seen, round, moving);
        return resource.ReturnTo is { } home ? Back(state, resource, node, home, seen, round, moving) : null;
    }

    private static MoveResource? Away(
        ResourceRecord resource, NodeRecord node, Observations seen, PlacementRound round, Dictionary<NodeName, int> moving)
    {
        if (seen.PausedMoves.Contains(resource.Id) || moving.GetValueOrDefault(node.Name) >= MovesPerNode)
            return null;
        // What could not be moved to one node is tried with another.
        var free = MoveChecks.Placeable(resource) with { FailedNodes = resource.FailedTarget is { } last ? [last] : [], FailedAt = null };
        if (round.Best(free, out _) is not { } target || target.Name == node.Name)
            return null;
        moving[node.Name] = moving.GetValueOrDefault(node.Name) + 1;
        round.Reserve(resource, target.Name);
        var kind = node.Leaving is not null && resource.FailedMoves >= MigrationTries ? MoveKind.Relocate : MoveKind.Migrate;
        return new MoveResource(resource.Id, target.Name, kind, node.Maintenance ? $"{node.Name} is in maintenance" : node.Condemned is { } condemned ? $"{node.Name} is about to be fenced, since {condemned.Id} cannot be stopped there" : $"{node.Name} goes away") { IsEvacuation = true };
    }

    private static LogCommand? Back(
        ClusterState state, ResourceRecord resource, NodeRecord node, NodeName home, Observations seen, PlacementRound round, Dictionary<NodeName, int> moving)
    {
        if (node.Name == home || !state.Nodes.TryGetValue(home, out var back) || !state.FailsBack(resource))
            return new ForgetReturn(resource.Id);
        if (!back.IsOnline || back.IsEvacuated || moving.GetValueOrDefault(node.Name) >= MovesPerNode || seen.PausedMoves.Contains(resource.Id))
            return null;
        // What belongs together returns together: one that goes alone would be drawn back.
        if (!state.Affinity.UnitOf(resource.Id).All(id => !state.Resources.TryGetValue(id, out var other) || other.Owner is null || other.ReturnTo == home || IsOn(other, home)))
            return null;
        if (round.UnitRefusal(MoveChecks.Placeable(resource), home) is not null)
            return null;
        moving[node.Name] = moving.GetValueOrDefault(node.Name) + 1;
        round.Reserve(resource, home);
        return new MoveResource(resource.Id, home, MoveKind.Migrate, $"{home} is back");
    }

    private static bool IsOn(ResourceRecord resource, NodeName node) => resource.Owner?.Node == node || resource.PreferredNode == node;

    private static NodeName? Source(ResourceRecord resource) => resource.Migration?.Source.Node ?? resource.Owner?.Node;
}
