using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Placement;

namespace AkkaHa.Core.Maintenance;

/// <summary>
/// Moves resources back to a node that their group prefers, where the group or the resource itself says so; never otherwise (DESIGN §7). What
/// strict rules tie together goes back together or not at all.
/// </summary>
internal static class Failback
{
    /// <summary>The moves that are due.</summary>
    public static IEnumerable<MoveResource> Decide(ClusterState state, Observations seen, PlacementSettings settings)
    {
        PlacementRound? round = null;
        foreach (var resource in state.Resources.Values)
        {
            if (!MayGoBack(state, resource, seen) || !state.Affinity.UnitOf(resource.Id).IsEmpty || !HasBetter(state, [resource]))
                continue;
            round ??= new PlacementRound(state, seen, settings);
            var own = PriorityOn(state, resource, resource.Owner!.Value.Node);
            if (round.Best(MoveChecks.Placeable(resource), out _) is not { } better || PriorityOn(state, resource, better.Name) >= own)
                continue;
            round.Reserve(resource, better.Name);
            yield return Move(state, resource, better.Name);
        }

        foreach (var unit in state.Affinity.Units)
        {
            ImmutableList<ResourceRecord> members = [.. unit.Select(id => state.Resources.GetValueOrDefault(id)).OfType<ResourceRecord>().Where(r => r.Owner is not null)];
            if (members.IsEmpty || !members.All(m => MayGoBack(state, m, seen) && m.Owner!.Value.Node == members[0].Owner!.Value.Node) || !HasBetter(state, members))
                continue;
            round ??= new PlacementRound(state, seen, settings);
            if (round.BestForUnit(members[0]) is not { } target || Sum(state, members, target) >= Sum(state, members, members[0].Owner!.Value.Node))
                continue;
            foreach (var member in members)
            {
                round.Reserve(member, target);
                yield return Move(state, member, target);
            }
        }
    }

    private static bool MayGoBack(ClusterState state, ResourceRecord resource, Observations seen) =>
        resource is { Actual: ActualState.Started, IsWanted: true, ReturnTo: null, Owner: not null }
        && state.FailsBack(resource) && !seen.PausedMoves.Contains(resource.Id);

    /// <summary>Whether any node could be better, before placement is asked.</summary>
    private static bool HasBetter(ClusterState state, ImmutableList<ResourceRecord> members)
    {
        var own = Sum(state, members, members[0].Owner!.Value.Node);
        return members.Select(m => state.GroupOf(m.Definition)).OfType<ResourceGroup>().SelectMany(g => g.Nodes.Keys).Distinct()
            .Any(name => state.Nodes.TryGetValue(name, out var node) && node is { IsOnline: true, IsEvacuated: false } && Sum(state, members, name) < own);
    }

    private static long Sum(ClusterState state, ImmutableList<ResourceRecord> members, NodeName node) => members.Sum(m => PriorityOn(state, m, node));

    private static long PriorityOn(ClusterState state, ResourceRecord resource, NodeName node) => Rank.PriorityOf(state.GroupOf(resource.Definition), node);

    private static MoveResource Move(ClusterState state, ResourceRecord resource, NodeName target) => new(
        resource.Id, target, MoveKind.Migrate,
        state.GroupOf(resource.Definition) is { } group
            ? $"group {group.Name} prefers {target} to {resource.Owner!.Value.Node}"
            : $"what it belongs with goes back to {target}");
}
