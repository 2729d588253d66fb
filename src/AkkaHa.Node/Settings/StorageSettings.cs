using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Storage;

namespace AkkaHa.Node.Settings;

/// <summary>A configured storage.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Nodes">The nodes that have it; empty for all.</param>
public sealed record StorageSettings(StorageDefinition Definition, ImmutableSortedSet<NodeName> Nodes)
{
    /// <summary>Whether a node has it.</summary>
    public bool IsOn(NodeName node) => Nodes.IsEmpty || Nodes.Contains(node);
}
