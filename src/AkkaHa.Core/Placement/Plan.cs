using AkkaHa.Core.Audit;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Placement;

/// <summary>Places what waits for a node: feasible → ranked → chosen, each under the load that the ones before it make.</summary>
public static class Plan
{
    /// <summary>The decisions for everything that waits, with the reason kept for every node: for people.</summary>
    public static IEnumerable<PlacementDecision> All(ClusterState state, Observations seen, PlacementSettings settings)
    {
        var waiting = WaitingOrder.QueueOf(state);
        if (waiting.Count == 0)
            yield break;
        var round = new PlacementRound(state, seen, settings);
        var gate = new StartGate(state, seen);
        while (waiting.TryDequeue(out var resource, out _))
        {
            var decision = round.Choose(resource);
            if (decision.Chosen is { } chosen)
            {
                decision = decision with { WaitsFor = gate.WaitsFor(resource) };
                gate.Hold(resource);
                round.Reserve(resource, chosen.Node);
            }

            yield return decision;
        }
    }

    /// <summary>The starts that are due. What runs already where somebody started it by hand is adopted there: a second start would only meet its locks.</summary>
    public static IEnumerable<LogCommand> Starts(ClusterState state, Observations seen, PlacementSettings settings)
    {
        var waiting = WaitingOrder.QueueOf(state);
        if (waiting.Count == 0)
            yield break;
        var round = new PlacementRound(state, seen, settings);
        var gate = new StartGate(state, seen);
        // Thousands may wait while a few are started: once no node takes another start, where they would go does not matter yet.
        while (round.TakesStarts && waiting.TryDequeue(out var resource, out _))
        {
            if (Copies.ByHand(state, resource, seen) is { Count: > 0 } running)
            {
                if (running.Count == 1)
                    yield return running[0];
                continue;
            }

            if (round.Best(resource, out var rank) is not { } slot)
                continue;
            // What waits keeps its place: a later resource must not take it meanwhile.
            var isHeld = gate.WaitsFor(resource) is not null || slot.Starting >= settings.StartsPerNode;
            gate.Hold(resource);
            round.Reserve(resource, slot.Name, starts: !isHeld);
            if (!isHeld)
                yield return new PlaceStart(resource.Id, slot.Node.Session!.Value, PlacementDecision.Reason(slot.Name, rank, resource.Definition.Group));
        }
    }
}
