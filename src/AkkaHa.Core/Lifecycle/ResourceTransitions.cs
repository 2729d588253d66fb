using AkkaHa.Core.Crm;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.MayRun;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.StateLog;
using AkkaHa.Core.Storages;

namespace AkkaHa.Core.Lifecycle;

/// <summary>
/// What the CRM's own commands about resources make of the committed state. Each says first why it would be refused, which costs no new state:
/// the manager asks that of everything it is about to propose.
/// </summary>
internal static class ResourceTransitions
{
    public static string? Refusal(ClusterState state, PlaceStart command)
    {
        if (Find(state, command.Id, out var resource) is { } refusal)
            return refusal;
        if (resource.Requested != RequestedState.Started)
            return $"{command.Id}: it is requested {resource.Requested.ToString().ToLowerInvariant()} and is not started.";
        if (resource.Actual is not (ActualState.Recovery or ActualState.Stopped))
            return $"{command.Id}: it is {resource.Actual.ToString().ToLowerInvariant()} and needs no start.";
        if (!resource.MayStartOn(command.Session.Boot))
            return $"{command.Id}: a copy may be alive on {string.Join(", ", resource.MayRun)}.";
        return IsOpen(state, command.Session) ? null : $"{command.Id}: {command.Session.Node} is not online in that session.";
    }

    public static Applied Apply(ClusterState state, LogEntry entry, PlaceStart command) =>
        Refusal(state, command) is { } refusal
            ? new Applied(state, refusal)
            : state.With(Possession.Order(state.Resources[command.Id], command.Session, new Token(entry.Epoch, entry.Index)));

    public static string? Refusal(ClusterState state, ConfirmStart command)
    {
        // A removed one, too: it may be arriving from another node.
        if (!state.Resources.TryGetValue(command.Id, out var resource))
            return $"{command.Id}: there is no such resource.";
        var isOrdered = resource is { Actual: ActualState.Starting, Removed: false } or { Migration.Phase: MigrationPhase.Arriving };
        return !isOrdered || resource.Owner != command.Session || resource.Token != command.Token
            ? $"{command.Id}: another order stands than the confirmed one."
            : null;
    }

    // Where it would not start is remembered for a while: what belongs with it follows it, and does not draw it back.
    public static Applied Apply(ClusterState state, ConfirmStart command) =>
        Refusal(state, command) is { } refusal
            ? new Applied(state, refusal)
            : state.With(state.Resources[command.Id] with
            {
                Actual = ActualState.Started,
                StartedAt = command.At,
                FailedStarts = 0,
                Relocations = 0,
                Retries = 0,
                Reason = null,
                Migration = null,
                PreferredNode = null,
                FailedMoves = 0,
                FailedTarget = null,
                ReturnTo = state.Resources[command.Id].ReturnTo == command.Session.Node ? null : state.Resources[command.Id].ReturnTo,
                LastNode = command.Session.Node,
            });

    public static string? Refusal(ClusterState state, OrderStop command)
    {
        // A removed one, too: its start may have to be called back.
        if (!state.Resources.TryGetValue(command.Id, out var resource))
            return $"{command.Id}: there is no such resource.";
        return resource.Actual is not (ActualState.Started or ActualState.Starting) || resource.Owner is null
            ? $"{command.Id}: it is {resource.Actual.ToString().ToLowerInvariant()} and cannot be stopped."
            : null;
    }

    public static Applied Apply(ClusterState state, LogEntry entry, OrderStop command) =>
        Refusal(state, command) is { } refusal
            ? new Applied(state, refusal)
            : state.With(state.Resources[command.Id] with { Actual = ActualState.Stopping, Token = new Token(entry.Epoch, entry.Index) });

    public static string? Refusal(ClusterState state, ReleaseGuest command)
    {
        if (!state.Resources.TryGetValue(command.Id, out var resource))
            return $"{command.Id}: there is no such resource.";
        if (!IsOpen(state, command.Session))
            return $"{command.Id}: the answer is not of the newest session of {command.Session.Node}.";
        if (command.UpTo < resource.Token)
            return $"{command.Id}: {command.Session.Node} has not answered for the newest order.";
        return resource.MayRun.Contains(command.Session.Boot)
            ? null
            : $"{command.Id}: it is settled already that no copy is alive on {command.Session.Node}.";
    }

    public static Applied Apply(ClusterState state, LogEntry entry, ReleaseGuest command)
    {
        if (Refusal(state, command) is { } refusal)
            return new Applied(state, refusal);
        var resource = state.Resources[command.Id];
        if (resource.Migration is not null)
        {
            var released = Possession.Leave(state, entry, resource with { Reason = resource.Reason ?? command.Reason }, command.Session.Boot, command.Cause == ReleaseCause.Departed);
            return Possession.Keep(state, released);
        }

        var wasOwner = resource.Owner?.Boot == command.Session.Boot;
        var next = Possession.Settle(state, Possession.Release(resource, command.Session.Boot));
        if (wasOwner && command.Cause != ReleaseCause.Stopped)
            next = StartFailures.Count(next, command);
        else if (wasOwner)
            next = MaintenanceTransitions.Stopped(state, StorageTransitions.Stopped(next), command.Session.Node);
        return Possession.Keep(state, next);
    }

