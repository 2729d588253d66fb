using AkkaHa.Core.Crm;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Failures;

/// <summary>A node that is to be fenced because a guest there cannot be stopped.</summary>
/// <param name="Id">The guest's resource.</param>
/// <param name="Since">Since when, on the CRM's wall clock.</param>
/// <param name="Reason">The node's words.</param>
public sealed record Condemnation(ResourceId Id, DateTimeOffset Since, string Reason);

/// <summary>
/// What a stop that failed leads to where <c>on-stop-failure = fence</c>: the node takes nothing new, its healthy guests move away, then it is
/// given up and fenced (DESIGN §10). Only the proof of its end lets the guest be started elsewhere.
/// </summary>
internal static class StopFailures
{
    /// <summary>How long the healthy guests have to move away. What is left then ends with the node, and is recovered.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The next step for each node with such a guest.</summary>
    public static IEnumerable<LogCommand> Decide(ClusterState state, Observations seen, ManagerSettings settings)
    {
        foreach (var node in state.Nodes.Values)
        {
            if (!node.IsOnline)
                continue;
            if (node.Condemned is null)
            {
                if (FirstStuck(state, node, seen) is var (resource, guest) && CanBeFenced(state, node, seen, settings))
                    yield return new CondemnNode(resource.Id, node.Session!.Value, guest.Reason ?? "no reason given", seen.Clock);
            }
            else if (!IsStuck(state, node, node.Condemned.Id, seen))
            {
                yield return new PardonNode(node.Name);
            }
            else if (IsTime(state, node, node.Condemned, seen) && CanBeFenced(state, node, seen, settings))
            {
                yield return new LoseNode(node.Admitted!.Value, $"{node.Condemned.Id} could not be stopped on {node.Name} ({node.Condemned.Reason}), and its on-stop-failure is fence")
                {
                    At = seen.Clock,
                    Fences = IsFenceable(node, settings),
                };
            }
        }
    }

    /// <summary>Whether a guest's failed stop is the node's business already: then the resource waits for the node's end, not for an operator.</summary>
    public static bool IsPursued(ResourceRecord resource, NodeRecord node) =>
        resource.Definition.OnStopFailure == StopFailurePolicy.Fence && node.Condemned is not null;

    private static (ResourceRecord Resource, GuestReport Guest)? FirstStuck(ClusterState state, NodeRecord node, Observations seen)
    {
        if (seen.ReportOf(node) is not { } report)
            return null;
        foreach (var guest in report.Guests.Values)
        {
            if (guest.State == GuestState.StopFailed && IsStuck(state, node, guest.Id, seen))
                return (state.Resources[guest.Id], guest);
        }

        return null;
    }

    private static bool IsStuck(ClusterState state, NodeRecord node, ResourceId id, Observations seen) =>
        state.Resources.TryGetValue(id, out var resource) && resource.Definition.OnStopFailure == StopFailurePolicy.Fence
        && resource.Actual is ActualState.Stopping or ActualState.Relocating && resource.Owner == node.Session
        // A node that does not report now said so once; only another answer ends it.
        && (seen.ReportOf(node)?.Of(id) is not { } guest || (guest.State == GuestState.StopFailed && guest.Token >= resource.Token));

    private static bool IsTime(ClusterState state, NodeRecord node, Condemnation condemned, Observations seen) =>
        seen.Clock - condemned.Since >= Patience || seen.Clock < condemned.Since
        || Evacuations.Left(state, node).All(id => id == condemned.Id || IsStuck(state, node, id, seen));

    // What would cost the cluster its majority, or could never be proven, is not begun: the resource goes into error instead.
    private static bool CanBeFenced(ClusterState state, NodeRecord node, Observations seen, ManagerSettings settings) =>
        (IsFenceable(node, settings) || (node.Terms.IsArmed && node.LeaseFreeSince is null))
        && state.Configuration?.IsMajority(seen.Members.Except(seen.Unreachable).Remove(node.Name)) == true;

    private static bool IsFenceable(NodeRecord node, ManagerSettings settings) => settings.Fenceable?.Contains(node.Name) != false;
}
