using AkkaHa.Core.MayRun;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Moves;

/// <summary>What the commands of moving make of the committed state.</summary>
internal static class MoveTransitions
{
    public static Applied Apply(ClusterState state, LogEntry entry, MoveResource command)
    {
        if (MoveRefusals.Of(state, command) is { } refusal)
            return new Applied(state, refusal);
        var resource = state.Resources[command.Id];
        var token = new Token(entry.Epoch, entry.Index);
        var target = state.Nodes[command.Target].Session!.Value;
        var moving = resource with
        {
            Token = token,
            Reason = null,
            PreferredNode = command.Target,
            ReturnTo = command.IsEvacuation ? resource.ReturnTo ?? resource.Owner!.Value.Node : resource.ReturnTo,
        };
        return state.With(MoveRefusals.KindOf(state, command) == MoveKind.Relocate
            ? moving with { Actual = ActualState.Relocating }
            : moving with
            {
                Actual = ActualState.Migrating,
                MayRun = moving.MayRun.Add(target.Boot),
                Migration = new Migration(resource.Owner!.Value, target, MigrationPhase.Preparing, command.Why),
            });
    }

    public static Applied Apply(ClusterState state, LogEntry entry, HandOver command)
    {
        if (!state.Resources.TryGetValue(command.Id, out var resource) || resource.Migration is not { Phase: MigrationPhase.Preparing } migration)
            return new Applied(state, $"{command.Id}: it is not being prepared for a hand-over.");
        if (resource.MayRun.Count != 2 || !resource.MayRun.All(migration.Involves))
            return new Applied(state, $"{command.Id}: it can be handed over only between the two nodes of its migration, but a copy may be alive on {string.Join(", ", resource.MayRun)}.");
        if (!IsOpen(state, migration.Source) || !IsOpen(state, migration.Target))
            return new Applied(state, $"{command.Id}: {migration.Source.Node} or {migration.Target.Node} is not online in the session of its migration any more.");
        return state.With(resource with
        {
            Owner = migration.Target,
            Token = new Token(entry.Epoch, entry.Index),
            Migration = migration with { Phase = MigrationPhase.HandingOver },
        });
    }

    public static Applied Apply(ClusterState state, LogEntry entry, AbortMigration command)
    {
        if (!state.Resources.TryGetValue(command.Id, out var resource) || resource.Migration is not { } migration)
            return new Applied(state, $"{command.Id}: it is not being migrated.");
        return migration.Phase switch
        {
            MigrationPhase.Preparing => state.With(Abort(resource, migration, entry, command.Reason)),
            MigrationPhase.HandingOver when command.SourceAnswer >= resource.Token => state.With(Abort(resource, migration, entry, command.Reason)),
            MigrationPhase.HandingOver => new Applied(state, $"{command.Id}: {migration.Source.Node} has not answered whether it still has the guest."),
            MigrationPhase.Arriving => new Applied(state, $"{command.Id}: {migration.Source.Node} has handed it over already."),
            MigrationPhase.Aborting => new Applied(state, $"{command.Id}: its migration is being given up already."),
            _ => throw new InvariantViolation($"{command.Id}: its migration is in the unknown phase {migration.Phase}"),
        };
    }

    /// <summary>A boot left the may-run of a resource that is being migrated: where the resource stands now.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="entry">The entry that took the boot out.</param>
    /// <param name="resource">The resource, without the boot.</param>
    /// <param name="gone">The boot.</param>
    /// <param name="isWhole">Whether the destination may have all of the guest: the source said so, or can be asked no more.</param>
    public static ResourceRecord Released(ClusterState state, LogEntry entry, ResourceRecord resource, Boot gone, bool isWhole)
    {
        var migration = resource.Migration!;
        if (!migration.Involves(gone))
            return resource;
        var token = new Token(entry.Epoch, entry.Index);
        var left = resource.MayRun.Where(migration.Involves).ToList();
        if (left.Count == 0)
            return Possession.Settle(state, resource with { Migration = null, Owner = null });
        if (left.Count == 2)
            return resource;
        if (left[0] == migration.Source.Boot)
        {
            return Land(state, resource with
            {
                Owner = migration.Source,
                Token = token,
                Actual = ActualState.Started,
                FailedMoves = resource.FailedMoves + 1,
                FailedTarget = migration.Target.Node,
                // A return is tried once: what cannot go back stays where it runs.
                ReturnTo = resource.ReturnTo == migration.Target.Node ? null : resource.ReturnTo,
                Reason = resource.Reason ?? $"it could not be migrated to {migration.Target.Node}; it stays on {migration.Source.Node}",
            });
        }

        if (migration.Phase == MigrationPhase.HandingOver && gone == migration.Source.Boot && isWhole)
            return resource with { Owner = migration.Target, Token = token, Migration = migration with { Phase = MigrationPhase.Arriving } };
        // What the destination has was never let go, and the source ended without handing over: it is ended like a guest that is stopped.
        return Land(state, resource with { Owner = migration.Target, Token = token, Actual = ActualState.Stopping });
    }

    /// <summary>A node of the migration is lost: what is done while its proof is awaited.</summary>
    public static ResourceRecord Lost(ClusterState state, LogEntry entry, ResourceRecord resource)
    {
        var migration = resource.Migration!;
        return migration.Phase switch
        {
            MigrationPhase.Preparing => Abort(resource, migration, entry, $"{migration.Source.Node} or {migration.Target.Node} was lost"),
            MigrationPhase.Arriving => Land(state, resource),
            MigrationPhase.HandingOver or MigrationPhase.Aborting => resource,
            _ => throw new InvariantViolation($"{resource.Id}: its migration is in the unknown phase {migration.Phase}"),
        };
    }

    /// <summary>A node of the migration has a new session, whose report has the guest still: the migration goes on with that session.</summary>
    public static ResourceRecord Rejoined(ResourceRecord resource, Session session)
    {
        var migration = resource.Migration!;
        var renewed = migration.Source.Boot == session.Boot ? migration with { Source = session } : migration with { Target = session };
        return resource with { Migration = renewed, Owner = resource.Owner?.Boot == session.Boot ? session : resource.Owner };
    }

    private static ResourceRecord Abort(ResourceRecord resource, Migration migration, LogEntry entry, string reason) => resource with
    {
        Token = new Token(entry.Epoch, entry.Index),
        Reason = $"its migration to {migration.Target.Node} was given up: {reason}",
        Migration = migration with { Phase = MigrationPhase.Aborting },
    };

    /// <summary>The migration is over and one boot is left: the resource stands there, or waits for a proof if that one is lost.</summary>
    private static ResourceRecord Land(ClusterState state, ResourceRecord resource)
    {
        var landed = resource with { Migration = null, PreferredNode = null };
        return landed.MayRun.Any(boot => Possession.IsLost(state, boot)) ? landed with { Actual = ActualState.Fence } : landed;
    }

    private static bool IsOpen(ClusterState state, Session session) =>
        state.Nodes.TryGetValue(session.Node, out var node) && node.IsOnline && node.Session == session;
}
