using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Maintenance;

/// <summary>Tells a session that the cluster is armed, or disarmed: whether its node's guests go by the lease.</summary>
/// <param name="Session">The session that is told; every other one refuses it.</param>
/// <param name="IsArmed">Whether the lease counts.</param>
/// <param name="Index">The committed disarming; for armed, the newest entry that the CRM knows as committed.</param>
public sealed record LeaseRule(Session Session, bool IsArmed, long Index);

/// <summary>
/// Lets guests live without leases while the cluster is disarmed, for work on the network that the leases need (DESIGN §6, disarm and arm). The
/// log says first that a boot may do so, then the boot is told; the log takes it back only after the boot has answered that it goes by its lease
/// again and follows no earlier disarming. In between no time proves it dead.
/// </summary>
public static class Disarming
{
    /// <summary>The members that have not answered yet how their guests are to live.</summary>
    public static ImmutableList<LeaseRule> ToBeTold(ClusterState committed, Observations seen)
    {
        var rules = ImmutableList.CreateBuilder<LeaseRule>();
        foreach (var node in committed.Nodes.Values)
        {
            if (!node.IsOnline || node.LeaseFreeSince is not { } since || seen.ReportOf(node) is not { IsLeaving: false } report)
                continue;
            if (!committed.IsArmed && report.LeaseFreeSince != since)
                rules.Add(new LeaseRule(report.Session, IsArmed: false, since));
            else if (committed.IsArmed && report.ArmedAt <= since)
                rules.Add(new LeaseRule(report.Session, IsArmed: true, committed.AppliedIndex));
        }

        return rules.ToImmutable();
    }

    /// <summary>The boots that have answered that they go by their leases again.</summary>
    internal static IEnumerable<RearmBoot> Decide(ClusterState state, Observations seen) =>
        from node in state.Nodes.Values
        where state.IsArmed && node is { IsOnline: true, LeaseFreeSince: not null } && seen.ReportOf(node) is { } report && HasArmed(node, report)
        select new RearmBoot(seen.ReportOf(node)!.Session, seen.ReportOf(node)!.ArmedAt);

    /// <summary>How far the nodes have followed, as sentences; none where nothing is to be told.</summary>
    public static IEnumerable<string> Problems(ClusterState state, Observations? seen)
    {
        var online = state.Nodes.Values.Where(n => n.IsOnline).ToList();
        if (!state.IsArmed)
        {
            var free = online.Where(n => seen?.ReportOf(n)?.LeaseFreeSince == state.DisarmedSince).ToList();
            var bound = online.Except(free).ToList();
            yield return $"the cluster is disarmed: HA does nothing, and guests on {Names(free)} live without leases"
                + (bound.Count == 0 ? "" : $"; not yet told: {Names(bound)}, whose guests still end with their leases");
        }

        foreach (var node in state.Nodes.Values.Where(n => state.IsArmed && n.LeaseFreeSince is not null))
            yield return $"{node.Name} was disarmed and has not answered that it is armed: until it does, only a fence device or an operator can prove it off";
    }

    private static bool HasArmed(NodeRecord node, NodeReport report) => report.LeaseFreeSince is null && report.ArmedAt > node.LeaseFreeSince;

    private static string Names(List<NodeRecord> nodes) => nodes.Count == 0 ? "no node" : string.Join(", ", nodes.Select(n => n.Name));
}
