using AkkaHa.Core.MayRun;
using AkkaHa.Core.Model;
using AkkaHa.Core.Rules;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Lifecycle;

/// <summary>What operators' commands about resources make of the committed state. Each can be given again without another effect.</summary>
internal static class OperatorTransitions
{
    public static Applied Apply(ClusterState state, LogEntry entry, AddResource command)
    {
        var definition = command.Definition;
        var id = definition.Id;
        if (Definitions.Refusal(state, definition) is { } refusal)
            return new Applied(state, refusal);
        if (command.Node is { } node && !state.KnowsNode(node))
            return new Applied(state, $"{id}: {node} is no node of this cluster; expected one of {string.Join(", ", state.Nodes.Keys)}.");
        if (state.Resources.TryGetValue(id, out var known) && !known.Removed)
        {
            return Definitions.AreSame(known.Definition, definition) && known.Requested == command.Requested
                ? state
                : new Applied(state, $"{id}: it is a resource already and something else is wanted of it; 'akkaha resource set' changes it.");
        }

        if (state.Resources.Values.FirstOrDefault(r => r.Id != id && r.Definition.Uuid == definition.Uuid) is { } twin)
            return new Applied(state, $"{id}: its UUID {definition.Uuid} belongs to {twin.Id}.");
        var added = known is null
            ? new ResourceRecord(definition, command.Requested, ActualState.Stopped)
            // Its tombstone knows where a copy may be alive, and by which UUID it goes.
            : Fresh(known) with { Definition = definition with { Uuid = known.Definition.Uuid }, Requested = command.Requested, Removed = false };
        added = Possession.Unwatched(state, added, entry.Index) with
        {
            LastNode = command.Node ?? known?.LastNode,
            ChangedIndex = entry.Index,
            RequestEnd = null,
        };
        added = added.Owner is null ? added with { Actual = Possession.Standing(state, added) } : added;
        return RuleTransitions.Checked(state, state.With(added), [id], id.ToString());
    }

    public static Applied Apply(ClusterState state, RemoveResource command)
    {
        if (Find(state, command.Id, out var resource) is { } refusal)
            return new Applied(state, refusal);
        var rules = state.Affinity.Of(command.Id);
        var followers = state.Resources.Values.Where(r => !r.Removed && r.Definition.After.Contains(command.Id)).ToList();
        if (!command.Purge && rules.Length > 0)
            return new Applied(state, $"{command.Id}: the affinity rule {rules[0].Name} names it; remove the rule first, or give --purge.");
        if (!command.Purge && followers.Count > 0)
            return new Applied(state, $"{command.Id}: {followers[0].Id} is started after it; change that first, or give --purge.");
        foreach (var rule in rules)
        {
            var rest = rule with { Resources = rule.Resources.Remove(command.Id) };
            state = state with { Affinity = rest.Resources.Count < 2 ? state.Affinity.Without(rule.Name) : state.Affinity.With(rest) };
        }

        foreach (var follower in followers)
            state = state.With(follower with { Definition = follower.Definition with { After = follower.Definition.After.Remove(command.Id) } });
        var removed = resource with { Removed = true, Requested = RequestedState.Ignored, RequestEnd = null };
        // Nobody can clear the error of what is removed; its tombstone waits for the answer that ends it.
        return Possession.Keep(state, removed.Actual == ActualState.Error ? Recall(state, removed) : removed);
    }

    public static Applied Apply(ClusterState state, LogEntry entry, SetRequested command)
    {
        if (Find(state, command.Id, out var resource) is { } refusal)
            return new Applied(state, refusal);
        if (DigestRefusal(resource, command.Digest) is { } changed)
            return new Applied(state, changed);
        return Request(state, entry, resource, command.Requested, command.Until, command.StopWithin);
    }

