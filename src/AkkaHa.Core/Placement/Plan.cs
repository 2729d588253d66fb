using AkkaHa.Core.Crm;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>Places what waits for a node: feasible → ranked → chosen, each under the load that the ones before it make.</summary>
public static class Plan
{
    /// <summary>The decisions for everything that waits, with the reason kept for every node: for people.</summary>
    public static IEnumerable<PlacementDecision> All(ClusterState state, Observations seen, PlacementSettings settings)
    {
        var waiting = Waiting(state);
        if (waiting.Count == 0)
            yield break;
        var round = new PlacementRound(state, seen, settings);
        var gate = new StartGate(state, seen);
        foreach (var resource in waiting)
        {
            var decision = round.Choose(resource);
            if (decision.Chosen is { } chosen)
            {
                decision = decision with { WaitsFor = gate.WaitsFor(resource) };
                gate.Hold(resource);
                round.Reserve(resource, chosen.Node);
            }

            yield return decision;
        }
    }

    /// <summary>The starts that are due.</summary>
    public static IEnumerable<PlaceStart> Starts(ClusterState state, Observations seen, PlacementSettings settings)
    {
        var waiting = Waiting(state);
        if (waiting.Count == 0)
            yield break;
        var round = new PlacementRound(state, seen, settings);
        var gate = new StartGate(state, seen);
        foreach (var resource in waiting)
        {
            if (round.Best(resource, out var rank) is not { } slot)
                continue;
            // What waits keeps its place: a later resource must not take it meanwhile.
            var isHeld = gate.WaitsFor(resource) is not null || slot.Starting >= settings.StartsPerNode;
            gate.Hold(resource);
            round.Reserve(resource, slot.Name, starts: !isHeld);
            if (!isHeld)
                yield return new PlaceStart(resource.Id, slot.Node.Session!.Value, PlacementDecision.Reason(slot.Name, rank, resource.Definition.Group));
        }
    }

    /// <summary>What waits for a node, in the order of placing: boot order, then what has the fewest nodes to go to, then the biggest.</summary>
    private static List<ResourceRecord> Waiting(ClusterState state)
    {
        var waiting = new List<ResourceRecord>();
        foreach (var resource in state.Resources.Values)
        {
            if (resource.Actual == ActualState.Recovery && resource.IsWanted)
                waiting.Add(resource);
        }

        if (waiting.Count < 2)
            return waiting;
        return
        [
            .. waiting
                .OrderBy(r => r.Definition.BootOrder ?? int.MaxValue)
                .ThenBy(r => state.GroupOf(r.Definition) is { Restricted: true } group ? group.Nodes.Count : int.MaxValue)
                .ThenByDescending(r => r.Definition.MemoryMib),
        ];
    }
}
