using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>
/// One look at the cluster for placing: feasible → ranked → chosen, under a load that grows with every placement made in it. Building it costs
/// one pass over the resources; each further question costs one over the nodes.
/// </summary>
public sealed class PlacementRound
{
    private readonly ClusterState _state;
    private readonly Observations _seen;
    private readonly NodeSlot[] _slots;
    private readonly Dictionary<NodeName, NodeSlot> _byName;
    private readonly Dictionary<ResourceId, NodeSlot> _placed = [];
    private readonly int _startsPerNode;

    /// <summary>Takes up the load of the projected state: a resource counts where it is owned, and where an order lets it be alive.</summary>
    public PlacementRound(ClusterState state, Observations seen, PlacementSettings settings)
    {
        _state = state;
        _seen = seen;
        _startsPerNode = settings.StartsPerNode;
        _slots = [.. state.Nodes.Values.Select((node, index) => NodeSlot.Of(index, node, seen, settings))];
        _byName = _slots.ToDictionary(s => s.Name);
        foreach (var resource in state.Resources.Values)
        {
            if (resource.Owner is { } owner && _byName.TryGetValue(owner.Node, out var slot))
            {
                slot.Add(resource.Definition);
                if (resource.Actual == ActualState.Starting)
                    slot.AddStart();
            }

            if (resource.MayRun.IsEmpty || (resource.MayRun.Count == 1 && resource.MayRun[0] == resource.Owner?.Boot))
                continue;
            foreach (var boot in resource.MayRun)
            {
                if (boot != resource.Owner?.Boot && !resource.Unheard.Contains(boot) && _byName.TryGetValue(boot.Node, out var other))
                    other.Add(resource.Definition);
            }
        }
    }

    /// <summary>Whether any node may have one more start under way.</summary>
    public bool TakesStarts
    {
        get
        {
            foreach (var slot in _slots)
            {
                if (slot.Obstacle == Obstacle.None && slot.Starting < _startsPerNode)
                    return true;
            }

            return false;
        }
    }

    /// <summary>What keeps a resource from running on a node.</summary>
    public Obstacle ObstacleOf(ResourceRecord resource, NodeName node) =>
        _byName.TryGetValue(node, out var slot) ? Check(resource, slot, ViewOf(resource), _state.GroupOf(resource.Definition)) : Obstacle.Offline;

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

    /// <summary>The node that is best for a resource and all that strict rules tie to it, wherever they are now; null where none takes them all.</summary>
    public NodeName? BestForUnit(ResourceRecord resource)
    {
        var view = ViewOf(resource);
        var group = _state.GroupOf(resource.Definition);
        NodeSlot? best = null;
        Rank rank = default;
        foreach (var slot in _slots)
        {
            if (Check(resource, slot, view, group) is not (Obstacle.None or Obstacle.Together) || !TakesUnit(resource, slot, view))
                continue;
            var own = RankOf(resource, slot, view, group);
            if (best is not null && own.CompareTo(rank) >= 0)
                continue;
            best = slot;
            rank = own;
        }

        return best?.Name;
    }

    /// <summary>The decision with the reason for every node: for people. It reserves nothing.</summary>
    public PlacementDecision Choose(ResourceRecord resource)
    {
        var view = ViewOf(resource);
        var group = _state.GroupOf(resource.Definition);
        var candidates = new List<Candidate>();
        foreach (var slot in _slots)
        {
            var obstacle = Check(resource, slot, view, group);
            candidates.Add(new Candidate(
                slot.Name, slot.Node.Session, obstacle == Obstacle.None ? null : Describe(obstacle, resource, slot, view),
                slot.Running - (resource.Occupies(slot.Name) ? 1 : 0))
            {
                Obstacle = obstacle,
                Rank = RankOf(resource, slot, view, group),
                FreeMemoryMib = slot.FreeMemoryMib,
            });
        }

        candidates.Sort();
        var wanted = Preferred(resource) is { } preferred ? candidates.FirstOrDefault(c => c.IsFeasible && c.Node == preferred) : null;
        return new PlacementDecision(resource.Id, wanted ?? candidates.FirstOrDefault(c => c.IsFeasible), [.. candidates])
        {
            Group = group?.Name,
        };
    }

    /// <summary>The best feasible node; null where there is none. The same as <see cref="Choose"/> chooses, at less cost.</summary>
    internal NodeSlot? Best(ResourceRecord resource, out Rank rank)
    {
        var view = ViewOf(resource);
        var group = _state.GroupOf(resource.Definition);
        NodeSlot? best = null;
        rank = default;
        if (Preferred(resource) is { } preferred && _byName.TryGetValue(preferred, out var wanted)
            && wanted.Obstacle == Obstacle.None && Check(resource, wanted, view, group) == Obstacle.None)
        {
            rank = RankOf(resource, wanted, view, group);
            return wanted;
        }

        foreach (var slot in _slots)
        {
            if (slot.Obstacle != Obstacle.None || Check(resource, slot, view, group) != Obstacle.None)
                continue;
            var own = RankOf(resource, slot, view, group);
            // The slots stand in the order of their names: of two equal ones the first stays.
            if (best is not null && own.CompareTo(rank) >= 0)
                continue;
            best = slot;
            rank = own;
        }

        return best;
    }

