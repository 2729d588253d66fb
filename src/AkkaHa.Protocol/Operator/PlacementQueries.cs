using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Protocol.Operator;

/// <summary>Asks the CRM for the committed record of a resource, or of all, with the groups and rules.</summary>
/// <param name="Id">The resource; null for all.</param>
public sealed record ResourceQuery(ResourceId? Id);

/// <summary>The records asked for.</summary>
/// <param name="Resources">The resources.</param>
/// <param name="Groups">All groups.</param>
/// <param name="Rules">All affinity rules.</param>
public sealed record ResourceReply(ImmutableList<ResourceRecord> Resources, ImmutableList<ResourceGroup> Groups, ImmutableList<AffinityRule> Rules);

/// <summary>Asks the CRM why a resource runs where it does.</summary>
/// <param name="Id">The resource.</param>
public sealed record ExplainRequest(ResourceId Id);

/// <summary>One node in an explanation.</summary>
/// <param name="Node">The node.</param>
/// <param name="Refusal">Why the resource cannot run there; empty where it can.</param>
/// <param name="Priority">Its priority in the resource's group, summed over what belongs together; null where it is not in the group.</param>
/// <param name="Running">How many other guests run there or are bound to it.</param>
/// <param name="FreeMemoryMib">Memory that is free there, in MiB.</param>
/// <param name="IsCurrent">Whether the resource is there now.</param>
/// <param name="IsChosen">Whether it would be chosen now.</param>
public sealed record ExplainedNode(
    NodeName Node, string Refusal, long? Priority, int Running, long FreeMemoryMib, bool IsCurrent, bool IsChosen);

/// <summary>Why a resource runs where it does.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Standing">Where it stands, as a sentence.</param>
/// <param name="Why">Why the best node is the best, or why there is none.</param>
/// <param name="Rules">What speaks for or against a node.</param>
/// <param name="Nodes">Every node, best first.</param>
public sealed record ExplainReply(ResourceId Id, string Standing, string Why, ImmutableList<string> Rules, ImmutableList<ExplainedNode> Nodes);

/// <summary>Asks the CRM what would become of the resources if nodes failed.</summary>
/// <param name="Fail">The nodes.</param>
public sealed record PlanRequest(ImmutableSortedSet<NodeName> Fail);

/// <summary>What would become of one resource.</summary>
/// <param name="Id">The resource.</param>
/// <param name="From">Where it is now; null where it is nowhere.</param>
/// <param name="To">Where it would go; null where it would not fit.</param>
/// <param name="Why">Why there, or why nowhere.</param>
public sealed record PlannedResource(ResourceId Id, NodeName? From, NodeName? To, string Why);

/// <summary>What would become of the resources if nodes failed.</summary>
/// <param name="KeepsQuorum">Whether the others would still have a majority of the votes.</param>
/// <param name="Resources">The resources that would have to move.</param>
public sealed record PlanReply(bool KeepsQuorum, ImmutableList<PlannedResource> Resources);
