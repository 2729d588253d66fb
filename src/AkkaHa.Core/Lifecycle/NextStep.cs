using AkkaHa.Core.Audit;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Lifecycle;

/// <summary>
/// What moves a resource from the state it is in, where no placement is needed: the table of DESIGN §8, one row a state.
/// </summary>
public static class NextStep
{
    /// <summary>The next command for a resource; null where it stays as it is or waits for a node.</summary>
    public static LogCommand? Decide(ClusterState state, ResourceRecord resource, Observations seen) =>
        Decide(state, resource, seen, new NodeSights(state, seen));

    internal static LogCommand? Decide(ClusterState state, ResourceRecord resource, Observations seen, NodeSights nodes)
    {
        if (resource.RequestEnd is { } end && end.Until <= seen.Clock)
            return new EndRequest(resource.Id, end.Until);
        if (!resource.Unheard.IsEmpty && Unheard.Decide(resource, nodes) is { } heard)
            return heard;
        if (Copies.Released(state, resource, seen) is { } settled)
            return settled;
        var sight = resource.Owner is { } session ? nodes.Of(session) : null;
        var owner = sight?.Node;
        var guest = sight?.Report?.Of(resource.Id);
        var answered = guest is not null && guest.Token >= resource.Token;
        return resource.Actual switch
        {
            ActualState.Started when resource.Requested == RequestedState.Stopped && owner is not null => new OrderStop(resource.Id),
            // A start that nobody confirmed yet is called back, whatever else is wanted now: whether it was carried out must be answered.
            ActualState.Starting when resource.Requested != RequestedState.Started && owner is not null => new OrderStop(resource.Id),
            ActualState.Starting when answered && guest!.State == GuestState.Running =>
                new ConfirmStart(resource.Id, owner!.Session!.Value, resource.Token) { At = seen.Clock },
            ActualState.Starting when answered && guest!.IsReleased => Release(resource, owner!, guest!, ReleaseCause.StartFailed, seen),
            ActualState.Started when answered && guest!.IsReleased => Release(resource, owner!, guest!, ReleaseCause.Died, seen),
            ActualState.Stopping or ActualState.Relocating when answered && guest!.IsReleased => Release(resource, owner!, guest!, ReleaseCause.Stopped, seen),
            ActualState.Stopping or ActualState.Relocating when answered && guest!.State == GuestState.StopFailed && StopFailures.IsPursued(resource, owner!) => null,
            ActualState.Stopping or ActualState.Relocating when answered && guest!.State == GuestState.StopFailed =>
                new ParkResource(resource.Id, $"{resource.Id} could not be stopped on {owner!.Name}: {guest.Reason ?? "no reason given"}. "
                    + "Stop it there by hand, then clear the error."),
            ActualState.Starting or ActualState.Started when answered && guest!.State == GuestState.StopFailed =>
                new ParkResource(resource.Id, $"what was started of {resource.Id} on {owner!.Name} neither runs nor ends: {guest.Reason ?? "no reason given"}. "
                    + "End it there by hand, then clear the error."),
            ActualState.Starting or ActualState.Started or ActualState.Stopping or ActualState.Relocating => null,
            ActualState.Recovery when resource is { IsWanted: true, WaitsSince: null } && MustWait(resource.Definition) => new BeginWait(resource.Id, seen.Clock),
            ActualState.Error when resource.RetryAt is { } due && IsDue(due, seen.Clock) => new RetryError(resource.Id, due),
            ActualState.Recovery or ActualState.Stopped or ActualState.Fence or ActualState.Frozen or ActualState.Error => null,
            ActualState.Migrating => MigrationSteps.Decide(state, resource, seen),
            _ => throw new InvariantViolation($"{resource.Id} is in the unknown state {resource.Actual}"),
        };
    }

    private static ReleaseGuest Release(ResourceRecord resource, NodeRecord owner, GuestReport guest, ReleaseCause cause, Observations seen) =>
        new(resource.Id, owner.Session!.Value, guest.Token, cause, guest.Reason) { Failure = guest.Cause, At = seen.Clock };

    private static bool MustWait(ResourceDefinition definition) => !definition.After.IsEmpty || definition.StartDelay > TimeSpan.Zero;

    /// <summary>A clock that was set back must not make a resource wait longer than the longest pause.</summary>
    private static bool IsDue(DateTimeOffset due, DateTimeOffset clock) => due <= clock || due - clock > StartFailures.LongestPause;
}
