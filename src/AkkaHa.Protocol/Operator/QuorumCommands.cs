using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Protocol.Operator;

/// <summary>What operators ask about votes, and order by hand: every node's gateway passes it on.</summary>
public interface IQuorumRequest;

/// <summary>Write the genesis though not every configured voter answered that it is empty; answered as a <see cref="Submit"/>.</summary>
public sealed record InitCluster : IQuorumRequest
{
    /// <summary>The one request.</summary>
    public static InitCluster Instance { get; } = new();
}

/// <summary>What happens to a node's vote.</summary>
public enum VoterChange
{
    /// <summary>It gets one.</summary>
    Add,

    /// <summary>It loses it.</summary>
    Remove,

    /// <summary>The replica that answers on the node now gets the vote.</summary>
    Replace,
}

/// <summary>Change one voter; answered as a <see cref="Submit"/>.</summary>
/// <param name="Change">What happens.</param>
/// <param name="Node">The node.</param>
public sealed record ChangeVoter(VoterChange Change, NodeName Node) : IQuorumRequest;

/// <summary>
/// Begin a new generation with fewer expected votes, where no majority is left; answered as a <see cref="Submit"/>. Dangerous: whoever was left
/// out and runs after all may have its own majority.
/// </summary>
/// <param name="Votes">How many votes are expected from then on: all but those left out. Given twice, so that a slip shows.</param>
/// <param name="Dead">The voters that are left out.</param>
/// <param name="OperatorKnowsOff">Whether the operator swears that they are off; otherwise a fence device must prove it for each.</param>
public sealed record ForceExpected(int Votes, ImmutableSortedSet<NodeName> Dead, bool OperatorKnowsOff) : IQuorumRequest;

/// <summary>Asks how votes, replicas and the resolver stand.</summary>
public sealed record QuorumRequest : IQuorumRequest
{
    /// <summary>The one request.</summary>
    public static QuorumRequest Instance { get; } = new();
}

/// <summary>A voter in the status.</summary>
/// <param name="Node">Its node.</param>
/// <param name="IsHeard">Whether the answering node hears it.</param>
/// <param name="IsArbiter">Whether it only votes.</param>
/// <param name="Replica">How its replica stands, as the CRM knows it; empty where no CRM answers.</param>
public sealed record VoterStatus(NodeName Node, bool IsHeard, bool IsArbiter, string Replica);

/// <summary>How votes, replicas and the resolver stand, as one node knows it.</summary>
public sealed record QuorumStatus
{
    /// <summary>Who answers.</summary>
    public required NodeName AnsweredBy { get; init; }

    /// <summary>The cluster's id; empty before genesis.</summary>
    public Guid ClusterId { get; init; }

    /// <summary>The newest voters that the node knows.</summary>
    public required Electorate Electorate { get; init; }

    /// <summary>Whether a majority of the votes is here.</summary>
    public bool IsQuorate { get; init; }

    /// <summary>How many votes are here.</summary>
    public int Votes { get; init; }

    /// <summary>What the node waits for; empty where nothing is missing.</summary>
    public string WaitsFor { get; init; } = "";

    /// <summary>What the split-brain resolver made of its last look.</summary>
    public string Resolver { get; init; } = "";

    /// <summary>The node's own replica.</summary>
    public string OwnReplica { get; init; } = "";

    /// <summary>The voters.</summary>
    public ImmutableList<VoterStatus> Voters { get; init; } = [];
}

/// <summary>Asks the acting CRM what it knows of the voters' replicas.</summary>
public sealed record VotersRequest
{
    /// <summary>The one request.</summary>
    public static VotersRequest Instance { get; } = new();
}

/// <summary>What the acting CRM knows of the voters' replicas, and what it waits for itself.</summary>
/// <param name="Replicas">A phrase for each.</param>
/// <param name="WaitsFor">What it waits for; empty while it leads.</param>
public sealed record VotersReply(ImmutableSortedDictionary<NodeName, string> Replicas, string WaitsFor);

/// <summary>Asks a node's replica who it is.</summary>
public sealed record ReplicaIdentityRequest
{
    /// <summary>The one request.</summary>
    public static ReplicaIdentityRequest Instance { get; } = new();
}

/// <summary>Who a replica is.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Replica">Its UUID.</param>
/// <param name="StartCounter">How often it was started.</param>
/// <param name="ClusterId">The cluster whose log it holds; empty if it holds none.</param>
public sealed record ReplicaIdentity(NodeName Node, Guid Replica, long StartCounter, Guid ClusterId);
