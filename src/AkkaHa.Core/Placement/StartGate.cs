using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>
/// What a resource waits for although a node could run it: those it is started after, its start delay, a lower boot order, and starts under
/// way. Every wait ends: with what it waits for, or with a time.
/// </summary>
internal sealed class StartGate
{
    private readonly ClusterState _state;
    private readonly Observations _seen;
    private ResourceRecord? _lowest;

    public StartGate(ClusterState state, Observations seen)
    {
        _state = state;
        _seen = seen;
        foreach (var resource in state.Resources.Values)
        {
            if (resource.Actual == ActualState.Starting && resource.Definition.BootOrder is not null)
                Hold(resource);
        }
    }

    /// <summary>A resource is about to start: those of a higher boot order wait for it.</summary>
    public void Hold(ResourceRecord resource)
    {
        if (resource.Definition.BootOrder is { } order && (_lowest is null || order < _lowest.Definition.BootOrder))
            _lowest = resource;
    }

    /// <summary>What the resource waits for, as a sentence; null where it may start.</summary>
    public string? WaitsFor(ResourceRecord resource)
    {
        var definition = resource.Definition;
        if (_lowest is not null && definition.BootOrder > _lowest.Definition.BootOrder)
            return FormattableString.Invariant($"it waits for {_lowest.Id}, which has the lower boot order {_lowest.Definition.BootOrder}, to be started");
        if (definition.After.IsEmpty && definition.StartDelay <= TimeSpan.Zero)
            return null;
        if (resource.WaitsSince is not { } since)
            return "it begins to wait for what it is started after";
        var free = since;
        foreach (var id in definition.After)
        {
            if (!_state.Resources.TryGetValue(id, out var other) || !other.IsWanted)
                continue;
            if (IsReady(other))
            {
                free = other.StartedAt is { } at && at > free ? at : free;
                continue;
            }

            var limit = Later(since, other.Actual == ActualState.Started ? other.StartedAt : null) + definition.ReadinessTimeout;
            if (IsAhead(limit, definition.ReadinessTimeout))
                return FormattableString.Invariant($"it waits for {id}, which is not ready yet, until {limit:yyyy-MM-dd HH:mm:ss} UTC at most");
        }

        var start = free + definition.StartDelay;
        return IsAhead(start, definition.StartDelay)
            ? FormattableString.Invariant($"its start delay lasts until {start:yyyy-MM-dd HH:mm:ss} UTC")
            : null;
    }

    private bool IsReady(ResourceRecord resource)
    {
        if (resource.Actual is not (ActualState.Started or ActualState.Migrating))
            return false;
        return resource.Owner is not { } owner || !_state.Nodes.TryGetValue(owner.Node, out var node)
            || _seen.ReportOf(node)?.Of(resource.Id) is not { IsStartingUp: true };
    }

    /// <summary>Whether a time is still to come: no further ahead than the wait was long, else the clock was set back meanwhile.</summary>
    private bool IsAhead(DateTimeOffset time, TimeSpan wait) => time > _seen.Clock && time - _seen.Clock <= wait;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other is { } later && later > one ? later : one;
}
