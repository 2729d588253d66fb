namespace AkkaHa.Core.Placement;

/// <summary>The settings that placement depends on.</summary>
/// <param name="MemoryOvercommit">How much of a node's memory guests may be promised together: 1 is all of it, once.</param>
/// <param name="CpuOvercommit">How many virtual processors a node's processor may carry.</param>
/// <param name="StartsPerNode">How many starts may be under way on one node.</param>
public sealed record PlacementSettings(double MemoryOvercommit, double CpuOvercommit, int StartsPerNode)
{
    /// <summary>The defaults.</summary>
    public static PlacementSettings Default { get; } = new(MemoryOvercommit: 1, CpuOvercommit: 8, StartsPerNode: 8);
}
