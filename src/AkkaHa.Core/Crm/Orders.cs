using System.Collections.Immutable;
using AkkaHa.Core.Audit;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;

namespace AkkaHa.Core.Crm;

/// <summary>A command to an LRM: it names the session it is for and carries the token of its commit.</summary>
/// <param name="Session">The session that shall carry it out; every other one refuses it.</param>
/// <param name="Id">The resource.</param>
/// <param name="Token">The token of the committed entry behind it.</param>
public abstract record Order(Session Session, ResourceId Id, Token Token)
{
    /// <summary>The epoch of the CRM that gives it: void where a majority has promised a higher one.</summary>
    public Epoch Epoch { get; init; }

    /// <summary>Start the guest, or confirm that it runs.</summary>
    public sealed record Start(Session Session, ResourceDefinition Definition, Token Token) : Order(Session, Definition.Id, Token);

    /// <summary>Stop the guest.</summary>
    public sealed record Stop(Session Session, ResourceId Id, Token Token) : Order(Session, Id, Token)
    {
        /// <summary>How long it may take to shut down before it is killed; null for the node's configured time.</summary>
        public TimeSpan? Within { get; init; }
    }

    /// <summary>Wait, paused, for the guest to arrive from another node, and report the address that it is to be sent to.</summary>
    public sealed record Receive(Session Session, ResourceDefinition Definition, Token Token) : Order(Session, Definition.Id, Token);

    /// <summary>Copy the guest to that address until it stands still at the switch-over.</summary>
    public sealed record Send(Session Session, ResourceId Id, Token Token, string Address) : Order(Session, Id, Token);

    /// <summary>Hand the guest over; answer whether it departed or runs on here.</summary>
    public sealed record Complete(Session Session, ResourceId Id, Token Token) : Order(Session, Id, Token);

    /// <summary>Let the guest that has arrived run; if it has not arrived whole, end its copy.</summary>
    public sealed record Continue(Session Session, ResourceDefinition Definition, Token Token) : Order(Session, Definition.Id, Token);

    /// <summary>Give a migration away up, let the guest run on if it lives here, and answer; start nothing.</summary>
    public sealed record Resume(Session Session, ResourceId Id, Token Token) : Order(Session, Id, Token);

    /// <summary>Take over the token and answer how the guest stands; change nothing.</summary>
    public sealed record Attest(Session Session, ResourceId Id, Token Token) : Order(Session, Id, Token);
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
        if (!committed.IsArmed)
            return [];
        var nodes = new NodeSights(committed, seen);
        foreach (var resource in committed.Resources.Values)
        {
            // Nearly all stand as ordered, and their nodes have said so.
            if (resource.Actual != ActualState.Migrating && resource.MayRun.Count == 1 && resource.Owner is { } session
                && nodes.Of(session)?.Report?.Of(resource.Id) is { } answered && answered.Token >= resource.Token)
                continue;
            foreach (var order in Asked(committed, seen, resource).Concat(Copies.Orders(committed, resource)))
            {
                if (order.Token > Token.None && IsOpen(committed, seen, order.Session, out var node)
                    && (seen.ReportOf(node)?.Of(order.Id) is not { } known || known.Token < order.Token))
                    orders.Add(order);
            }
        }

        return orders.ToImmutable();
    }

    private static IEnumerable<Order> Asked(ClusterState committed, Observations seen, ResourceRecord resource)
    {
        if (resource.Migration is { } migration && resource.Actual == ActualState.Migrating)
        {
            var known = committed.Nodes.TryGetValue(migration.Target.Node, out var node) && node.Session == migration.Target
                ? seen.ReportOf(node)?.Of(resource.Id)
                : null;
            return MigrationOrders.Of(resource, known);
        }

        if (resource.Owner is not { } session)
            return [];
        return resource.Actual switch
        {
            // What is not wanted any more is not started, though its start was committed before (S6).
            ActualState.Starting or ActualState.Started when resource is { Requested: RequestedState.Started, Removed: false } =>
                resource.MayStartOn(session.Boot) ? [new Order.Start(session, resource.Definition, resource.Token)] : [],
            // It runs there and nothing is wanted of it, but a migration away may have left it standing still.
            ActualState.Started => [new Order.Resume(session, resource.Id, resource.Token)],
            ActualState.Stopping or ActualState.Relocating =>
                [new Order.Stop(session, resource.Id, resource.Token) { Within = resource.LostStorage is null ? resource.StopWithin : TimeSpan.Zero }],
            _ => [],
        };
    }

    private static bool IsOpen(ClusterState committed, Observations seen, Session session, out NodeRecord node) =>
        committed.Nodes.TryGetValue(session.Node, out node!) && node.Session == session && node.IsOnline && seen.Members.Contains(node.Name);

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
            if (resource.Unheard.IsEmpty)
                continue;
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
            where committed.IsArmed && node is { Condition: NodeCondition.Lost, Fence.Open: true, DenialIndex: not null }
            select new FenceOrder(node.Fence!, node.DenialIndex!.Value)];

    /// <summary>The lost boots whose death the passing of time can prove: those that were admitted with an armed watchdog, and go by their leases.</summary>
    public static ImmutableList<BoundCase> OpenBounds(ClusterState committed) =>
        [.. from node in committed.Nodes.Values
            where node is { Condition: NodeCondition.Lost, DenialIndex: not null, Admitted: not null, Terms.IsArmed: true, LeaseFreeSince: null }
            select new BoundCase(node.Admitted!.Value, node.DenialIndex!.Value, node.Terms)];

    /// <summary>
    /// Members that report in a session that was given up: only a new one is believed, so their LRMs are asked to open one.
    /// </summary>
    public static ImmutableList<Session> ToBeReopened(ClusterState committed, Observations seen) =>
        [.. from report in seen.Reports.Values
            where seen.Members.Contains(report.Session.Node) && !report.IsLeaving
                && committed.Nodes.TryGetValue(report.Session.Node, out var node) && node.Session == report.Session
                && node.Identity == report.Identity && node.Condition != NodeCondition.Online && node is { Fence: not { Open: true } }
                && (node.Condition == NodeCondition.Offline || node.Fence is not null)
            select report.Session];

    /// <summary>Sessions whose clean leave is committed and that still say that they leave: they wait to be told.</summary>
    public static ImmutableList<Session> Left(ClusterState committed, Observations seen) =>
        [.. from report in seen.Reports.Values
            where report.IsLeaving && committed.Nodes.TryGetValue(report.Session.Node, out var node) && node.Session == report.Session
                && node is { Condition: NodeCondition.Offline, Proof.Kind: ProofKind.CleanLeave } && node.Proof.Boot == report.Session.Boot
            select report.Session];
}
