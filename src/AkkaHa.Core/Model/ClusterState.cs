using System.Collections.Immutable;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.Rules;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Model;

/// <summary>What went against a safety rule or an expectation and was recorded for people.</summary>
/// <param name="Index">The log index of its record.</param>
/// <param name="Subject">The node or resource it is about.</param>
/// <param name="Text">What happened, as a sentence.</param>
public sealed record Incident(long Index, string Subject, string Text);

/// <summary>
/// The state that the log's committed entries make: what every CRM knows. Changed by <see cref="ClusterStateMachine"/> alone.
/// </summary>
public sealed record ClusterState : IStateSnapshot
{
    /// <summary>How many incidents are kept.</summary>
    public const int MaxIncidents = 100;

    /// <summary>Before genesis.</summary>
    public static ClusterState Empty { get; } = new();

    /// <summary>Which cluster this is; empty before genesis.</summary>
    public Guid ClusterId { get; init; }

    /// <summary>The newest configuration of votes; null before genesis.</summary>
    public Configuration? Configuration { get; init; }

    /// <summary>The log index of the newest entry in this state; -1 before genesis.</summary>
    public long AppliedIndex { get; init; } = -1;

    /// <summary>The nodes that were ever admitted.</summary>
    public ImmutableSortedDictionary<NodeName, NodeRecord> Nodes { get; init; } = ImmutableSortedDictionary<NodeName, NodeRecord>.Empty;

    /// <summary>The resources, tombstones included.</summary>
    public ImmutableSortedDictionary<ResourceId, ResourceRecord> Resources { get; init; } =
        ImmutableSortedDictionary<ResourceId, ResourceRecord>.Empty;

    /// <summary>The groups of nodes that resources prefer or are restricted to.</summary>
    public ImmutableSortedDictionary<GroupName, ResourceGroup> Groups { get; init; } = ImmutableSortedDictionary<GroupName, ResourceGroup>.Empty;

    /// <summary>The affinity rules.</summary>
    public RuleBook Affinity { get; init; } = RuleBook.Empty;

    /// <summary>What becomes of the guests of a node that goes away on purpose.</summary>
    public ShutdownPolicy ShutdownPolicy { get; init; }

    /// <summary>The log index from which on the cluster is disarmed; null while it is armed.</summary>
    public long? DisarmedSince { get; init; }

    /// <summary>Whether HA acts.</summary>
    public bool IsArmed => DisarmedSince is null;

    /// <summary>The newest incidents, oldest first.</summary>
    public ImmutableList<Incident> Incidents { get; init; } = [];

    /// <inheritdoc />
    public string Describe() => FormattableString.Invariant($"state at {AppliedIndex}: {Nodes.Count} nodes, {Resources.Count} resources");

    /// <summary>The record of a node that must be there.</summary>
    public NodeRecord Node(NodeName name) => Nodes[name];

    /// <summary>Whether the cluster knows a node of that name: it was admitted once, or votes.</summary>
    public bool KnowsNode(NodeName name) => Nodes.ContainsKey(name) || Configuration?.Voters.ContainsKey(name) == true;

    /// <summary>The group of a resource; null where it has none.</summary>
    public ResourceGroup? GroupOf(ResourceDefinition resource) =>
        resource.Group is { } name ? Groups.GetValueOrDefault(name) : null;

    /// <summary>Whether a resource goes back by itself to a node that is better for it.</summary>
    public bool FailsBack(ResourceRecord resource) => resource.Definition.Failback ?? GroupOf(resource.Definition)?.Failback ?? false;

    /// <summary>The state with one resource changed.</summary>
    public ClusterState With(ResourceRecord resource) => this with { Resources = Resources.SetItem(resource.Id, resource) };

    /// <summary>The state with one node changed.</summary>
    public ClusterState With(NodeRecord node) => this with { Nodes = Nodes.SetItem(node.Name, node) };

    /// <summary>The state with an incident recorded.</summary>
    public ClusterState WithIncident(long index, string subject, string text)
    {
        var incidents = Incidents.Add(new Incident(index, subject, text));
        return this with { Incidents = incidents.Count > MaxIncidents ? incidents.RemoveAt(0) : incidents };
    }
}
