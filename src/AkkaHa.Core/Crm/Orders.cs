using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Crm;

/// <summary>A command to an LRM: it names the session it is for and carries the token of its commit.</summary>
/// <param name="Session">The session that shall carry it out; every other one refuses it.</param>
/// <param name="Id">The resource.</param>
/// <param name="Token">The token of the committed entry behind it.</param>
public abstract record Order(Session Session, ResourceId Id, Token Token)
{
    /// <summary>Start the guest, or confirm that it runs.</summary>
    public sealed record Start(Session Session, ResourceDefinition Definition, Token Token) : Order(Session, Definition.Id, Token);

    /// <summary>Stop the guest.</summary>
    public sealed record Stop(Session Session, ResourceId Id, Token Token) : Order(Session, Id, Token)
    {
        /// <summary>How long it may take to shut down before it is killed; null for the node's configured time.</summary>
        public TimeSpan? Within { get; init; }
    }
}

/// <summary>A node to be fenced.</summary>
/// <param name="Attempt">The committed attempt.</param>
/// <param name="DenialIndex">The denial that a proof must name.</param>
public sealed record FenceOrder(FenceAttempt Attempt, long DenialIndex);

/// <summary>
/// What the committed state asks of the world. Level-triggered: an order stands until a report answers it, so a lost message or a new CRM
/// changes nothing but the time it takes.
/// </summary>
public static class Orders
{
    /// <summary>The orders that members have not answered yet.</summary>
    public static ImmutableList<Order> Outstanding(ClusterState committed, Observations seen)
    {
        var orders = ImmutableList.CreateBuilder<Order>();
        foreach (var resource in committed.Resources.Values)
        {
            if (resource.Owner is not { } session || !committed.Nodes.TryGetValue(session.Node, out var node)
                || node.Session != session || !node.IsOnline || !seen.Members.Contains(node.Name))
                continue;
            var known = seen.ReportOf(node)?.Of(resource.Id);
            if (resource.Token == Token.None || (known is not null && known.Token >= resource.Token))
                continue;
            switch (resource.Actual)
            {
                // What is not wanted any more is not started, though its start was committed before (S6).
                case ActualState.Starting or ActualState.Started when resource is { Requested: RequestedState.Started, Removed: false }:
                    orders.Add(new Order.Start(session, resource.Definition, resource.Token));
                    break;
                case ActualState.Stopping:
                    orders.Add(new Order.Stop(session, resource.Id, resource.Token) { Within = resource.StopWithin });
                    break;
            }
        }

        return orders.ToImmutable();
    }

    /// <summary>
    /// The nodes to be asked what runs there, with the index of the newest committed entry: those whose report is of another boot than the
    /// admitted one and may be from before it, and those that have not answered yet for a resource that HA did not watch.
    /// </summary>
    public static ImmutableSortedSet<NodeName> ToBeAsked(ClusterState committed, Observations seen)
    {
        var nodes = ImmutableSortedSet.CreateBuilder<NodeName>();
        foreach (var report in seen.Reports.Values)
        {
            if (seen.Members.Contains(report.Session.Node) && committed.Nodes.TryGetValue(report.Session.Node, out var node)
                && node.Admitted != report.Session.Boot && report.AsOf < node.AdmittedIndex)
                nodes.Add(report.Session.Node);
        }

        foreach (var resource in committed.Resources.Values)
        {
            foreach (var boot in resource.Unheard)
            {
                if (committed.Nodes.TryGetValue(boot.Node, out var node) && node.IsOnline
                    && seen.ReportOf(node) is { } report && report.AsOf < resource.UnheardSince)
                    nodes.Add(boot.Node);
            }
        }

        return nodes.ToImmutable();
    }

    /// <summary>The fence attempts that are open.</summary>
    public static ImmutableList<FenceOrder> OpenFences(ClusterState committed) =>
        [.. from node in committed.Nodes.Values
            where node is { Condition: NodeCondition.Lost, Fence.Open: true, DenialIndex: not null }
            select new FenceOrder(node.Fence!, node.DenialIndex!.Value)];
}
