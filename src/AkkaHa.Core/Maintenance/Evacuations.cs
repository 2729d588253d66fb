using AkkaHa.Core.Model;

namespace AkkaHa.Core.Maintenance;

/// <summary>How far a node is emptied, for people and for who waits to switch it off.</summary>
public static class Evacuations
{
    /// <summary>What is still alive there; empty once the node can go.</summary>
    public static IReadOnlyList<ResourceId> Left(ClusterState state, NodeRecord node) =>
        [.. state.Resources.Values.Where(r => r.MayRun.Any(boot => boot == node.Admitted)).Select(r => r.Id)];

    /// <summary>The progress as a sentence; null for a node that nothing is done about.</summary>
    public static string? Progress(ClusterState state, NodeRecord node)
    {
        var what = node.Leaving is { } leaving ? $"about to {leaving.Kind.ToString().ToLowerInvariant()} (policy {leaving.Policy.ToString().ToLowerInvariant()})"
            : node.Maintenance ? "in maintenance"
            : node.Condemned is { } condemned ? $"about to be fenced, since {condemned.Id} cannot be stopped there ({condemned.Reason})"
            : node.IsQuarantined ? $"quarantined after {node.Losses.Count} failures; 'akkaha node release {node.Name}' ends it"
            : null;
        if (what is null || !node.IsOnline || node is { Leaving: null, Maintenance: false, Condemned: null })
            return what;
        var left = Left(state, node);
        return left.Count == 0 ? $"{what}; empty" : $"{what}; still there: {string.Join(", ", left.Take(5))}{(left.Count > 5 ? $" and {left.Count - 5} more" : "")}";
    }
}
