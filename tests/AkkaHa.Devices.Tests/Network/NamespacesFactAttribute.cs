using AkkaHa.Devices.Machines;

namespace AkkaHa.Devices.Tests.Network;

/// <summary>A fact about machines in network namespaces, which not every host can have.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NamespacesFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Obstacle = new(() => LabNetwork.ObstacleAsync(Real.Tools).GetAwaiter().GetResult());

    public NamespacesFactAttribute() => Skip = Obstacle.Value!;
}
