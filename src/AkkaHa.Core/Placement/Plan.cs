using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>Places what waits for a node: feasible → ranked → chosen, with the reason kept for every node.</summary>
public static class Plan
{
    /// <summary>The decision for one resource under the given load.</summary>
    public static PlacementDecision Choose(ClusterState state, ResourceRecord resource, Observations seen, Load load)
    {
        var candidates = state.Nodes.Values
            .Select(node => new Candidate(node.Name, node.Session, Feasible.Refusal(resource, node, seen, load), load.Running(node.Name)))
            .OrderBy(c => !c.IsFeasible)
            .ThenBy(c => c.Running)
            .ThenBy(c => c.Node)
            .ToImmutableList();
        var retry = resource.FailedStarts > 0 ? candidates.FirstOrDefault(c => c.IsFeasible && resource.Reason?.StartsWith($"{c.Node}:", StringComparison.Ordinal) == true) : null;
        return new PlacementDecision(resource.Id, retry ?? candidates.FirstOrDefault(c => c.IsFeasible), candidates);
    }

    /// <summary>The decisions for everything that waits, each under the load that the earlier ones make.</summary>
    public static IEnumerable<PlacementDecision> All(ClusterState state, Observations seen)
    {
        var load = Load.Of(state);
        foreach (var resource in state.Resources.Values)
        {
            if (resource.Actual != ActualState.Recovery || resource.Requested != RequestedState.Started || resource.Removed)
                continue;
            var decision = Choose(state, resource, seen, load);
            if (decision.Chosen is { } chosen)
                load.Add(chosen.Node, resource.Definition);
            yield return decision;
        }
    }

    /// <summary>The starts that the decisions order.</summary>
    public static IEnumerable<PlaceStart> Starts(IEnumerable<PlacementDecision> decisions) =>
        from decision in decisions
        where decision.Chosen is not null
        select new PlaceStart(decision.Resource, decision.Chosen!.Session!.Value, decision.Why);
}
