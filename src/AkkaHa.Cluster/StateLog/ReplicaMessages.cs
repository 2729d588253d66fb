using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Cluster.StateLog;

/// <summary>Asks this node's replica how it stands.</summary>
public sealed record ReplicaStatusRequest
{
    /// <summary>The one request.</summary>
    public static ReplicaStatusRequest Instance { get; } = new();
}

/// <summary>How a replica stands.</summary>
/// <param name="PromisedEpoch">The highest epoch it promised.</param>
/// <param name="Configuration">The newest configuration in its log; null before genesis.</param>
/// <param name="Learns">Why it has no vote; null if it has one.</param>
/// <param name="Committed">The state that its committed entries make: what a node without a CRM can still tell, marked stale.</param>
public sealed record ReplicaStatus(Epoch PromisedEpoch, Configuration? Configuration, LearnerReason? Learns, ClusterState Committed);

/// <summary>Asks this node's replica for its <see cref="ReplicaConfiguration"/>.</summary>
public sealed record ReplicaConfigurationRequest
{
    /// <summary>The one request.</summary>
    public static ReplicaConfigurationRequest Instance { get; } = new();
}

/// <summary>Who votes, as this node's replica knows it. Published on the event stream of the actor system with every change.</summary>
/// <param name="Configuration">The newest configuration in its log, committed or not; null before genesis.</param>
/// <param name="IsSound">Whether the replica is up and no learner.</param>
public sealed record ReplicaConfiguration(Configuration? Configuration, bool IsSound);
