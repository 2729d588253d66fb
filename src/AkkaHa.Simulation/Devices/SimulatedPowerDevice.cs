using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Devices;

/// <summary>A power device as one node's daemon uses it.</summary>
internal sealed class SimulatedPowerDevice(SimulatedWorld world, Machine user, NodeName target) : IFenceDevice
{
    public string Name => $"bmc-{target}";

    public string Kind => "simulated";

    public bool ProvesOff => true;

    public Task<PowerReading> StatusAsync(NodeName node, CancellationToken cancellationToken = default) => world.Machine(node).Bmc.Status();

    public Task<FenceOutcome> OffAsync(NodeName node, CancellationToken cancellationToken = default)
    {
        world.Oracles.FenceBegins(user, node);
        return world.Machine(node).Bmc.Switch(PowerState.Off, cancellationToken);
    }

    public Task<FenceOutcome> OnAsync(NodeName node, CancellationToken cancellationToken = default) =>
        world.Machine(node).Bmc.Switch(PowerState.On, cancellationToken);
}
