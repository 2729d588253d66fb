using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Simulation.Scenarios;

/// <summary>A small cluster, what happens to it, and where everything must stand at the end.</summary>
/// <param name="Name">Its name.</param>
internal sealed record Scenario(string Name)
{
    public ImmutableList<ScenarioNode> Nodes { get; init; } = [];

    public ImmutableList<ScenarioResource> Resources { get; init; } = [];

    public ImmutableList<ScenarioGroup> Groups { get; init; } = [];

    public ImmutableList<ScenarioAffinity> Affinity { get; init; } = [];

    public string ShutdownPolicy { get; init; } = "conditional";

    /// <summary>Memory that each node offers to guests, in MiB; a resource takes 128.</summary>
    public int NodeMemoryMib { get; init; } = 64 * 1024;

    /// <summary>Lists of commands, each as people write it.</summary>
    public ImmutableList<ImmutableList<string>> Steps { get; init; } = [];

    public ImmutableSortedDictionary<ResourceId, ExpectedResource> ExpectedResources { get; init; } = ImmutableSortedDictionary<ResourceId, ExpectedResource>.Empty;

    public ImmutableSortedDictionary<NodeName, string> ExpectedNodes { get; init; } = ImmutableSortedDictionary<NodeName, string>.Empty;

    /// <summary>Null where it is not checked.</summary>
    public ImmutableSortedSet<NodeName>? ExpectedFenced { get; init; }
}

internal sealed record ScenarioNode(NodeName Name, bool HasPower, bool HasNetwork);

internal sealed record ScenarioResource(ResourceId Id, NodeName Node, RequestedState Requested)
{
    public bool? Failback { get; init; }

    public int? MaxRestart { get; init; }

    public int? MaxRelocate { get; init; }

    public string? Group { get; init; }

    public bool IsInError { get; init; }

    public int? BootOrder { get; init; }

    public ImmutableList<ResourceId> After { get; init; } = [];

    public TimeSpan? ReadinessTimeout { get; init; }

    public StopFailurePolicy OnStopFailure { get; init; }

    public int StartFailures { get; init; }

    public int MigrationFailures { get; init; }

    public bool StopFails { get; init; }

    public NodeName? OnlyOn { get; init; }
}

internal sealed record ScenarioGroup(string Name, ImmutableSortedDictionary<NodeName, int> Nodes, bool Restricted, bool Failback, ImmutableList<ResourceId> Members);

internal sealed record ScenarioAffinity(AffinityKind Kind, bool Strict, ImmutableList<ResourceId> Resources);

/// <param name="Actual">Null where it is not checked.</param>
/// <param name="Node">The node it runs on; null for none.</param>
/// <param name="ChecksNode">Whether the node is checked.</param>
internal sealed record ExpectedResource(string? Actual, NodeName? Node, bool ChecksNode);
