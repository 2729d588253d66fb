using AkkaHa.Core.Model;

namespace AkkaHa.Core.Rules;

/// <summary>What operators must know of rules and requests though nothing fails: rules that are not kept now, and what HA was told to leave alone.</summary>
public static class RuleProblems
{
    /// <summary>Each problem as a sentence, rules first.</summary>
    public static IEnumerable<string> Of(ClusterState state)
    {
        foreach (var contradiction in Contradictions.Of(state))
            yield return $"{contradiction}: no placement can keep that";
        foreach (var rule in state.Affinity)
        {
            var places = rule.Resources.Select(id => state.Resources.GetValueOrDefault(id)).OfType<ResourceRecord>()
                .Where(r => r.Owner is not null)
                .GroupBy(r => r.Owner!.Value.Node)
                .ToList();
            if (rule.Kind == AffinityKind.Apart && places.FirstOrDefault(p => p.Count() > 1) is { } shared)
                yield return $"affinity {rule.Name} ({Strictness(rule)} apart) is not kept: {string.Join(" and ", shared.Select(r => r.Id))} are both on {shared.Key}";
            else if (rule.Kind == AffinityKind.Together && places.Count > 1)
                yield return $"affinity {rule.Name} ({Strictness(rule)} together) is not kept: its resources are on {string.Join(" and ", places.Select(p => p.Key).Order())}";
        }

        var used = new HashSet<GroupName>();
        foreach (var resource in state.Resources.Values)
        {
            if (resource.Removed)
                continue;
            if (state.GroupOf(resource.Definition) is { } group)
            {
                if (used.Add(group.Name) && !group.Nodes.Keys.Any(n => state.Nodes.TryGetValue(n, out var node) && node.IsOnline))
                    yield return $"group {group.Name} has no live node ({string.Join(", ", group.Nodes.Keys)})"
                        + (group.Restricted ? ", and its resources run nowhere else" : "");
                if (group.Restricted && resource.Owner is { } owner && !group.Nodes.ContainsKey(owner.Node))
                    yield return $"{resource.Id} is on {owner.Node}, which is not in its restricted group {group.Name}";
            }

            if (resource.Requested == RequestedState.Ignored)
            {
                yield return $"{resource.Id} is ignored" + (resource.RequestEnd is { } end
                    ? FormattableString.Invariant($" until {end.Until:yyyy-MM-dd HH:mm:ss} UTC")
                    : " until told otherwise") + ": HA does not keep it running";
            }
        }
    }

    private static string Strictness(AffinityRule rule) => rule.Strict ? "strict" : "soft";
}
