using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>Whether a resource can run on a node, and why not (DESIGN §7, step 6).</summary>
public static class Feasible
{
    /// <summary>The reason against; null where the node can run the resource.</summary>
    public static string? Refusal(ResourceRecord resource, NodeRecord node, Observations seen, Load load)
    {
        if (node.Condition == NodeCondition.Lost)
            return "it is lost and not yet proven dead";
        if (!node.IsOnline)
            return "it is offline";
        if (!seen.Members.Contains(node.Name))
            return "it is no member of the cluster";
        if (seen.Unreachable.Contains(node.Name))
            return "it is unreachable";
        if (seen.ReportOf(node) is null)
            return "its LRM has not reported in this session";
        if (!resource.MayStartOn(node.Admitted!.Value))
            return $"a copy may be alive on {string.Join(", ", resource.MayRun.Where(b => b != node.Admitted))}";
        if (resource.FailedNodes.Contains(node.Name))
            return "its start failed there";
        var free = node.MemoryMib - load.MemoryMib(node.Name);
        return resource.Definition.MemoryMib > free
            ? FormattableString.Invariant($"it has {Math.Max(free, 0)} MiB of memory free and {resource.Definition.MemoryMib} MiB are needed")
            : null;
    }
}
