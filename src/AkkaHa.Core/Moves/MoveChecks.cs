using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.Placement;

namespace AkkaHa.Core.Moves;

/// <summary>Whether a move can begin now: what the committed state and placement say against it.</summary>
public static class MoveChecks
{
    // More than any node has.
    private const double NoLimit = 1e6;

    /// <summary>The reason against; null where nothing is.</summary>
    public static string? Refusal(ClusterState projected, MoveResource move, Observations seen, PlacementSettings settings)
    {
        if (MoveRefusals.Of(projected, move) is { } refusal)
            return refusal;
        if (Infeasible(projected, move, seen, settings) is not { } infeasible)
            return null;
        var isLive = MoveRefusals.KindOf(projected, move) == MoveKind.Migrate;
        var (state, limits) = Widened(projected, move, settings);
        var canForce = isLive && Infeasible(state, move, seen, limits) is null;
        if (move.IsForced && canForce)
            return null;
        return $"{move.Id}: it cannot run on {move.Target}: {infeasible}." + (move.IsForced
            ? " --force does not change that: it widens capacity and quarantine alone, and for a live migration only."
            : canForce ? " --force moves it there all the same." : "");
    }

    /// <summary>The resource as placement is to see it: that it runs where it is now, or failed somewhere before, says nothing against another node.</summary>
    internal static ResourceRecord Placeable(ResourceRecord resource) => resource with { MayRun = [], FailedNodes = [] };

    private static string? Infeasible(ClusterState state, MoveResource move, Observations seen, PlacementSettings settings)
    {
        var resource = Placeable(state.Resources[move.Id]);
        return new PlacementRound(state.With(resource), seen, settings).UnitRefusal(resource, move.Target);
    }

    // What an operator may decide against, and no rule or disk depends on.
    private static (ClusterState State, PlacementSettings Settings) Widened(ClusterState state, MoveResource move, PlacementSettings settings) =>
        (state.With(state.Nodes[move.Target] with { IsQuarantined = false }), settings with { MemoryOvercommit = NoLimit, CpuOvercommit = NoLimit });
}
