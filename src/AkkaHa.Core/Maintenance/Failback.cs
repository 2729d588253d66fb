using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Placement;

namespace AkkaHa.Core.Maintenance;

/// <summary>Moves resources back to a node that their group prefers, where the group or the resource itself says so; never otherwise (DESIGN §7).</summary>
internal static class Failback
{
    /// <summary>The moves that are due.</summary>
    public static IEnumerable<MoveResource> Decide(ClusterState state, Observations seen, PlacementSettings settings)
    {
        PlacementRound? round = null;
        foreach (var resource in state.Resources.Values)
        {
            if (resource is not { Actual: ActualState.Started, IsWanted: true, ReturnTo: null, Owner: { } owner }
                || state.GroupOf(resource.Definition) is not { } group || !state.FailsBack(resource) || seen.PausedMoves.Contains(resource.Id))
                continue;
            var own = Rank.PriorityOf(group, owner.Node);
            if (!group.Nodes.Any(n => n.Value < own && state.Nodes.TryGetValue(n.Key, out var node) && node is { IsOnline: true, IsEvacuated: false }))
                continue;
            round ??= new PlacementRound(state, seen, settings);
            if (round.Best(MoveChecks.Placeable(resource), out _) is not { } better || Rank.PriorityOf(group, better.Name) >= own)
                continue;
            round.Reserve(resource, better.Name);
            yield return new MoveResource(resource.Id, better.Name, MoveKind.Migrate, $"group {group.Name} prefers {better.Name} to {owner.Node}");
        }
    }
}
