using AkkaHa.Core.Model;

namespace AkkaHa.Core.Tests.Crm;

/// <summary>
/// S6, written down once more and without the code that it is to check: what HA's own hand must not do, whatever it decides by. As slow as it is
/// plain.
/// </summary>
internal static class Constraints
{
    /// <summary>Which constraint a start on a node would break; null where it breaks none.</summary>
    /// <param name="state">The state that the start is made on.</param>
    /// <param name="id">What is started.</param>
    /// <param name="node">Where.</param>
    /// <param name="isUsable">Whether a node can take anything at all now.</param>
    public static string? BrokenBy(ClusterState state, ResourceId id, NodeName node, Func<NodeName, bool> isUsable)
    {
        var resource = state.Resources[id];
        if (BrokenAlone(state, resource, node) is { } broken)
            return broken;
        foreach (var partner in Tied(state, id))
        {
            // One that is on its way there is as good as there.
            if (state.Resources[partner].PreferredNode is not null && state.Resources[partner].Actual is not ActualState.Started)
                continue;
            foreach (var elsewhere in NodesOf(state.Resources[partner]).Where(n => n != node))
            {
                // It leaves those it belongs with only where it cannot be with them.
                var isShut = !isUsable(elsewhere) || resource.FailedNodes.Contains(elsewhere) || BrokenAlone(state, resource, elsewhere) is not null
                    || MayBeTaken(state, resource, elsewhere);
                if (!isShut && !Tied(state, id).Any(p => NodesOf(state.Resources[p]).Contains(node)))
                    return $"it belongs together with {partner} on {elsewhere}";
            }
        }

        return null;
    }

    /// <summary>Whether a resource that waits could run on a node without any constraint broken.</summary>
    public static bool CouldRun(ClusterState state, ResourceRecord resource, NodeName node) =>
        state.Nodes.ContainsKey(node) && resource.MayRun.All(b => b.Node == node) && BrokenAlone(state, resource, node) is null
        && Tied(state, resource.Id).SelectMany(p => NodesOf(state.Resources[p])).All(n => n == node);

    private static string? BrokenAlone(ClusterState state, ResourceRecord resource, NodeName node)
    {
        if (resource.Definition.Group is { } name && state.Groups.GetValueOrDefault(name) is { Restricted: true } group && !group.Nodes.ContainsKey(node))
            return $"it is restricted to {name}";
        foreach (var rule in state.Affinity.Where(r => r is { Kind: AffinityKind.Apart, Strict: true } && r.Resources.Contains(resource.Id)))
        {
            if (rule.Resources.FirstOrDefault(o => o != resource.Id && NodesOf(state.Resources[o]).Contains(node)) is { Number: > 0 } other)
                return $"{rule.Name} keeps it apart from {other}";
        }

        var taken = state.Resources.Values.Where(r => r.Id != resource.Id && NodesOf(r).Contains(node)).Sum(r => r.Definition.MemoryMib);
        return taken + resource.Definition.MemoryMib > state.Nodes[node].MemoryMib ? "there is not memory enough" : null;
    }

    /// <summary>Whether others that wait may have been given the place on a node before this one, though they are not started yet.</summary>
    private static bool MayBeTaken(ClusterState state, ResourceRecord resource, NodeName node)
    {
        var waiting = state.Resources.Values.Where(r => r.Id != resource.Id && r.Actual == ActualState.Recovery && r.IsWanted).ToList();
        var taken = state.Resources.Values.Where(r => r.Id != resource.Id && NodesOf(r).Contains(node)).Sum(r => r.Definition.MemoryMib);
        return taken + waiting.Sum(r => r.Definition.MemoryMib) + resource.Definition.MemoryMib > state.Nodes[node].MemoryMib
            || state.Affinity.Any(r => r is { Kind: AffinityKind.Apart, Strict: true } && r.Resources.Contains(resource.Id) && waiting.Any(w => r.Resources.Contains(w.Id)));
    }

    private static IEnumerable<NodeName> NodesOf(ResourceRecord resource)
    {
        var boots = resource.MayRun.Where(b => !resource.Unheard.Contains(b)).Select(b => b.Node);
        return (resource.Owner is { } owner ? boots.Append(owner.Node) : boots).Distinct();
    }

    private static HashSet<ResourceId> Tied(ClusterState state, ResourceId id)
    {
        HashSet<ResourceId> tied = [id];
        for (var count = 0; count != tied.Count;)
        {
            count = tied.Count;
            foreach (var rule in state.Affinity.Where(r => r is { Kind: AffinityKind.Together, Strict: true } && r.Resources.Overlaps(tied)))
                tied.UnionWith(rule.Resources);
        }

        tied.Remove(id);
        return tied;
    }
}
