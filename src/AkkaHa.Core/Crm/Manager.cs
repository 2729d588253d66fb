using System.Collections.Immutable;
using AkkaHa.Core.Audit;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Placement;
using AkkaHa.Core.Rules;
using AkkaHa.Core.StateLog;
using AkkaHa.Core.Storages;

namespace AkkaHa.Core.Crm;

/// <summary>
/// Decides what the acting CRM proposes next. A function of the projected state (the log with all that is proposed) and of what is seen;
/// nothing it decides takes effect before its commit.
/// </summary>
public static class Manager
{
    /// <summary>
    /// The next proposals, none if all stands as it should. Nodes come before resources, and a round changes one layer only, so that every
    /// proposal is made on the state that the ones before it leave. What the state machine would refuse is never proposed: it would leave the
    /// state as it is, and be proposed again without end.
    /// </summary>
    /// <remarks>
    /// A CRM whose node does not hear a majority of the votes decides nothing (S2), even where it can still commit: to a CRM in a cluster of
    /// its own all others look lost.
    /// </remarks>
    public static ImmutableList<LogCommand> Decide(ClusterState projected, Observations seen, ManagerSettings settings)
    {
        if (projected.Configuration is not { } configuration || !configuration.IsMajority(seen.Members.Except(seen.Unreachable)))
            return [];
        // Disarmed, it only takes note of what comes and goes by itself.
        if (!projected.IsArmed)
            return [.. Admissions.Decide(projected, seen).Where(command => IsApplicable(projected, command))];
        var nodes = Proofs(projected, seen)
            .Concat(Admissions.Decide(projected, seen))
            .Concat(Disarming.Decide(projected, seen))
            .Concat(LostNodes.Decide(projected, seen, settings))
            .Concat(StopFailures.Decide(projected, seen, settings))
            .Where(command => IsApplicable(projected, command))
            .ToImmutableList();
        if (!nodes.IsEmpty)
            return nodes;
        var findings = Copies.Decide(projected, seen).Where(command => IsApplicable(projected, command)).ToImmutableList();
        if (!findings.IsEmpty)
            return findings;
        var sights = new NodeSights(projected, seen);
        var steps = ImmutableList.CreateBuilder<LogCommand>();
        foreach (var resource in projected.Resources.Values)
        {
            if (NextStep.Decide(projected, resource, seen, sights) is { } step
                && (step is ReleaseUnheard release ? ResourceTransitions.Refusal(projected, release, sights) is null : IsApplicable(projected, step)))
                steps.Add(step);
        }

        if (steps.Count > 0)
            return steps.ToImmutable();
        // What runs nowhere comes before what only runs in the wrong place; each layer sees the load that the one before it makes.
        var starts = Plan.Starts(projected, seen, settings.Placement).Where(command => IsApplicable(projected, command)).ToImmutableList();
        if (!starts.IsEmpty)
            return starts;
        var stranded = StorageFailures.Decide(projected, seen, settings.Placement).Where(command => IsApplicable(projected, command)).ToImmutableList<LogCommand>();
        if (!stranded.IsEmpty)
            return stranded;
        var evacuation = Evacuation.Decide(projected, seen, settings.Placement).Where(command => IsApplicable(projected, command)).ToImmutableList();
        if (!evacuation.IsEmpty)
            return evacuation;
        var repair = RuleRepair.Decide(projected, seen, settings.Placement).Where(command => IsApplicable(projected, command)).ToImmutableList<LogCommand>();
        return !repair.IsEmpty
            ? repair
            : [.. Failback.Decide(projected, seen, settings.Placement).Where(command => IsApplicable(projected, command))];
    }

    /// <summary>Whether the state machine would apply the command to this state: what is refused is not worth a proposal.</summary>
    public static bool IsApplicable(ClusterState projected, LogCommand command) => Refusal(projected, command) is null;

    /// <summary>Why the state machine would refuse the command; null where it would apply it.</summary>
    public static string? Refusal(ClusterState projected, LogCommand command) => command switch
    {
        // These come by the thousand.
        PlaceStart c => ResourceTransitions.Refusal(projected, c),
        ConfirmStart c => ResourceTransitions.Refusal(projected, c),
        OrderStop c => ResourceTransitions.Refusal(projected, c),
        ReleaseGuest c => ResourceTransitions.Refusal(projected, c),
        ReleaseUnheard c => ResourceTransitions.Refusal(projected, c),
        AdoptGuest c => ResourceTransitions.Refusal(projected, c),
        _ => ClusterStateMachine.Apply(projected, new LogEntry(projected.AppliedIndex + 1, Epoch.None, command)).Refusal,
    };

    private static IEnumerable<LogCommand> Proofs(ClusterState state, Observations seen) =>
        from proof in seen.Proofs
        where state.Nodes.TryGetValue(proof.Boot.Node, out var node) && node.Condition == NodeCondition.Lost && node.DenialIndex == proof.DenialIndex
        select new ProveBoot(proof);
}
