using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <content>What keeps a resource from a node, in words.</content>
public sealed partial class PlacementRound
{
    /// <summary>The same as a sentence; null where the node can run it.</summary>
    public string? Refusal(ResourceRecord resource, NodeName node)
    {
        if (!_byName.TryGetValue(node, out var slot))
            return "it is no node of this cluster, or was never admitted";
        var view = ViewOf(resource);
        var obstacle = Check(resource, slot, view, _state.GroupOf(resource.Definition));
        return obstacle == Obstacle.None ? null : Describe(obstacle, resource, slot, view);
    }

    /// <summary>
    /// Why a node cannot take a resource with all that strict rules tie to it; null where it can. For a move of them all, which need not be
    /// where they are.
    /// </summary>
    public string? UnitRefusal(ResourceRecord resource, NodeName node)
    {
        if (!_byName.TryGetValue(node, out var slot))
            return Refusal(resource, node);
        var view = ViewOf(resource);
        var obstacle = Check(resource, slot, view, _state.GroupOf(resource.Definition));
        if (obstacle == Obstacle.Together && TakesUnit(resource, slot, view))
            return null;
        return obstacle == Obstacle.None ? null
            : obstacle == Obstacle.Together ? $"it does not take all of {resource.Id}, {string.Join(", ", view.Unit.Select(m => m.Id))}, which belong together"
            : Describe(obstacle, resource, slot, view);
    }

    private string Describe(Obstacle obstacle, ResourceRecord resource, NodeSlot slot, RuleView view) => obstacle switch
    {
        Obstacle.Lost => "it is lost and not yet proven dead",
        Obstacle.Offline => "it is offline",
        Obstacle.NotMember => "it is no member of the cluster",
        Obstacle.Unreachable => "it is unreachable",
        Obstacle.Silent => "its LRM has not reported in this session",
        Obstacle.Maintenance => "it is in maintenance",
        Obstacle.Leaving => "it is about to go away",
        Obstacle.Condemned => $"it is about to be fenced, since {slot.Node.Condemned!.Id} cannot be stopped there",
        Obstacle.Quarantined => $"it failed {slot.Node.Losses.Count} times within an hour; 'akkaha node release {slot.Name}' ends its quarantine",
        Obstacle.Copy => $"a copy may be alive on {string.Join(", ", resource.MayRun.Where(b => b != slot.Node.Admitted))}",
        Obstacle.Restricted => $"{resource.Id} is restricted to the nodes of group {resource.Definition.Group}",
        Obstacle.StorageMissing => $"it does not have the storage {Storage(resource, slot)}",
        Obstacle.StorageDown => $"it does not reach the storage {Storage(resource, slot)}",
        Obstacle.Apart => $"{view.Apart[slot.Index]} is there, which {resource.Id} is kept apart from",
        Obstacle.Together => $"{resource.Id} belongs together with {string.Join(", ", view.Unit.Where(m => !Occupies(m, slot)).Take(3).Select(m => m.Id))}, on {string.Join(", ", view.UnitOn.Keys.Order().Select(i => _slots[i].Name))}",
        Obstacle.Memory => FormattableString.Invariant($"it has {Math.Max(slot.FreeMemoryMib, 0)} MiB of memory free and {resource.Definition.MemoryMib} MiB are needed"),
        Obstacle.Cpus => FormattableString.Invariant($"it has room for {Math.Max(slot.FreeCpus, 0)} virtual processors and {resource.Definition.Cpus} are needed"),
        Obstacle.None => "",
        _ => throw new InvariantViolation($"{resource.Id} meets the unknown obstacle {obstacle} on {slot.Name}"),
    };

    private static string Storage(ResourceRecord resource, NodeSlot slot) => resource.Definition.Storages.First(
        s => !slot.Report!.Storages.TryGetValue(s, out var sight) || !sight.IsUp);
}
