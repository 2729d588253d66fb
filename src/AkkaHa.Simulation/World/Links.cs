using Akka.Remote.Embedded;
using AkkaHa.Core.Model;

namespace AkkaHa.Simulation.World;

/// <summary>
/// The links between machines. A link is cut as long as at least one fault cuts it, so that faults can overlap and end in any order.
/// </summary>
internal sealed class Links(SimulatedWorld world)
{
    private readonly Dictionary<(NodeName From, NodeName To), int> _cuts = [];

    public bool IsCut(NodeName from, NodeName to) => _cuts.GetValueOrDefault((from, to)) > 0;

    /// <summary>Nothing arrives in this direction.</summary>
    public void Cut(NodeName from, NodeName to)
    {
        var count = _cuts[(from, to)] = _cuts.GetValueOrDefault((from, to)) + 1;
        if (count == 1)
            world.Network.Cut(from.Value, to.Value);
        world.Oracles.TopologyChanged();
    }

    /// <summary>One of the faults that cut this direction has ended.</summary>
    public void Mend(NodeName from, NodeName to)
    {
        if (_cuts.GetValueOrDefault((from, to)) is not (> 0 and var count))
            return;
        _cuts[(from, to)] = count - 1;
        if (count == 1)
            world.Network.Heal(from.Value, to.Value);
        world.Oracles.TopologyChanged();
    }

    public void Degrade(NodeName from, NodeName to, LinkQuality quality) => world.Network.SetQuality(from.Value, to.Value, quality);

    public void MendAll()
    {
        _cuts.Clear();
        world.Network.HealAll();
        foreach (var from in world.Machines.Keys)
        {
            foreach (var to in world.Machines.Keys)
                world.Network.SetQuality(from.Value, to.Value, LinkQuality.Lan);
        }

        world.Oracles.TopologyChanged();
    }
}
