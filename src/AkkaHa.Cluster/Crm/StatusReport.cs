using AkkaHa.Cluster.Membership;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Placement;
using AkkaHa.Core.Rules;
using AkkaHa.Core.Storages;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Crm;

/// <summary>Makes the status that operators see from the committed state and the membership.</summary>
internal static class StatusReport
{
    public static ClusterStatus Of(
        NodeContext context, ClusterState state, MembershipView view, NodeName? crm, Observations? seen, IReadOnlyDictionary<NodeName, string> fencing)
    {
        var votes = view.Reachable.Count(context.Voters.Contains);
        var expected = state.Configuration?.Voters.Count ?? context.Voters.Count;
        var reasons = seen is null
            ? []
            : Plan.All(state, seen, context.Manager.Placement).Where(d => d.Chosen is null || d.WaitsFor is not null).ToDictionary(d => d.Resource, d => d.Why);
        return new ClusterStatus
        {
            AnsweredBy = context.Self,
            Votes = votes,
            ExpectedVotes = expected,
            IsQuorate = votes >= Core.Quorum.Majorities.Of(expected),
            CrmNode = crm,
            CommittedIndex = state.AppliedIndex,
            Hypervisor = context.Hypervisor,
            Nodes = [.. context.Nodes.Keys.Union(state.Nodes.Keys).Order().Select(n => Node(context, state, view, crm, seen, fencing, n))],
            Resources =
            [
                .. state.Resources.Values.Where(r => !r.Removed).Select(r => new ResourceStatus(
                    r.Id, r.Definition.Name, Word(r.Requested), Word(r.Actual), r.Owner?.Node, r.Reason ?? reasons.GetValueOrDefault(r.Id, ""))),
            ],
            Problems = [.. Disarming.Problems(state, seen), .. RuleProblems.Of(state), .. seen is null ? [] : StorageFailures.Problems(state, seen)],
            Incidents = state.Incidents,
        };
    }

    private static NodeStatus Node(
        NodeContext context, ClusterState state, MembershipView view, NodeName? crm, Observations? seen, IReadOnlyDictionary<NodeName, string> fencing, NodeName name)
    {
        var record = state.Nodes.GetValueOrDefault(name);
        var fence = record?.Condition switch
        {
            NodeCondition.Lost when seen is not null && FenceStorm.Describe(state, record, seen.Clock, context.Manager.FenceStormLimit) is { Length: > 0 } held => held,
            NodeCondition.Lost => fencing.GetValueOrDefault(name, "") is { Length: > 0 } progress ? progress
                : record.Fence is not null ? "under way"
                : record.Terms.IsArmed ? "waits for its self-fence bound"
                : $"{name} has neither a fence device nor an armed watchdog: an operator must make sure that it is off",
            NodeCondition.Offline when record.Proof is { Kind: ProofKind.CleanLeave } => "left cleanly",
            NodeCondition.Offline when record.Proof is { } proof => $"proven off by {proof.By}",
            _ => "",
        };
        return new NodeStatus(
            name,
            context.Arbiters.Contains(name) ? "arbiter" : Condition(record),
            record?.Admitted?.Id.Value ?? "",
            record is null ? "" : Evacuations.Progress(state, record) ?? (record.Condition == NodeCondition.Online ? "" : record.Reason ?? ""),
            view.Members.Contains(name),
            view.Reachable.Contains(name),
            fence,
            crm == name);
    }

    private static string Condition(NodeRecord? record) => record switch
    {
        null => "unknown",
        // It is off on purpose: it was to be empty before, and nothing is missing of it.
        { Condition: NodeCondition.Offline, Maintenance: true } => "maintenance",
        { Condition: NodeCondition.Online, Maintenance: true } or { Condition: NodeCondition.Online, Leaving.Policy: ShutdownPolicy.Migrate } => "maintenance",
        { Condition: NodeCondition.Online, IsQuarantined: true } => "quarantined",
        _ => Word(record.Condition),
    };

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
