using AkkaHa.Core.Model;

namespace AkkaHa.Core.Failures;

/// <summary>
/// Many nodes lost at once are more often a fault of the network, or of whoever looks, than so many dead nodes. Above a limit no device is used
/// before an operator says so; denials and the self-fence bound go on (DESIGN §7, step 4).
/// </summary>
public static class FenceStorm
{
    /// <summary>Losses further apart than this are no storm.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>The nodes that belong to it: lost and not proven yet, or lost a moment ago.</summary>
    public static int Size(ClusterState state, DateTimeOffset now) => state.Nodes.Values.Count(n =>
        n.Condition == NodeCondition.Lost || (n.Losses is [.., var last] && last <= now && now - last < Window));

    /// <summary>Whether a lost node's devices wait for an operator.</summary>
    /// <param name="state">The state.</param>
    /// <param name="node">The node, lost and not being fenced yet.</param>
    /// <param name="now">The CRM's wall clock.</param>
    /// <param name="limit">How many nodes at once are fenced without being asked; 0 for any number.</param>
    public static bool HoldsBack(ClusterState state, NodeRecord node, DateTimeOffset now, int limit) =>
        limit > 0 && !node.IsFencingApproved && Size(state, now) > limit;

    /// <summary>What is told of it once, and stays until the node is proven off.</summary>
    internal static RecordIncident Incident(NodeRecord node, int limit) => new(
        node.Name.Value,
        FormattableString.Invariant($"{node.Name} was lost (entry {node.DenialIndex}) with more than {limit} nodes within {Window.TotalSeconds:0} s: its fence devices are not used before an operator says 'akkaha fence approve {node.Name}'. ")
        + (node.Terms.IsArmed ? "Its self-fence bound goes on." : "It has no watchdog, so nothing else proves it off."));

    /// <summary>The same for status; empty where nothing is held back.</summary>
    public static string Describe(ClusterState state, NodeRecord node, DateTimeOffset now, int limit) =>
        node is { Condition: NodeCondition.Lost, Fence: null } && HoldsBack(state, node, now, limit)
            ? FormattableString.Invariant($"held back: {Size(state, now)} nodes were lost at once, more than akkaha.fencing.storm-limit = {limit}; 'akkaha fence approve {node.Name}' has it fenced")
            : "";
}