    public static Applied Apply(ClusterState state, LogEntry entry, SetResource command)
    {
        var id = command.Definition.Id;
        if (Find(state, id, out var resource) is { } refusal)
            return new Applied(state, refusal);
        if (DigestRefusal(resource, command.Digest) is { } changed)
            return new Applied(state, changed);
        var definition = command.Definition with { Uuid = resource.Definition.Uuid };
        if (Definitions.Refusal(state, definition) is { } wrong)
            return new Applied(state, wrong);
        var isSame = Definitions.AreSame(definition, resource.Definition);
        var next = isSame ? resource : resource with { Definition = definition, ChangedIndex = entry.Index };
        var defined = RuleTransitions.Checked(state, state.With(next), [id], id.ToString());
        if (defined.Refusal is not null || command.Requested is not { } requested)
            return defined;
        var applied = Request(defined.State, entry, next, requested, command.Until, command.StopWithin);
        return applied.Refusal is null ? applied : new Applied(state, applied.Refusal);
    }

    public static Applied Apply(ClusterState state, ClearError command)
    {
        if (Find(state, command.Id, out var resource) is { } refusal)
            return new Applied(state, refusal);
        return resource.Actual == ActualState.Error ? state.With(Recall(state, Fresh(resource))) : state;
    }

    /// <summary>Another request, from an operator or because the one before it has ended.</summary>
    public static Applied Request(
        ClusterState state, LogEntry entry, ResourceRecord resource, RequestedState requested, DateTimeOffset? until, TimeSpan? stopWithin)
    {
        if (until is not null && requested != RequestedState.Ignored)
            return new Applied(state, $"{resource.Id}: only 'ignored' ends by itself; expected no --for with '{requested.ToString().ToLowerInvariant()}'.");
        if (stopWithin is not null && requested != RequestedState.Stopped)
            return new Applied(state, $"{resource.Id}: a time to shut down goes with 'stopped' alone.");
        if (stopWithin < TimeSpan.Zero)
            return new Applied(state, $"{resource.Id}: the time to shut down is negative; expected 0 or more.");
        var before = resource.Requested;
        var wasWatched = before is RequestedState.Started or RequestedState.Stopped;
        var next = Fresh(resource) with
        {
            Requested = requested,
            StopWithin = stopWithin,
            ChangedIndex = entry.Index,
            RequestEnd = until is { } end ? new RequestEnd(end, before == RequestedState.Ignored ? resource.RequestEnd?.Then ?? RequestedState.Started : before) : null,
        };
        if (!wasWatched && requested is RequestedState.Started or RequestedState.Stopped)
            next = Possession.Unwatched(state, next, entry.Index);
        return state.With(next.Actual switch
        {
            ActualState.Error => Recall(state, next),
            ActualState.Stopped or ActualState.Recovery or ActualState.Fence when next.Owner is null => next with { Actual = Possession.Standing(state, next) },
            _ => next,
        });
    }

    /// <summary>Out of error: to where its owner still holds it, else to where it waits.</summary>
    public static ResourceRecord Recall(ClusterState state, ResourceRecord resource) => resource with
    {
        Actual = resource.Owner is { } owner && state.Nodes[owner.Node].IsOnline ? ActualState.Started : Possession.Standing(state, resource),
    };

    /// <summary>The resource with its failures forgotten.</summary>
    public static ResourceRecord Fresh(ResourceRecord resource) => resource with
    {
        FailedStarts = 0,
        Relocations = 0,
        FailedNodes = [],
        FailedAt = null,
        Retries = 0,
        RetryAt = null,
        WaitsSince = null,
        Reason = null,
    };

    public static string? Find(ClusterState state, ResourceId id, out ResourceRecord resource)
    {
        if (state.Resources.TryGetValue(id, out resource!) && !resource.Removed)
            return null;
        return $"{id}: there is no such resource; expected one that 'akkaha resource list' shows.";
    }

    private static string? DigestRefusal(ResourceRecord resource, long? digest) =>
        digest is null || digest == resource.ChangedIndex
            ? null
            : FormattableString.Invariant($"{resource.Id}: it was changed meanwhile; expected the digest {resource.ChangedIndex} and was given {digest}. Look at it again before changing it.");
}
