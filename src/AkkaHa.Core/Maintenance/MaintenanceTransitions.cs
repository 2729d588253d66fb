using System.Collections.Immutable;
using AkkaHa.Core.MayRun;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Maintenance;

/// <summary>What the commands of maintenance make of the committed state. Each can be given again without another effect.</summary>
internal static class MaintenanceTransitions
{
    public static Applied Apply(ClusterState state, SetMaintenance command)
    {
        if (Find(state, command.Node, out var node) is { } refusal)
            return new Applied(state, refusal);
        if (command.Enable && !node.IsOnline)
            return new Applied(state, $"{command.Node}: it is not online; only what runs can be moved out of the way of a maintenance.");
        return state.With(node with { Maintenance = command.Enable });
    }

    public static Applied Apply(ClusterState state, BeginLeave command)
    {
        if (Find(state, command.Node, out var node) is { } refusal)
            return new Applied(state, refusal);
        return node.IsOnline
            ? state.With(node with { Leaving = Leaving.Of(command.Kind, state.ShutdownPolicy) })
            : new Applied(state, $"{command.Node}: it is not online; there is nothing to prepare for its going.");
    }

    public static Applied Apply(ClusterState state, CancelLeave command) =>
        Find(state, command.Node, out var node) is { } refusal
            ? new Applied(state, refusal)
            : state.With(node with { Leaving = null });

    public static Applied Apply(ClusterState state, ReleaseNode command) =>
        Find(state, command.Node, out var node) is { } refusal
            ? new Applied(state, refusal)
            : state.With(node with { IsQuarantined = false, Losses = [] });

    public static Applied Apply(ClusterState state, SetShutdownPolicy command) => state with { ShutdownPolicy = command.Policy };

    public static Applied Apply(ClusterState state, LogEntry entry, SetArmed command)
    {
        if (command.Armed == state.IsArmed)
            return state;
        if (command.Armed)
            return state with { DisarmedSince = null };
        // From here on, and before any node is told, no time proves these boots dead.
        var nodes = state.Nodes.Values.Where(n => n.IsOnline).ToImmutableSortedDictionary(n => n.Name, n => n with { LeaseFreeSince = entry.Index });
        return state with { DisarmedSince = entry.Index, Nodes = state.Nodes.SetItems(nodes) };
    }

    public static Applied Apply(ClusterState state, Thaw command)
    {
        if (!state.Resources.TryGetValue(command.Id, out var resource) || resource.Actual != ActualState.Frozen)
            return new Applied(state, $"{command.Id}: it is not frozen.");
        var thawed = resource with { Reason = null, ReturnTo = null };
        return Possession.Keep(state, thawed with { Actual = Possession.Standing(state, thawed) });
    }

    public static Applied Apply(ClusterState state, ForgetReturn command) =>
        state.Resources.TryGetValue(command.Id, out var resource) && resource.ReturnTo is not null
            ? state.With(resource with { ReturnTo = null })
            : new Applied(state, $"{command.Id}: it is to return nowhere.");

    /// <summary>A guest was stopped on its node as ordered: where the resource stands if that node goes away under a policy that keeps it there.</summary>
    public static ResourceRecord Stopped(ClusterState state, ResourceRecord resource, NodeName node) =>
        resource.Actual == ActualState.Recovery && state.Nodes[node].Leaving is { Policy: ShutdownPolicy.Freeze }
            ? resource with { Actual = ActualState.Frozen, LastNode = node, ReturnTo = node, Reason = $"{node} goes away and keeps it; it starts there again" }
            : resource;

    private static string? Find(ClusterState state, NodeName name, out NodeRecord node) =>
        state.Nodes.TryGetValue(name, out node!)
            ? null
            : $"{name}: it is no node of this cluster, or was never admitted; expected one of {string.Join(", ", state.Nodes.Keys)}.";
}
