using AkkaHa.Core.Model;
using AkkaHa.Core.Rules;

namespace AkkaHa.Core.Lifecycle;

/// <summary>What a resource's definition must keep to, in itself and in the cluster it is put into.</summary>
internal static class Definitions
{
    /// <summary>Why the definition cannot be taken; null where it can.</summary>
    public static string? Refusal(ClusterState state, ResourceDefinition definition)
    {
        var id = definition.Id;
        if (definition.MemoryMib <= 0)
            return FormattableString.Invariant($"{id}: its memory is {definition.MemoryMib} MiB; expected more than 0.");
        if (definition.Cpus <= 0)
            return FormattableString.Invariant($"{id}: it has {definition.Cpus} processors; expected more than 0.");
        if (definition.MaxRestart < 0 || definition.MaxRelocate < 0)
            return $"{id}: max-restart and max-relocate count tries; expected 0 or more.";
        if (definition.StartDelay < TimeSpan.Zero || definition.ReadinessTimeout < TimeSpan.Zero || definition.Rto <= TimeSpan.Zero)
            return $"{id}: a start delay, a readiness timeout and an rto are durations; expected no negative ones, and an rto above 0.";
        if (definition.Health?.Problem is { } problem)
            return $"{id}: its health check cannot be: {problem}.";
        return RuleTransitions.GroupRefusal(state, definition) ?? AfterRefusal(state, definition);
    }

    /// <summary>Whether two definitions ask for the same, whatever UUID each was given.</summary>
    public static bool AreSame(ResourceDefinition one, ResourceDefinition other) =>
        one with { Uuid = other.Uuid, Disks = other.Disks, After = other.After } == other
        && one.Disks.SequenceEqual(other.Disks) && one.After.SetEquals(other.After);

    private static string? AfterRefusal(ClusterState state, ResourceDefinition definition)
    {
        foreach (var id in definition.After)
        {
            if (id == definition.Id)
                return $"{definition.Id}: it cannot be started after itself.";
            if (!state.Resources.TryGetValue(id, out var other) || other.Removed)
                return $"{definition.Id}: it is to be started after {id}, which is no resource.";
        }

        // Depth first along the dependencies: only a way back to this resource can be new.
        var ways = new Stack<ResourceId>(definition.After);
        var seen = new HashSet<ResourceId>();
        while (ways.TryPop(out var id))
        {
            if (id == definition.Id)
                return $"{definition.Id}: it would be started after resources that are themselves started after it.";
            if (!seen.Add(id) || !state.Resources.TryGetValue(id, out var other))
                continue;
            foreach (var next in other.Definition.After)
                ways.Push(next);
        }

        return null;
    }
}
