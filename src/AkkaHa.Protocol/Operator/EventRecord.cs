using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Protocol.Operator;

/// <summary>The kinds of events, as they stand in timelines.</summary>
public static class EventKinds
{
    /// <summary>The failure detector lost a node.</summary>
    public const string NodeUnreachable = "node-unreachable";

    /// <summary>The failure detector hears a node again.</summary>
    public const string NodeReachable = "node-reachable";

    /// <summary>The split-brain resolver decided that a node leaves.</summary>
    public const string NodeDowned = "node-downed";

    /// <summary>A node became a member.</summary>
    public const string NodeUp = "node-up";

    /// <summary>A node is a member no more.</summary>
    public const string NodeRemoved = "node-removed";

    /// <summary>A CRM leads the state log.</summary>
    public const string CrmActive = "crm-active";

    /// <summary>A CRM lost its epoch.</summary>
    public const string CrmDeposed = "crm-deposed";

    /// <summary>A boot may run guests.</summary>
    public const string NodeAdmitted = "node-admitted";

    /// <summary>A boot was taken for lost.</summary>
    public const string NodeLost = "node-lost";

    /// <summary>A node left cleanly, running nothing.</summary>
    public const string NodeLeft = "node-left";

    /// <summary>A node is to be fenced for a guest that cannot be stopped, or is not any more.</summary>
    public const string NodeCondemned = "node-condemned";

    /// <summary>A fence attempt began.</summary>
    public const string FenceStarted = "fence-started";

    /// <summary>An operator has a node fenced that a storm of losses held back.</summary>
    public const string FenceApproved = "fence-approved";

    /// <summary>A fence device failed.</summary>
    public const string FenceFailed = "fence-failed";

    /// <summary>A test found that a fence device would not work now.</summary>
    public const string FenceTestFailed = "fence-test-failed";

    /// <summary>A fence device that did not work does again.</summary>
    public const string FenceTestPassed = "fence-test-passed";

    /// <summary>A boot was proven dead.</summary>
    public const string FenceConfirmed = "fence-confirmed";

    /// <summary>A resource was placed on a node.</summary>
    public const string ResourcePlaced = "resource-placed";

    /// <summary>A resource runs.</summary>
    public const string ResourceStarted = "resource-started";

    /// <summary>A resource runs on its node no more.</summary>
    public const string ResourceReleased = "resource-released";

    /// <summary>A resource began to move to another node.</summary>
    public const string ResourceMoving = "resource-moving";

    /// <summary>The new owner of a migrating resource is committed.</summary>
    public const string ResourceHandedOver = "resource-handed-over";

    /// <summary>A migration was given up.</summary>
    public const string ResourceMoveFailed = "resource-move-failed";

    /// <summary>A node was taken into maintenance, or out of it.</summary>
    public const string NodeMaintenance = "node-maintenance";

    /// <summary>A node was announced to go away, or to stay after all.</summary>
    public const string NodeLeaving = "node-leaving";

    /// <summary>A node's quarantine ended.</summary>
    public const string NodeReleased = "node-released";

    /// <summary>A setting of the cluster changed.</summary>
    public const string PolicyChanged = "policy-changed";

    /// <summary>The cluster was armed or disarmed.</summary>
    public const string Armed = "armed";

    /// <summary>A guest was found running where HA had not started it, and taken over.</summary>
    public const string ResourceAdopted = "resource-adopted";

    /// <summary>Two nodes ran one guest.</summary>
    public const string SplitBrain = "split-brain";

    /// <summary>An operator gave a command.</summary>
    public const string OperatorCommand = "operator-command";

    /// <summary>A frozen resource may run again.</summary>
    public const string ResourceThawed = "resource-thawed";

    /// <summary>A guest passes its health check, for the first time or again.</summary>
    public const string GuestHealthy = "guest-healthy";

    /// <summary>A guest began to fail its health check.</summary>
    public const string GuestUnhealthy = "guest-unhealthy";

    /// <summary>A guest hung and was reset.</summary>
    public const string GuestReset = "guest-reset";

    /// <summary>A guest hung, was reset as often as it may be, and is given up on its node.</summary>
    public const string GuestHung = "guest-hung";

    /// <summary>A guest's health check cannot be made.</summary>
    public const string GuestUnchecked = "guest-unchecked";

    /// <summary>A node does not reach a storage.</summary>
    public const string StorageDown = "storage-down";

    /// <summary>A node reaches a storage again.</summary>
    public const string StorageUp = "storage-up";

    /// <summary>A guest is given up on a node that has lost one of its storages.</summary>
    public const string StorageFailed = "storage-failed";

    /// <summary>A resource in error is tried again.</summary>
    public const string ResourceRetried = "resource-retried";

    /// <summary>A request that an operator limited in time is over.</summary>
    public const string RequestEnded = "request-ended";

    /// <summary>A resource is in error.</summary>
    public const string ResourceError = "resource-error";

    /// <summary>Something that should not have happened.</summary>
    public const string Incident = "incident";
}

/// <summary>One event, for timelines and for people.</summary>
/// <param name="Sequence">Grows by one on the node that recorded it.</param>
/// <param name="At">Wall-clock time; for people, never for decisions.</param>
/// <param name="Node">The node that recorded it.</param>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Subject">The node or resource it is about.</param>
/// <param name="Text">What happened.</param>
/// <param name="Epoch">The CRM's epoch, where a CRM recorded it.</param>
public sealed record EventRecord(long Sequence, DateTimeOffset At, NodeName Node, string Kind, string Subject, string Text, Epoch Epoch)
{
    /// <summary>Who caused it: an operator, as USER@HOST; empty where HA did by itself.</summary>
    public string By { get; init; } = "";
}

/// <summary>Asks a node for the events that it recorded.</summary>
/// <param name="Since">Only those after this sequence number.</param>
/// <param name="Limit">How many at most.</param>
public sealed record EventsRequest(long Since, int Limit = 1000);

/// <summary>The events asked for, oldest first.</summary>
/// <param name="Events">The events.</param>
public sealed record EventsReply(ImmutableList<EventRecord> Events);
