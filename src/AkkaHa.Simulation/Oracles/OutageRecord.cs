using AkkaHa.Core.Model;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Oracles;

/// <summary>How long guests that lost their machine did not run.</summary>
internal sealed class OutageRecord(SimulatedWorld world)
{
    private readonly Dictionary<ResourceId, TimeSpan> _since = [];

    /// <summary>The outages that ended, in seconds.</summary>
    public List<double> Seconds { get; } = [];

    public void Ends(ResourceId id, bool isMachineOn)
    {
        if (!isMachineOn)
            _since[id] = world.Elapsed;
    }

    public void Runs(ResourceId id)
    {
        if (_since.Remove(id, out var since))
            Seconds.Add((world.Elapsed - since).TotalSeconds);
    }
}
