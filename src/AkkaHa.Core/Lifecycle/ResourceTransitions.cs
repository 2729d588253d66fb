using AkkaHa.Core.MayRun;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Lifecycle;

/// <summary>What the resource commands make of the committed state.</summary>
internal static class ResourceTransitions
{
    public static Applied Apply(ClusterState state, AddResource command)
    {
        var id = command.Definition.Id;
        if (state.Resources.TryGetValue(id, out var known))
        {
            return new Applied(state, known.Removed
                ? $"{id}: it was removed while a copy may be alive on {string.Join(", ", known.MayRun)}; it can be added again when that is settled."
                : $"{id}: it is a resource already.");
        }

        if (state.Resources.Values.FirstOrDefault(r => r.Definition.Uuid == command.Definition.Uuid) is { } twin)
            return new Applied(state, $"{id}: its UUID {command.Definition.Uuid} belongs to {twin.Id}.");
        var actual = command.Requested == RequestedState.Started ? ActualState.Recovery : ActualState.Stopped;
        return state.With(new ResourceRecord(command.Definition, command.Requested, actual));
    }

    public static Applied Apply(ClusterState state, RemoveResource command)
    {
        if (Find(state, command.Id, out var resource) is { } refusal)
            return new Applied(state, refusal);
        var removed = resource with { Removed = true, Requested = RequestedState.Ignored };
        // Nobody can clear the error of what is removed; its tombstone waits for the answer that ends it.
        return Possession.Keep(state, removed.Actual == ActualState.Error ? Recall(state, removed) : removed);
    }

    public static Applied Apply(ClusterState state, SetRequested command)
    {
        if (Find(state, command.Id, out var resource) is { } refusal)
            return new Applied(state, refusal);
        var next = Fresh(resource) with { Requested = command.Requested };
        return state.With(next.Actual switch
        {
            ActualState.Error => Recall(state, next),
            ActualState.Stopped or ActualState.Recovery when next.Owner is null => next with { Actual = Possession.Standing(state, next) },
            _ => next,
        });
    }

    public static Applied Apply(ClusterState state, LogEntry entry, PlaceStart command)
    {
        if (Find(state, command.Id, out var resource) is { } refusal)
            return new Applied(state, refusal);
        if (resource.Requested != RequestedState.Started)
            return new Applied(state, $"{command.Id}: it is requested {resource.Requested.ToString().ToLowerInvariant()} and is not started.");
        if (resource.Actual is not (ActualState.Recovery or ActualState.Stopped))
            return new Applied(state, $"{command.Id}: it is {resource.Actual.ToString().ToLowerInvariant()} and needs no start.");
        if (!resource.MayStartOn(command.Session.Boot))
            return new Applied(state, $"{command.Id}: a copy may be alive on {string.Join(", ", resource.MayRun)}.");
        if (!state.Nodes.TryGetValue(command.Session.Node, out var node) || !node.IsOnline || node.Session != command.Session)
            return new Applied(state, $"{command.Id}: {command.Session.Node} is not online in that session.");
        return state.With(Possession.Order(resource, command.Session, new Token(entry.Epoch, entry.Index)));
    }

    public static Applied Apply(ClusterState state, ConfirmStart command)
    {
        if (Find(state, command.Id, out var resource) is { } refusal)
            return new Applied(state, refusal);
        if (resource.Actual != ActualState.Starting || resource.Owner != command.Session || resource.Token != command.Token)
            return new Applied(state, $"{command.Id}: another order stands than the confirmed one.");
        return state.With(Fresh(resource) with { Actual = ActualState.Started });
    }

    public static Applied Apply(ClusterState state, LogEntry entry, OrderStop command)
    {
        // A removed one, too: its start may have to be called back.
        if (!state.Resources.TryGetValue(command.Id, out var resource))
            return new Applied(state, $"{command.Id}: there is no such resource.");
        if (resource.Actual is not (ActualState.Started or ActualState.Starting) || resource.Owner is null)
            return new Applied(state, $"{command.Id}: it is {resource.Actual.ToString().ToLowerInvariant()} and cannot be stopped.");
        return state.With(resource with { Actual = ActualState.Stopping, Token = new Token(entry.Epoch, entry.Index) });
    }

    public static Applied Apply(ClusterState state, ReleaseGuest command)
    {
        if (!state.Resources.TryGetValue(command.Id, out var resource))
            return new Applied(state, $"{command.Id}: there is no such resource.");
        if (!state.Nodes.TryGetValue(command.Session.Node, out var node) || node.Session != command.Session || !node.IsOnline)
            return new Applied(state, $"{command.Id}: the answer is not of the newest session of {command.Session.Node}.");
        if (command.UpTo < resource.Token)
            return new Applied(state, $"{command.Id}: {command.Session.Node} has not answered for the newest order.");
        if (!resource.MayRun.Contains(command.Session.Boot))
            return new Applied(state, $"{command.Id}: it is settled already that no copy is alive on {command.Session.Node}.");
        var wasOwner = resource.Owner?.Boot == command.Session.Boot;
        var next = Possession.Settle(state, Possession.Release(resource, command.Session.Boot));
        if (wasOwner && command.Cause != ReleaseCause.Stopped)
            next = StartFailures.Count(next, command.Session.Node, command.Reason ?? "it ended without a reason given");
        return Possession.Keep(state, next);
    }

    public static Applied Apply(ClusterState state, ParkResource command) =>
        Find(state, command.Id, out var resource) is { } refusal
            ? new Applied(state, refusal)
            : state.With(resource with { Actual = ActualState.Error, Reason = command.Reason });

    public static Applied Apply(ClusterState state, ClearError command)
    {
        if (Find(state, command.Id, out var resource) is { } refusal)
            return new Applied(state, refusal);
        if (resource.Actual != ActualState.Error)
            return new Applied(state, $"{command.Id}: it is not in error.");
        return state.With(Recall(state, Fresh(resource)));
    }

    /// <summary>Out of error: to where its owner still holds it, else to where it waits.</summary>
    private static ResourceRecord Recall(ClusterState state, ResourceRecord resource) => resource with
    {
        Actual = resource.Owner is { } owner && state.Nodes[owner.Node].IsOnline ? ActualState.Started : Possession.Standing(state, resource),
    };

    private static ResourceRecord Fresh(ResourceRecord resource) =>
        resource with { FailedStarts = 0, FailedNodes = [], Reason = null };

    private static string? Find(ClusterState state, ResourceId id, out ResourceRecord resource)
    {
        if (state.Resources.TryGetValue(id, out resource!) && !resource.Removed)
            return null;
        return $"{id}: there is no such resource.";
    }
}
