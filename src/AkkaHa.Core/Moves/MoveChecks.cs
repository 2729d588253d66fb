using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.Placement;

namespace AkkaHa.Core.Moves;

/// <summary>Whether a move can begin now: what the committed state and placement say against it.</summary>
public static class MoveChecks
{
    /// <summary>The reason against; null where nothing is.</summary>
    public static string? Refusal(ClusterState projected, MoveResource move, Observations seen, PlacementSettings settings)
    {
        if (MoveRefusals.Of(projected, move) is { } refusal)
            return refusal;
        var resource = Placeable(projected.Resources[move.Id]);
        var infeasible = new PlacementRound(projected.With(resource), seen, settings).UnitRefusal(resource, move.Target);
        return infeasible is null ? null : $"{move.Id}: it cannot run on {move.Target}: {infeasible}.";
    }

    /// <summary>The resource as placement is to see it: that it runs where it is now, or failed somewhere before, says nothing against another node.</summary>
    internal static ResourceRecord Placeable(ResourceRecord resource) => resource with { MayRun = [], FailedNodes = [] };
}
