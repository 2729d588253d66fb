using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Rules;

/// <summary>What the commands about groups and rules make of the committed state. What contradicts itself is refused with the reason.</summary>
internal static class RuleTransitions
{
    public static Applied Apply(ClusterState state, PutGroup command)
    {
        var group = command.Group;
        if (state.Groups.TryGetValue(group.Name, out var known))
        {
            if (known.IsSameAs(group))
                return state;
            if (command.MustBeNew)
                return new Applied(state, $"{group.Name}: there is a group of that name ({known.Describe()}); 'akkaha group set' changes it.");
        }

        if (group.Nodes.IsEmpty)
            return new Applied(state, $"{group.Name}: a group needs one node at least.");
        foreach (var node in group.Nodes.Keys)
        {
            if (!state.KnowsNode(node))
                return new Applied(state, $"{group.Name}: {node} is no node of this cluster; expected some of {NodesOf(state)}.");
        }

        if (!command.AllowOffline && !group.Nodes.Keys.Any(n => state.Nodes.TryGetValue(n, out var record) && record.IsOnline))
            return new Applied(state, $"{group.Name}: none of its nodes ({string.Join(", ", group.Nodes.Keys)}) is online; expected one at least. --force puts it in all the same.");
        var members = state.Resources.Values.Where(r => r.Definition.Group == group.Name).Select(r => r.Id);
        return Checked(state, state with { Groups = state.Groups.SetItem(group.Name, group) }, members, group.Name.Value);
    }

    public static Applied Apply(ClusterState state, RemoveGroup command)
    {
        if (!state.Groups.ContainsKey(command.Name))
            return new Applied(state, Unknown(state, command.Name));
        var members = state.Resources.Values.Where(r => !r.Removed && r.Definition.Group == command.Name).Select(r => r.Id).ToList();
        return members.Count > 0
            ? new Applied(state, $"{command.Name}: it is in use by {Few(members)}; expected a group without resources. Take them out with 'akkaha resource set ID --group none'.")
            : state with { Groups = state.Groups.Remove(command.Name) };
    }

    public static Applied Apply(ClusterState state, PutAffinity command)
    {
        var rule = command.Rule;
        if (state.Affinity.Find(rule.Name) is { } known)
        {
            return known.IsSameAs(rule)
                ? state
                : new Applied(state, $"{rule.Name}: there is a rule of that name ({known.Describe()}); remove it first.");
        }

        if (rule.Resources.Count < 2)
            return new Applied(state, $"{rule.Name}: a rule needs two resources at least.");
        foreach (var id in rule.Resources)
        {
            if (!state.Resources.TryGetValue(id, out var resource) || resource.Removed)
                return new Applied(state, $"{rule.Name}: {id} is no resource; expected some of those that 'akkaha resource list' shows.");
        }

        return Checked(state, state with { Affinity = state.Affinity.With(rule) }, rule.Resources, rule.Name.Value);
    }

    public static Applied Apply(ClusterState state, RemoveAffinity command) =>
        state.Affinity.Find(command.Name) is null
            ? new Applied(state, $"{command.Name}: there is no such affinity rule; expected one of {ListOf(state.Affinity.Select(r => r.Name))}.")
            : state with { Affinity = state.Affinity.Without(command.Name) };

    /// <summary>Why a resource's definition does not fit the groups that there are; null where it does.</summary>
    public static string? GroupRefusal(ClusterState state, ResourceDefinition definition) =>
        definition.Group is { } group && !state.Groups.ContainsKey(group) ? $"{definition.Id}: {Unknown(state, group)}" : null;

    /// <summary>The new state, unless it holds rules that cannot be met together which the old one did not hold.</summary>
    public static Applied Checked(ClusterState before, ClusterState after, IEnumerable<ResourceId> touched, string subject)
    {
        if (after.Affinity.Count == 0)
            return after;
        var ids = touched.ToList();
        var old = Contradictions.Of(before, ids);
        var added = Contradictions.Of(after, ids).Where(c => !old.Contains(c)).ToList();
        return added.Count > 0 ? new Applied(before, $"{subject}: {string.Join("; ", added)}.") : after;
    }

    private static string Unknown(ClusterState state, GroupName name) =>
        $"there is no group {name}; expected one of {ListOf(state.Groups.Keys)}.";

    private static string NodesOf(ClusterState state) =>
        string.Join(", ", state.Nodes.Keys.Union(state.Configuration?.Voters.Keys ?? []).Order());

    private static string ListOf<T>(IEnumerable<T> names)
    {
        var text = string.Join(", ", names);
        return text.Length > 0 ? text : "none, for there is none yet";
    }

    private static string Few(List<ResourceId> ids) =>
        string.Join(", ", ids.Take(5)) + (ids.Count > 5 ? FormattableString.Invariant($" and {ids.Count - 5} more") : "");
}
