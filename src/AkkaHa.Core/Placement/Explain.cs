using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>Why a resource runs where it does, or nowhere.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Standing">Where it stands, as a sentence.</param>
/// <param name="Rules">Everything that speaks for or against a node: its group, its affinity rules, what it is started after.</param>
/// <param name="Decision">Every node with its reason, as if it were placed now.</param>
public sealed record Explanation(ResourceRecord Resource, string Standing, ImmutableList<string> Rules, PlacementDecision Decision);

/// <summary>Explains placements.</summary>
public static class Explain
{
    /// <summary>The explanation for a resource; null where there is none of that id.</summary>
    public static Explanation? Of(ClusterState state, Observations seen, PlacementSettings settings, ResourceId id)
    {
        if (!state.Resources.TryGetValue(id, out var resource) || resource.Removed)
            return null;
        // What waits is placed under the load of what is placed before it.
        var decision = Plan.All(state, seen, settings).FirstOrDefault(d => d.Resource == id) ?? new PlacementRound(state, seen, settings).Choose(resource);
        return new Explanation(resource, Standing(resource, decision), [.. Rules(state, resource)], decision);
    }

    private static string Standing(ResourceRecord resource, PlacementDecision decision)
    {
        var id = resource.Id;
        var requested = resource.Requested.ToString().ToLowerInvariant();
        var reason = resource.Reason is { } text ? $": {text}" : "";
        return resource.Actual switch
        {
            ActualState.Started or ActualState.Starting or ActualState.Stopping or ActualState.Migrating or ActualState.Relocating =>
                $"{id} is {resource.Actual.ToString().ToLowerInvariant()} on {resource.Owner?.Node.Value ?? "no node"}, requested {requested}",
            ActualState.Recovery => $"{id} waits for a node: {decision.Why}",
            ActualState.Fence => $"{id} waits for a proof that {string.Join(", ", resource.MayRun.Select(b => b.Node))} is off",
            ActualState.Error => $"{id} is in error{reason}",
            ActualState.Stopped or ActualState.Frozen => $"{id} is {resource.Actual.ToString().ToLowerInvariant()}, requested {requested}{reason}",
            _ => throw new InvariantViolation($"{id} is in the unknown state {resource.Actual}"),
        };
    }

    private static IEnumerable<string> Rules(ClusterState state, ResourceRecord resource)
    {
        var definition = resource.Definition;
        if (state.GroupOf(definition) is { } group)
            yield return $"group {group.Name}: {group.Describe()}";
        foreach (var rule in state.Affinity.Of(resource.Id))
            yield return $"affinity {rule.Name}: {rule.Describe()}";
        if (!definition.After.IsEmpty)
            yield return $"started after {string.Join(", ", definition.After)}";
        if (definition.BootOrder is { } order)
            yield return FormattableString.Invariant($"boot order {order}");
        if (!resource.FailedNodes.IsEmpty)
            yield return $"its start failed on {string.Join(", ", resource.FailedNodes)}";
    }
}
