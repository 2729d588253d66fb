using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Protocol.Operator;

/// <summary>Asks a node how the cluster stands.</summary>
public sealed record StatusRequest
{
    /// <summary>The one request.</summary>
    public static StatusRequest Instance { get; } = new();
}

/// <summary>A node in the status.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Condition"><c>online</c>, <c>lost</c>, <c>offline</c>, <c>unknown</c> before its first admission, or <c>arbiter</c>.</param>
/// <param name="Boot">The admitted boot, shortened; empty if there is none.</param>
/// <param name="Reason">Why it is not online; empty if it is.</param>
/// <param name="IsMember">Whether it is a member of the cluster now.</param>
/// <param name="IsReachable">Whether the failure detector hears it.</param>
/// <param name="Fence">How its fencing stands; empty if there is none.</param>
/// <param name="IsCrm">Whether the acting CRM is there.</param>
public sealed record NodeStatus(
    NodeName Name, string Condition, string Boot, string Reason, bool IsMember, bool IsReachable, string Fence, bool IsCrm);

/// <summary>A resource in the status.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Requested">What is wanted of it.</param>
/// <param name="Actual">Where it stands.</param>
/// <param name="Node">The node that holds it; null where none does.</param>
/// <param name="Reason">Why it does not run, or why it failed last; empty where all is well.</param>
public sealed record ResourceStatus(ResourceId Id, string Name, string Requested, string Actual, NodeName? Node, string Reason);

/// <summary>How the cluster stands, as one node knows it.</summary>
public sealed record ClusterStatus
{
    /// <summary>The node that answers.</summary>
    public required NodeName AnsweredBy { get; init; }

    /// <summary>Whether it comes from this node's memory, not from an acting CRM.</summary>
    public bool IsStale { get; init; }

    /// <summary>Whether a majority of the votes is here.</summary>
    public bool IsQuorate { get; init; }

    /// <summary>Votes that are here.</summary>
    public int Votes { get; init; }

    /// <summary>Votes that are expected.</summary>
    public int ExpectedVotes { get; init; }

    /// <summary>The node of the acting CRM; null where none is known.</summary>
    public NodeName? CrmNode { get; init; }

    /// <summary>The epoch of the acting CRM.</summary>
    public Epoch Epoch { get; init; }

    /// <summary>The newest committed log index; -1 before genesis.</summary>
    public long CommittedIndex { get; init; } = -1;

    /// <summary>What this node or the CRM waits for, as a sentence; empty where nothing is missing.</summary>
    public string WaitsFor { get; init; } = "";

    /// <summary>The driver that runs guests on the answering node.</summary>
    public string Hypervisor { get; init; } = "";

    /// <summary>The nodes.</summary>
    public ImmutableList<NodeStatus> Nodes { get; init; } = [];

    /// <summary>The resources.</summary>
    public ImmutableList<ResourceStatus> Resources { get; init; } = [];

    /// <summary>What operators should look at: rules that are not kept, and what HA was told to leave alone.</summary>
    public ImmutableList<string> Problems { get; init; } = [];

    /// <summary>The newest incidents.</summary>
    public ImmutableList<Incident> Incidents { get; init; } = [];
}