    /// <summary>The node that it is moved to, as long as it has not failed there.</summary>
    private static NodeName? Preferred(ResourceRecord resource) =>
        resource.PreferredNode is { } node && !resource.FailedNodes.Contains(node) ? node : null;

    /// <summary>Counts a resource on a node for what is placed after it.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="node">Where it goes.</param>
    /// <param name="starts">Whether its start is ordered now; false for one that only keeps its place.</param>
    public void Reserve(ResourceRecord resource, NodeName node, bool starts = true)
    {
        var slot = _byName[node];
        if (!Occupies(resource, slot))
            slot.Add(resource.Definition);
        if (starts)
            slot.AddStart();
        _placed[resource.Id] = slot;
    }

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
            if (!report.Storages.TryGetValue(disk.Storage, out var isUp))
                return Obstacle.StorageMissing;
            if (!isUp)
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

    private Rank RankOf(ResourceRecord resource, NodeSlot slot, RuleView view, ResourceGroup? group)
    {
        var priority = Rank.PriorityOf(group, slot.Name);
        var failed = HasFailedOn(resource, slot) ? 1 : 0;
        var partial = 0;
        var absent = 0;
        if (!view.Unit.IsEmpty)
        {
            foreach (var member in view.Unit)
            {
                priority += Rank.PriorityOf(_state.GroupOf(member.Definition), slot.Name);
                if (HasFailedOn(member, slot))
                    failed = 1;
            }

            absent = view.Unit.Length - view.UnitOn.GetValueOrDefault(slot.Index) + (Occupies(resource, slot) ? 0 : 1);
            partial = TakesUnit(resource, slot, view) ? 0 : 1;
        }

        return new Rank(
            partial, failed, priority, absent, view.SoftOn(slot.Index), resource.LastNode == slot.Name ? 0 : 1,
            slot.Running - (Occupies(resource, slot) ? 1 : 0));
    }

    private bool HasFailedOn(ResourceRecord resource, NodeSlot slot) =>
        !resource.FailedNodes.IsEmpty && resource.FailedNodes.Contains(slot.Name) && !StartFailures.IsForgotten(resource.FailedAt, _seen.Clock);

    private RuleView ViewOf(ResourceRecord resource)
    {
        var rules = _state.Affinity.Of(resource.Id);
        if (rules.IsEmpty)
            return RuleView.None;
        var view = new RuleView();
        foreach (var rule in rules)
        {
            if (rule.Strict && rule.Kind == AffinityKind.Together)
                continue;
            var counted = new HashSet<int>();
            foreach (var id in rule.Resources)
            {
                if (id == resource.Id || !_state.Resources.TryGetValue(id, out var other))
                    continue;
                foreach (var slot in SlotsOf(other))
                {
                    if (rule.Strict)
                        view.Apart.TryAdd(slot, id);
                    else
                        counted.Add(slot);
                }
            }

            if (rule.Strict || counted.Count == 0)
                continue;
            if (rule.Kind == AffinityKind.Together)
                view.SoftElsewhere++;
            foreach (var slot in counted)
                view.Soft[slot] = view.Soft.GetValueOrDefault(slot) + (rule.Kind == AffinityKind.Together ? -1 : 1);
        }

        var unit = _state.Affinity.UnitOf(resource.Id);
        if (unit.IsEmpty)
            return view;
        var members = ImmutableArray.CreateBuilder<ResourceRecord>();
        foreach (var id in unit)
        {
            if (id == resource.Id || !_state.Resources.TryGetValue(id, out var member))
                continue;
            var isThere = false;
            foreach (var slot in UnitSlotsOf(member))
            {
                view.UnitOn[slot] = view.UnitOn.GetValueOrDefault(slot) + 1;
                isThere = true;
            }

            if (isThere || (member.IsWanted && member.Actual != ActualState.Error))
                members.Add(member);
        }

        view.Unit = members.ToImmutable();
        return view;
    }

    /// <summary>Where a member of a unit is for the others: what moves belongs where it goes already.</summary>
    private IEnumerable<int> UnitSlotsOf(ResourceRecord member) =>
        member.PreferredNode is { } target && member.Actual is not (ActualState.Started or ActualState.Error) && _byName.TryGetValue(target, out var slot)
            ? [slot.Index]
            : SlotsOf(member);

    private IEnumerable<int> SlotsOf(ResourceRecord resource)
    {
        if (_placed.TryGetValue(resource.Id, out var placed))
        {
            yield return placed.Index;
            yield break;
        }

        if (resource.Owner is { } owner && _byName.TryGetValue(owner.Node, out var slot))
            yield return slot.Index;
        foreach (var boot in resource.MayRun)
        {
            if (boot != resource.Owner?.Boot && !resource.Unheard.Contains(boot) && _byName.TryGetValue(boot.Node, out var other))
                yield return other.Index;
        }
    }

    private bool Occupies(ResourceRecord resource, NodeSlot slot) =>
        (_placed.Count > 0 && _placed.TryGetValue(resource.Id, out var placed) && placed == slot)
        || ((resource.Owner is not null || !resource.MayRun.IsEmpty) && resource.Occupies(slot.Name));

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
        s => !slot.Report!.Storages.TryGetValue(s, out var isUp) || !isUp);
}
