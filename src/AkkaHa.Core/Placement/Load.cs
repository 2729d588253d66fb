using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>What the nodes carry: resources bound to them and the memory these take.</summary>
public sealed class Load
{
    private readonly Dictionary<NodeName, (int Running, int MemoryMib)> _byNode = [];

    private Load()
    {
    }

    /// <summary>The load of the projected state: a resource counts where it is owned.</summary>
    public static Load Of(ClusterState state)
    {
        var load = new Load();
        foreach (var resource in state.Resources.Values)
        {
            if (resource.Owner is { } owner)
                load.Add(owner.Node, resource.Definition);
        }

        return load;
    }

    /// <summary>How many resources are bound to a node.</summary>
    public int Running(NodeName node) => _byNode.GetValueOrDefault(node).Running;

    /// <summary>Memory that the resources bound to a node take, in MiB.</summary>
    public int MemoryMib(NodeName node) => _byNode.GetValueOrDefault(node).MemoryMib;

    /// <summary>Counts one more resource on a node.</summary>
    public void Add(NodeName node, ResourceDefinition resource)
    {
        var (running, memory) = _byNode.GetValueOrDefault(node);
        _byNode[node] = (running + 1, memory + resource.MemoryMib);
    }
}