    public static string? Refusal(ClusterState state, ReleaseUnheard command) => Refusal(state, command, session => IsOpen(state, session));

    /// <summary>The same with the nodes of one look: thousands of resources are released of the same boots.</summary>
    public static string? Refusal(ClusterState state, ReleaseUnheard command, NodeSights nodes) => Refusal(state, command, nodes.IsOpen);

    private static string? Refusal(ClusterState state, ReleaseUnheard command, Func<Session, bool> isOpen)
    {
        if (!state.Resources.TryGetValue(command.Id, out var resource))
            return $"{command.Id}: there is no such resource.";
        if (command.AsOf < resource.UnheardSince)
            return $"{command.Id}: the answers are older than the question.";
        // Both are in the order of the boots where the manager made the command, so each is gone through once.
        using var unheard = resource.Unheard.GetEnumerator();
        foreach (var session in command.Sessions)
        {
            if (!isOpen(session))
                return $"{command.Id}: the answer is not of the newest session of {session.Node}.";
            var isAwaited = false;
            while (!isAwaited && unheard.MoveNext())
                isAwaited = unheard.Current == session.Boot;
            if (!isAwaited && !resource.Unheard.Contains(session.Boot))
                return $"{command.Id}: {session.Boot} has not to answer for it.";
        }

        return command.Sessions.IsEmpty ? $"{command.Id}: nobody answered." : null;
    }

    public static Applied Apply(ClusterState state, ReleaseUnheard command)
    {
        if (Refusal(state, command) is { } refusal)
            return new Applied(state, refusal);
        var next = command.Sessions.Aggregate(state.Resources[command.Id], (r, session) => Possession.Release(r, session.Boot));
        return Possession.Keep(state, Possession.Settle(state, next));
    }

    public static string? Refusal(ClusterState state, AdoptGuest command)
    {
        if (Find(state, command.Id, out var resource) is { } refusal)
            return refusal;
        if (resource.Owner is not null || resource.Actual is not (ActualState.Stopped or ActualState.Recovery))
            return $"{command.Id}: it is {resource.Actual.ToString().ToLowerInvariant()} and is not adopted.";
        if (!resource.MayStartOn(command.Session.Boot))
            return $"{command.Id}: a copy may be alive on {string.Join(", ", resource.MayRun.Where(b => b != command.Session.Boot))}; it is not adopted.";
        return IsOpen(state, command.Session) ? null : $"{command.Id}: {command.Session.Node} is not online in that session.";
    }

    public static Applied Apply(ClusterState state, LogEntry entry, AdoptGuest command)
    {
        if (Refusal(state, command) is { } refusal)
            return new Applied(state, refusal);
        var resource = state.Resources[command.Id];
        // Started by hand, it knows no order of the newest: it is ordered to take this entry's token, and orders of before are void there.
        var token = command.Token >= resource.Token ? command.Token : new Token(entry.Epoch, entry.Index);
        return state.With(Possession.Adopt(resource, command.Session, token));
    }

    public static Applied Apply(ClusterState state, ParkResource command) =>
        Find(state, command.Id, out var resource) is { } refusal
            ? new Applied(state, refusal)
            : state.With(resource with { Actual = ActualState.Error, Reason = command.Reason, RetryAt = null, Migration = null });

    public static Applied Apply(ClusterState state, RetryError command)
    {
        if (Find(state, command.Id, out var resource) is { } refusal)
            return new Applied(state, refusal);
        if (resource.Actual != ActualState.Error || resource.RetryAt != command.Due)
            return new Applied(state, $"{command.Id}: it does not wait for that retry.");
        var next = OperatorTransitions.Fresh(resource) with { Retries = resource.Retries, Reason = resource.Reason };
        return state.With(OperatorTransitions.Recall(state, next));
    }

    public static Applied Apply(ClusterState state, LogEntry entry, EndRequest command)
    {
        if (Find(state, command.Id, out var resource) is { } refusal)
            return new Applied(state, refusal);
        return resource.RequestEnd is { } end && end.Until == command.Until
            ? OperatorTransitions.Request(state, entry, resource, end.Then, until: null, stopWithin: null)
            : new Applied(state, $"{command.Id}: no request of it ends then.");
    }

    public static Applied Apply(ClusterState state, BeginWait command)
    {
        if (Find(state, command.Id, out var resource) is { } refusal)
            return new Applied(state, refusal);
        return resource.Actual != ActualState.Recovery || resource.WaitsSince is not null
            ? new Applied(state, $"{command.Id}: it does not begin to wait.")
            : state.With(resource with { WaitsSince = command.At });
    }

    private static bool IsOpen(ClusterState state, Session session) =>
        state.Nodes.TryGetValue(session.Node, out var node) && node.Session == session && node.IsOnline;

    private static string? Find(ClusterState state, ResourceId id, out ResourceRecord resource)
    {
        if (state.Resources.TryGetValue(id, out resource!) && !resource.Removed)
            return null;
        return $"{id}: there is no such resource.";
    }
}
