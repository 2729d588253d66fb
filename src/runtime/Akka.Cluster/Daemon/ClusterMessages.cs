using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>Asks a contact point whether it is part of a cluster that can be joined.</summary>
internal sealed record InitJoin : IClusterMessage, IDeadLetterSuppression
{
    public static InitJoin Instance { get; } = new();
}

/// <summary>The contact point is part of a cluster: it may be joined there.</summary>
internal sealed record InitJoinAck(Address Address) : IClusterMessage, IDeadLetterSuppression;

/// <summary>The contact point is part of no cluster (yet, or any more).</summary>
internal sealed record InitJoinNack(Address Address) : IClusterMessage, IDeadLetterSuppression;

/// <summary>A node asks to become a member.</summary>
internal sealed record Join(UniqueAddress Node, ImmutableHashSet<string> Roles, AppVersion AppVersion) : IClusterMessage;

/// <summary>A node has become a member; this is the cluster it is in.</summary>
internal sealed record Welcome(UniqueAddress From, Gossip Gossip) : IClusterMessage;

/// <summary>All that a node knows, for one other node.</summary>
/// <param name="From">Who sends it.</param>
/// <param name="To">The incarnation it is meant for; another one on the same address must not read it.</param>
/// <param name="Gossip">What the sender knows.</param>
/// <param name="ArrivedAt">When it came off the wire, by the receiver's monotonic clock; 0 if it never was on one.</param>
internal sealed record GossipEnvelope(UniqueAddress From, UniqueAddress To, Gossip Gossip, long ArrivedAt) : IClusterMessage, IDeadLetterSuppression;

/// <summary>Only the version of what a node knows, and a digest of who has seen it.</summary>
internal sealed record GossipStatus(UniqueAddress From, VectorClock Version, string SeenDigest) : IClusterMessage, IDeadLetterSuppression;

/// <summary>An exiting member is done, and need not be waited for.</summary>
internal sealed record ExitingConfirmed(UniqueAddress Node) : IClusterMessage, IDeadLetterSuppression;

/// <summary>Asks a node to show that it lives.</summary>
/// <param name="From">Who asks.</param>
/// <param name="SequenceNr">Counts the asker's rounds, so that an answer shows what it answers.</param>
/// <param name="CreationTime">The asker's monotonic clock, handed back in the answer.</param>
internal sealed record Heartbeat(Address From, long SequenceNr, long CreationTime) : IClusterMessage, IDeadLetterSuppression;

/// <summary>Shows that this incarnation lives.</summary>
internal sealed record HeartbeatRsp(UniqueAddress From, long SequenceNr, long CreationTime) : IClusterMessage, IDeadLetterSuppression;
