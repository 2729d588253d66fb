using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Placement;

namespace AkkaHa.Core.Rules;

/// <summary>
/// Moves what runs against a strict rule or outside its restricted group: a rule was made after it was started, or one of those that belong
/// together could not run with the others. What no node can mend stays where it is, and status tells of it.
/// </summary>
internal static class RuleRepair
{
    /// <summary>The moves that are due.</summary>
    public static IEnumerable<MoveResource> Decide(ClusterState state, Observations seen, PlacementSettings settings)
    {
        PlacementRound? round = null;
        foreach (var unit in state.Affinity.Units)
        {
            var running = unit.Select(id => state.Resources.GetValueOrDefault(id)).OfType<ResourceRecord>().Where(r => r.Owner is not null).ToList();
            // What moves or starts may mend it by itself.
            if (running.Count == 0 || !running.All(r => IsSettled(r, seen)) || !IsBroken(state, running))
                continue;
            round ??= new PlacementRound(state, seen, settings);
            if (round.BestForUnit(running[0]) is not { } target)
                continue;
            foreach (var member in running.Where(r => r.Owner!.Value.Node != target))
            {
                round.Reserve(member, target);
                yield return Move(member, target, $"it belongs together with {string.Join(", ", running.Where(r => r.Id != member.Id).Take(3).Select(r => r.Id))}");
            }
        }

        foreach (var resource in state.Resources.Values)
        {
            if (!IsSettled(resource, seen) || !state.Affinity.UnitOf(resource.Id).IsEmpty || Breaks(state, resource) is not { } why)
                continue;
            round ??= new PlacementRound(state, seen, settings);
            if (round.Best(MoveChecks.Placeable(resource), out _) is not { } slot || slot.Name == resource.Owner!.Value.Node)
                continue;
            round.Reserve(resource, slot.Name);
            yield return Move(resource, slot.Name, why);
        }
    }

    private static MoveResource Move(ResourceRecord resource, NodeName target, string why) => new(resource.Id, target, MoveKind.Migrate, why);

    private static bool IsSettled(ResourceRecord resource, Observations seen) =>
        resource is { Actual: ActualState.Started, IsWanted: true, Owner: not null, MayRun.Count: 1 } && !seen.PausedMoves.Contains(resource.Id);

    private static bool IsBroken(ClusterState state, List<ResourceRecord> running)
    {
        var node = running[0].Owner!.Value.Node;
        return running.Any(r => r.Owner!.Value.Node != node || IsOutside(state, r));
    }

    private static string? Breaks(ClusterState state, ResourceRecord resource)
    {
        if (IsOutside(state, resource))
            return $"it is restricted to the nodes of group {resource.Definition.Group}";
        var node = resource.Owner!.Value.Node;
        foreach (var rule in state.Affinity.Of(resource.Id))
        {
            if (rule is not { Kind: AffinityKind.Apart, Strict: true })
                continue;
            // The first of those that share a node stays.
            foreach (var id in rule.Resources)
            {
                if (id == resource.Id)
                    break;
                if (state.Resources.TryGetValue(id, out var other) && other.Occupies(node))
                    return $"{rule.Name} keeps it apart from {id}";
            }
        }

        return null;
    }

    private static bool IsOutside(ClusterState state, ResourceRecord resource) =>
        resource.Definition.Group is not null && state.GroupOf(resource.Definition) is { Restricted: true } group
        && !group.Nodes.ContainsKey(resource.Owner!.Value.Node);
}
