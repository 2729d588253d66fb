using AkkaHa.Core.Crm;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Failures;

/// <summary>
/// Which nodes are lost, computed from the log and the membership: an admitted boot without a member or a newer incarnation, at once if it was
/// downed, after a grace if it left or the CRM is new (DESIGN §7, step 3).
/// </summary>
public static class LostNodes
{
    /// <summary>The commands that take lost boots for lost, and start fencing those that are.</summary>
    public static IEnumerable<LogCommand> Decide(ClusterState state, Observations seen, ManagerSettings settings)
    {
        foreach (var node in state.Nodes.Values)
        {
            if (node.Admitted is not { } boot)
                continue;
            if (node.Condition == NodeCondition.Online && Reason(node, seen, settings) is { } reason)
                yield return new LoseNode(boot, reason) { At = seen.Clock, Quarantines = Quarantine.IsDue(node, seen.Clock, settings.FlapLimit) };
            else if (node is { Condition: NodeCondition.Lost, Fence: null } && settings.Fenceable?.Contains(node.Name) != false && !IsBack(node, seen, settings))
                yield return FenceStorm.HoldsBack(state, node, seen.Clock, settings.FenceStormLimit) ? FenceStorm.Incident(node, settings.FenceStormLimit) : new StartFence(boot);
        }
    }

    private static string? Reason(NodeRecord node, Observations seen, ManagerSettings settings)
    {
        if (seen.Members.Contains(node.Name))
            return IsSilent(node, seen, settings) ? FormattableString.Invariant($"{node.Name} is a member, but its LRM has reported nothing for {settings.SilenceLimit.TotalSeconds:0.#} s") : null;
        if (seen.Absences.TryGetValue(node.Name, out var absence))
        {
            if (absence.Downed)
                return $"{node.Name} was downed by the split-brain resolver";
            return seen.Now - absence.Since >= settings.RejoinGrace ? $"{node.Name} left the membership and did not come back" : null;
        }

        return seen.Now - seen.LeadingSince >= settings.RejoinGrace ? $"{node.Name} was no member when this CRM began to lead" : null;
    }

    private static bool IsBack(NodeRecord node, Observations seen, ManagerSettings settings) =>
        seen.Members.Contains(node.Name) && !IsSilent(node, seen, settings);

    private static bool IsSilent(NodeRecord node, Observations seen, ManagerSettings settings) =>
        seen.HeardAt.TryGetValue(node.Name, out var at) && seen.Now - at >= settings.SilenceLimit && seen.Now - seen.LeadingSince >= settings.SilenceLimit;
}
