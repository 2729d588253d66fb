using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Rules;

/// <summary>
/// Strict rules and restricted groups that no placement can meet, whatever node is up. Nodes that are merely down are no contradiction: they
/// come back.
/// </summary>
public static class Contradictions
{
    /// <summary>Every contradiction as a sentence without its end, in a fixed order.</summary>
    public static ImmutableSortedSet<string> Of(ClusterState state) => Of(state, state.Affinity.SelectMany(r => r.Resources).Distinct());

    /// <summary>The contradictions that some resources have a part in, directly or by what they are tied to.</summary>
    public static ImmutableSortedSet<string> Of(ClusterState state, IEnumerable<ResourceId> touched)
    {
        var found = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var nodes = state.Nodes.Keys.Union(state.Configuration?.Voters.Keys ?? []).ToImmutableSortedSet();
        var seen = new HashSet<RuleName>();
        var units = new HashSet<ResourceId>();
        foreach (var id in touched)
        {
            var unit = state.Affinity.UnitOf(id);
            if (unit.Length > 0 && units.Add(unit[0]) && Allowed(state, unit, nodes).IsEmpty)
                found.Add($"{string.Join(", ", unit)} belong together, but their restricted groups have no node in common");
            foreach (var rule in (unit.Length > 0 ? unit : [id]).SelectMany(member => state.Affinity.Of(member)))
            {
                if (rule is { Kind: AffinityKind.Apart, Strict: true } && seen.Add(rule.Name) && WhyNot(state, rule, nodes) is { } why)
                    found.Add(why);
            }
        }

        return found.ToImmutable();
    }

    private static string? WhyNot(ClusterState state, AffinityRule rule, ImmutableSortedSet<NodeName> nodes)
    {
        var tied = rule.Resources
            .Where(id => state.Affinity.UnitOf(id).Length > 0)
            .GroupBy(id => state.Affinity.UnitOf(id)[0])
            .FirstOrDefault(unit => unit.Count() > 1);
        if (tied is not null)
            return $"{rule.Name} keeps {string.Join(" and ", tied)} apart, which other rules tie together";
        return HaveNodesOfTheirOwn(state, rule, nodes)
            ? null
            : FormattableString.Invariant($"{rule.Name} keeps {rule.Resources.Count} resources apart, for which the nodes and restricted groups leave too few nodes");
    }

    private static ImmutableSortedSet<NodeName> Allowed(ClusterState state, IEnumerable<ResourceId> unit, ImmutableSortedSet<NodeName> nodes)
    {
        foreach (var id in unit)
        {
            if (state.Resources.TryGetValue(id, out var resource) && state.GroupOf(resource.Definition) is { Restricted: true } group)
                nodes = nodes.Intersect(group.Nodes.Keys);
        }

        return nodes;
    }

    /// <summary>Whether every resource of the rule can have a node of its own: a matching of resources and allowed nodes.</summary>
    private static bool HaveNodesOfTheirOwn(ClusterState state, AffinityRule rule, ImmutableSortedSet<NodeName> nodes)
    {
        if (rule.Resources.Count > nodes.Count)
            return false;
        var takenBy = new Dictionary<NodeName, ResourceId>();
        return rule.Resources.All(id => Take(id, []));

        bool Take(ResourceId id, HashSet<NodeName> tried)
        {
            var unit = state.Affinity.UnitOf(id);
            foreach (var node in Allowed(state, unit.Length > 0 ? unit : [id], nodes))
            {
                if (!tried.Add(node))
                    continue;
                if (takenBy.TryGetValue(node, out var other) && !Take(other, tried))
                    continue;
                takenBy[node] = id;
                return true;
            }

            return false;
        }
    }
}
