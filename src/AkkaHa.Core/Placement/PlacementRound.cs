using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>
/// One look at the cluster for placing: feasible → ranked → chosen, under a load that grows with every placement made in it. Building it costs
/// one pass over the resources; each further question costs one over the nodes.
/// </summary>
/// <remarks>What keeps a resource from a node, and the words for it, how good a node is, and what the rules say stand in files of their own.</remarks>
public sealed partial class PlacementRound
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
}
