using AkkaHa.Core.Crm;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Moves;

/// <summary>What moves a migration from the phase it is in, by what its two nodes answered: one method a phase.</summary>
internal static class MigrationSteps
{
    /// <summary>The next command; null while an answer is awaited.</summary>
    public static LogCommand? Decide(ClusterState state, ResourceRecord resource, Observations seen)
    {
        if (resource.Migration is not { } migration)
            throw new InvariantViolation($"{resource.Id} is migrating without a migration");
        var source = Known(state, seen, migration.Source, resource.Id);
        var target = Known(state, seen, migration.Target, resource.Id);
        return migration.Phase switch
        {
            MigrationPhase.Preparing => Preparing(resource, migration, source, target),
            MigrationPhase.HandingOver => HandingOver(resource, migration, source, target),
            MigrationPhase.Arriving => Arriving(resource, migration, target),
            MigrationPhase.Aborting => Gone(resource, migration.Target, target) ?? Gone(resource, migration.Source, source),
            _ => throw new InvariantViolation($"{resource.Id}: its migration is in the unknown phase {migration.Phase}"),
        };
    }

    private static LogCommand? Preparing(ResourceRecord resource, Migration migration, GuestReport? source, GuestReport? target)
    {
        if (Gone(resource, migration.Target, target) is { } refused)
            return refused;
        if (resource.Requested != RequestedState.Started)
            return new AbortMigration(resource.Id, Token.None, $"it is requested {resource.Requested.ToString().ToLowerInvariant()}");
        if (source is { IsReleased: true })
            return new AbortMigration(resource.Id, Token.None, $"it ended on {migration.Source.Node}: {source.Reason ?? "no reason given"}");
        if (Answered(resource, source) && source!.State is GuestState.Running or GuestState.StopFailed)
            return new AbortMigration(resource.Id, source!.Token, source.Reason ?? $"{migration.Source.Node} does not send it");
        if (Answered(resource, target) && target!.State is not (GuestState.Incoming or GuestState.Starting))
            return new AbortMigration(resource.Id, Token.None, target!.Reason ?? $"{migration.Target.Node} does not receive it");
        return Answered(resource, source) && source!.State == GuestState.AtSwitchOver && Answered(resource, target) && target!.State == GuestState.Incoming
            ? new HandOver(resource.Id)
            : null;
    }

    private static LogCommand? HandingOver(ResourceRecord resource, Migration migration, GuestReport? source, GuestReport? target)
    {
        if (Gone(resource, migration.Source, source) is { } gone)
            return gone;
        if (Answered(resource, source) && source!.State == GuestState.Running)
            return new AbortMigration(resource.Id, source.Token, source.Reason ?? $"{migration.Source.Node} runs it on");
        return Gone(resource, migration.Target, target);
    }

    private static LogCommand? Arriving(ResourceRecord resource, Migration migration, GuestReport? target)
    {
        if (Gone(resource, migration.Target, target) is { } gone)
            return gone;
        return !Answered(resource, target)
            ? null
            : target!.State switch
            {
                GuestState.Running => new ConfirmStart(resource.Id, migration.Target, resource.Token),
                GuestState.StopFailed => new ParkResource(resource.Id,
                    $"{resource.Id} arrived on {migration.Target.Node} and neither runs nor ends there: {target.Reason ?? "no reason given"}. "
                    + "End it there by hand, then clear the error."),
                _ => null,
            };
    }

    private static ReleaseGuest? Gone(ResourceRecord resource, Session session, GuestReport? guest) =>
        Answered(resource, guest) && guest!.IsReleased && resource.MayRun.Contains(session.Boot)
            ? new ReleaseGuest(resource.Id, session, guest.Token, guest.State == GuestState.Departed ? ReleaseCause.Departed : ReleaseCause.Stopped, guest.Reason)
            : null;

    private static bool Answered(ResourceRecord resource, GuestReport? guest) => guest is not null && guest.Token >= resource.Token;

    private static GuestReport? Known(ClusterState state, Observations seen, Session session, ResourceId id) =>
        state.Nodes.TryGetValue(session.Node, out var node) && node.Session == session ? seen.ReportOf(node)?.Of(id) : null;
}
