using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.MayRun;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Placement;

/// <summary>Where a resource of a failed node would go.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="From">The node that it is bound to now; null where it waits for one already.</param>
/// <param name="Decision">Where it would go, or why nowhere.</param>
public sealed record PlannedMove(ResourceId Resource, NodeName? From, PlacementDecision Decision);

/// <summary>What would become of the cluster if nodes failed now.</summary>
/// <param name="Failed">The nodes.</param>
/// <param name="KeepsQuorum">Whether the others would still have a majority of the votes; without it nothing is started.</param>
/// <param name="Moves">What would be started elsewhere, and what would not fit.</param>
public sealed record FailurePlan(ImmutableSortedSet<NodeName> Failed, bool KeepsQuorum, ImmutableList<PlannedMove> Moves)
{
    /// <summary>Whether everything that runs now would run on.</summary>
    public bool AllFits => KeepsQuorum && Moves.All(m => m.Decision.Chosen is not null);
}

/// <summary>Plays a failure through on the state that stands, and changes nothing.</summary>
public static class WhatIf
{
    /// <summary>What would move where if these nodes were proven dead now.</summary>
    public static FailurePlan Fail(ClusterState state, Observations seen, PlacementSettings settings, ImmutableSortedSet<NodeName> nodes)
    {
        var after = state;
        foreach (var name in nodes)
        {
            if (state.Nodes.TryGetValue(name, out var node))
                after = after.With(node with { Condition = NodeCondition.Offline });
        }

        var entry = new LogEntry(state.AppliedIndex + 1, Epoch.None, new NoOp());
        after = Possession.ReleaseBoots(after, entry, boot => nodes.Contains(boot.Node));
        var left = seen with { Members = seen.Members.Except(nodes), Reports = seen.Reports.RemoveRange(nodes) };
        var moves = Plan.All(after, left, settings)
            .Select(d => new PlannedMove(d.Resource, state.Resources[d.Resource].Owner?.Node, d))
            .ToImmutableList();
        return new FailurePlan(nodes, state.Configuration?.IsMajority(left.Members.Except(left.Unreachable)) == true, moves);
    }
}
