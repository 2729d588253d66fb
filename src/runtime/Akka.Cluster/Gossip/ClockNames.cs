using System.Collections.Concurrent;

namespace Akka.Cluster;

/// <summary>The names of nodes in vector clocks, remembered because hashing one anew for every comparison would dominate gossip.</summary>
internal static class ClockNames
{
    private const int Capacity = 4096;
    private static readonly ConcurrentDictionary<UniqueAddress, VectorClock.Node> Names = new();

    public static VectorClock.Node Of(UniqueAddress node)
    {
        if (Names.TryGetValue(node, out var name)) return name;
        if (Names.Count >= Capacity) Names.Clear();
        return Names.GetOrAdd(node, static n => VectorClock.Node.Create($"{n.Address}-{n.Uid}"));
    }
}
