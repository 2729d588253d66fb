using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Lifecycle;

/// <summary>Makes a guest highly available.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Requested">What the operator wants of it.</param>
public sealed record AddResource(ResourceDefinition Definition, RequestedState Requested) : LogCommand;

/// <summary>Takes a resource out of HA's care. While a copy may be alive it stays as a tombstone.</summary>
/// <param name="Id">The resource.</param>
public sealed record RemoveResource(ResourceId Id) : LogCommand;

/// <summary>Sets what the operator wants of a resource.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Requested">The new request.</param>
public sealed record SetRequested(ResourceId Id, RequestedState Requested) : LogCommand;

/// <summary>Chooses a session to run a resource: adds its boot to may-run and orders the start with this entry's token.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Session">Where it shall run.</param>
/// <param name="Why">Why this node, for people.</param>
public sealed record PlaceStart(ResourceId Id, Session Session, string Why) : LogCommand;

/// <summary>Records the node's word that the guest runs.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Session">The session that said so.</param>
/// <param name="Token">The token it was started with.</param>
public sealed record ConfirmStart(ResourceId Id, Session Session, Token Token) : LogCommand;

/// <summary>Orders the owner to stop a resource, with this entry's token.</summary>
/// <param name="Id">The resource.</param>
public sealed record OrderStop(ResourceId Id) : LogCommand;

/// <summary>What ended a guest on a node.</summary>
public enum ReleaseCause
{
    /// <summary>It was stopped as ordered.</summary>
    Stopped,

    /// <summary>Its start failed.</summary>
    StartFailed,

    /// <summary>It ended although it should run.</summary>
    Died,
}

/// <summary>
/// Records a node's answer "not running, and I refuse every token up to <paramref name="UpTo"/>": takes its boot out of may-run.
/// </summary>
/// <param name="Id">The resource.</param>
/// <param name="Session">The session that answered; it must be the node's newest committed one.</param>
/// <param name="UpTo">The highest token that it refuses; not below the newest committed order.</param>
/// <param name="Cause">What ended the guest there.</param>
/// <param name="Reason">The node's words; null where there are none.</param>
public sealed record ReleaseGuest(ResourceId Id, Session Session, Token UpTo, ReleaseCause Cause, string? Reason) : LogCommand;

/// <summary>Puts a resource into error: HA leaves it alone until an operator acts.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record ParkResource(ResourceId Id, string Reason) : LogCommand;

/// <summary>Ends the error of a resource: an operator's <c>clear</c>.</summary>
/// <param name="Id">The resource.</param>
public sealed record ClearError(ResourceId Id) : LogCommand;
