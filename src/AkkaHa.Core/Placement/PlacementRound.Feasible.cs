using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <content>Whether a node can run a resource, alone and with all that belongs with it.</content>
public sealed partial class PlacementRound
{
    private Obstacle Check(ResourceRecord resource, NodeSlot slot, RuleView view, ResourceGroup? group)
    {
        if (slot.Obstacle != Obstacle.None)
            return slot.Obstacle;
        if (!resource.MayRun.IsEmpty && resource.Owner is null && !resource.MayStartOn(slot.Node.Admitted!.Value))
            return Obstacle.Copy;
        var own = CheckOwn(resource, slot, group);
        if (own != Obstacle.None)
            return own;
        if (view.Apart.Count > 0 && view.Apart.ContainsKey(slot.Index))
            return Obstacle.Apart;
        if (!Occupies(resource, slot))
        {
            if (resource.Definition.MemoryMib > slot.FreeMemoryMib)
                return Obstacle.Memory;
            if (resource.Definition.Cpus > slot.FreeCpus)
                return Obstacle.Cpus;
        }

        return view.UnitOn.Count > 0 && !view.UnitOn.ContainsKey(slot.Index) && !MayMoveUnit(resource, slot, view, group) ? Obstacle.Together : Obstacle.None;
    }

    /// <summary>What a resource needs of a node beside room on it and the neighbours there.</summary>
    private static Obstacle CheckOwn(ResourceRecord resource, NodeSlot slot, ResourceGroup? group)
    {
        if (group is { Restricted: true } && !group.Nodes.ContainsKey(slot.Name) && !KnownBad.Is(KnownBadVariant.PlacementWithoutRestricted))
            return Obstacle.Restricted;
        if (slot.Report is not { Storages.IsEmpty: false } report)
            return Obstacle.None;
        foreach (var disk in resource.Definition.Disks)
        {
            if (!report.Storages.TryGetValue(disk.Storage, out var sight))
                return Obstacle.StorageMissing;
            if (!sight.IsUp)
                return Obstacle.StorageDown;
        }

        return Obstacle.None;
    }

    /// <summary>
    /// A resource leaves those that it belongs with only where it cannot run with them, and only for a node that takes them all: they follow it.
    /// </summary>
    private bool MayMoveUnit(ResourceRecord resource, NodeSlot slot, RuleView view, ResourceGroup? group)
    {
        if (!TakesUnit(resource, slot, view))
            return false;
        var alone = new RuleView();
        foreach (var (node, other) in view.Apart)
            alone.Apart[node] = other;
        foreach (var there in view.UnitOn.Keys)
        {
            if (Check(resource, _slots[there], alone, group) == Obstacle.None && !HasFailedOn(resource, _slots[there]))
                return false;
        }

        return true;
    }

    /// <summary>Whether the node takes the resource with all that belongs with it and is not there yet.</summary>
    private bool TakesUnit(ResourceRecord resource, NodeSlot slot, RuleView view)
    {
        long memory = Occupies(resource, slot) ? 0 : resource.Definition.MemoryMib;
        long cpus = Occupies(resource, slot) ? 0 : resource.Definition.Cpus;
        foreach (var member in view.Unit)
        {
            if (Occupies(member, slot))
                continue;
            if (CheckOwn(member, slot, _state.GroupOf(member.Definition)) != Obstacle.None || IsKeptApart(member, slot))
                return false;
            memory += member.Definition.MemoryMib;
            cpus += member.Definition.Cpus;
        }

        return memory <= slot.FreeMemoryMib && cpus <= slot.FreeCpus;
    }

    private bool IsKeptApart(ResourceRecord resource, NodeSlot slot)
    {
        foreach (var rule in _state.Affinity.Of(resource.Id))
        {
            if (rule is not { Kind: AffinityKind.Apart, Strict: true })
                continue;
            foreach (var id in rule.Resources)
            {
                if (id != resource.Id && _state.Resources.TryGetValue(id, out var other) && Occupies(other, slot))
                    return true;
            }
        }

        return false;
    }

    private bool Occupies(ResourceRecord resource, NodeSlot slot) =>
        (_placed.Count > 0 && _placed.TryGetValue(resource.Id, out var placed) && placed == slot)
        || ((resource.Owner is not null || !resource.MayRun.IsEmpty) && resource.Occupies(slot.Name));
}
