using System.Collections.Immutable;
using Akka.Actor;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Cluster.Lrm;

/// <summary>
/// The search for what lives here already, before the first report: guests of an earlier daemon, some of them in the middle of a migration.
/// Each step is a message: what waits must not wait in a method that runs outside of the actor.
/// </summary>
public sealed partial class LrmActor
{
    private sealed record Step(Action Run);

    private sealed record Found(ImmutableList<FoundGuest> Guests, ImmutableList<RunningGuest> Strangers);

    private sealed record SearchFailed(Exception Cause);

    private ILiveMigration? Migration => (_node.VmHost as IMigrationHost)?.Migration;

    /// <summary>Nothing is found out while a start of an earlier incarnation is under way.</summary>
    private void Settle() => _node.VmHost.SettleAsync().PipeTo(Self, Self, () => new Step(ListGuests), cause => new SearchFailed(cause));

    private void ListGuests() => Then(_node.VmHost.ListAsync(_stopped.Token), guests => KillLeftovers([.. guests]));

    /// <summary>
    /// A guest that an earlier daemon spawned and never let go is killed: nobody would continue it. One that is paused for another reason,
    /// such as an I/O error, is left as it is.
    /// </summary>
    private void KillLeftovers(ImmutableList<RunningGuest> guests)
    {
        var leftovers = guests.Where(g => g is { Id: not null, State: RunState.Prelaunch }).ToList();
        Then(
            Task.WhenAll(leftovers.Select(g => _node.VmHost.KillAsync(g.Id!.Value, _stopped.Token))),
            outcomes => AskStages(guests.RemoveAll(g => leftovers.IndexOf(g) is var n and >= 0 && outcomes[n].IsGone)));
    }

    private void AskStages(ImmutableList<RunningGuest> guests)
    {
        var known = guests.Where(g => g.Id is not null).ToImmutableList();
        var strangers = guests.RemoveAll(g => g.Id is not null);
        var none = new MigrationOutcome(MigrationStage.None, "");
        Then(
            Task.WhenAll(known.Select(g => Migration is { } migration && g.State != RunState.Incoming
                ? migration.MigrationAsync(g.Id!.Value, _stopped.Token)
                : Task.FromResult(none))),
            stages => EndCopies(known, stages, strangers));
    }

    /// <summary>What an earlier daemon was copying away goes on here: nobody would tell it to hand over.</summary>
    private void EndCopies(ImmutableList<RunningGuest> guests, MigrationOutcome[] stages, ImmutableList<RunningGuest> strangers) => Then(
        Task.WhenAll(guests.Select((g, i) => stages[i].Stage == MigrationStage.Copying
            ? Migration!.CancelMigrationAsync(g.Id!.Value, _stopped.Token)
            : Task.FromResult(stages[i]))),
        ended => EndShells(guests, ended, strangers));

    /// <summary>A guest that arrived once still knows of that migration; only one that is stopped has handed over, and its shell is ended.</summary>
    private void EndShells(ImmutableList<RunningGuest> guests, MigrationOutcome[] stages, ImmutableList<RunningGuest> strangers)
    {
        var isShell = guests.Select((g, i) => g.State == RunState.Stopped && stages[i].Stage == MigrationStage.Completed).ToList();
        var found = guests.Select((g, i) => isShell[i]
            ? new FoundGuest(g.Id!.Value, null, g.Uuid, GuestState.Departed)
            : new FoundGuest(g.Id!.Value, g.ProcessId, g.Uuid, StandOf(g, stages[i].Stage))).ToImmutableList();
        Then(
            Task.WhenAll(guests.Where((_, i) => isShell[i]).Select(g => _node.VmHost.KillAsync(g.Id!.Value, _stopped.Token))),
            _ => Self.Tell(new Found(found, strangers)));
    }

    private static GuestState StandOf(RunningGuest guest, MigrationStage stage) => guest.State switch
    {
        RunState.Incoming => GuestState.Incoming,
        _ when stage == MigrationStage.AtSwitchOver => GuestState.AtSwitchOver,
        _ => GuestState.Running,
    };

    private void Then<T>(Task<T> work, Action<T> next) =>
        work.PipeTo(Self, Self, result => new Step(() => next(result)), cause => new SearchFailed(cause));
}
