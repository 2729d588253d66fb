using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>The order of placing: boot order, then what has the fewest nodes to go to, then the biggest, then the lowest id.</summary>
internal readonly record struct WaitingOrder(int BootOrder, int Nodes, int MemoryMib, ResourceId Id) : IComparable<WaitingOrder>
{
    /// <summary>What waits for a node. Only what is taken out is put in order: mostly a few of many.</summary>
    public static PriorityQueue<ResourceRecord, WaitingOrder> QueueOf(ClusterState state)
    {
        var waiting = new List<(ResourceRecord, WaitingOrder)>();
        foreach (var resource in state.Resources.Values)
        {
            if (resource.Actual == ActualState.Recovery && resource.IsWanted)
                waiting.Add((resource, Of(state, resource)));
        }

        return new PriorityQueue<ResourceRecord, WaitingOrder>(waiting);
    }

    /// <inheritdoc />
    public int CompareTo(WaitingOrder other)
    {
        var order = BootOrder.CompareTo(other.BootOrder);
        if (order == 0)
            order = Nodes.CompareTo(other.Nodes);
        if (order == 0)
            order = other.MemoryMib.CompareTo(MemoryMib);
        return order == 0 ? Id.CompareTo(other.Id) : order;
    }

    private static WaitingOrder Of(ClusterState state, ResourceRecord resource) => new(
        resource.Definition.BootOrder ?? int.MaxValue,
        state.GroupOf(resource.Definition) is { Restricted: true } group ? group.Nodes.Count : int.MaxValue,
        resource.Definition.MemoryMib,
        resource.Id);
}
