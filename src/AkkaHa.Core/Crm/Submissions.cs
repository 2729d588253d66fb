using System.Collections.Immutable;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Placement;
using AkkaHa.Core.Rules;
using AkkaHa.Core.StateLog;
using AkkaHa.Core.Storages;

namespace AkkaHa.Core.Crm;

/// <summary>What operators may give to the log, and what is wrong with it beyond what the log itself can tell.</summary>
public static class Submissions
{
    /// <summary>Whether a command is one that operators give.</summary>
    public static bool MayBeGiven(LogCommand command) => command is
        AddResource or RemoveResource or SetRequested or SetResource or ClearError
        or PutGroup or RemoveGroup or PutAffinity or RemoveAffinity
        or MoveResource or SetMaintenance or BeginLeave or CancelLeave or SetShutdownPolicy or Thaw or ReleaseNode or SetArmed or ApproveFencing;

    /// <summary>Why a command is refused before it is proposed; null where it can be.</summary>
    public static string? Refusal(ClusterState projected, LogCommand command, Observations seen, PlacementSettings placement) => command switch
    {
        AddResource c => StorageRefusals.Of(c.Definition, seen) ?? Manager.Refusal(projected, c),
        SetResource c => StorageRefusals.Of(c.Definition, seen) ?? TimeRefusal(c.Definition.Id, c.Until, seen) ?? Manager.Refusal(projected, c),
        SetRequested c => TimeRefusal(c.Id, c.Until, seen) ?? Manager.Refusal(projected, c),
        MoveResource c => MoveChecks.Refusal(projected, c, seen, placement),
        _ => Manager.Refusal(projected, command),
    };

    /// <summary>
    /// All that a command asks for, itself last: what strict rules tie to a resource that is moved moves with it, as one change of the log.
    /// </summary>
    public static ImmutableArray<LogCommand> Whole(ClusterState projected, LogCommand command)
    {
        if (command is not MoveResource move)
            return [command];
        var others = projected.Affinity.UnitOf(move.Id)
            .Where(id => id != move.Id)
            .Select(id => move with { Id = id, Why = $"it belongs together with {move.Id}, which an operator moves" })
            .Where(other => MoveRefusals.Of(projected, other) is null);
        return [.. others, command];
    }

    private static string? TimeRefusal(ResourceId id, DateTimeOffset? until, Observations seen) =>
        until <= seen.Clock ? $"{id}: the time at which 'ignored' would end has passed already; expected a duration above 0." : null;
}
