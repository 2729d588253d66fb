using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Lifecycle;

/// <summary>
/// Makes a guest highly available. Until every boot without a proof has answered afresh, it may run there: HA did not know of it before.
/// </summary>
/// <param name="Definition">What it is.</param>
/// <param name="Requested">What the operator wants of it.</param>
public sealed record AddResource(ResourceDefinition Definition, RequestedState Requested) : LogCommand
{
    /// <summary>The node that it is configured on; null where the rules alone choose.</summary>
    public NodeName? Node { get; init; }
}

/// <summary>Takes a resource out of HA's care. While a copy may be alive it stays as a tombstone.</summary>
/// <param name="Id">The resource.</param>
public sealed record RemoveResource(ResourceId Id) : LogCommand
{
    /// <summary>Whether rules and other resources that name it are rid of it; else they keep it from being removed.</summary>
    public bool Purge { get; init; }
}

/// <summary>Sets what the operator wants of a resource.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Requested">The new request.</param>
public sealed record SetRequested(ResourceId Id, RequestedState Requested) : LogCommand
{
    /// <summary>When the request ends by itself and the one before it returns; only for <see cref="RequestedState.Ignored"/>.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How long the guest may take to shut down; null for the configured time, zero to kill it.</summary>
    public TimeSpan? StopWithin { get; init; }

    /// <summary>The change that the operator has seen last: a newer one refuses the command. Null to set it whatever it is.</summary>
    public long? Digest { get; init; }
}

/// <summary>Changes what a resource is, and with it, where given, what is wanted of it.</summary>
/// <param name="Definition">The whole new definition; its UUID stays that of the resource.</param>
public sealed record SetResource(ResourceDefinition Definition) : LogCommand
{
    /// <summary>The new request; null where it stays.</summary>
    public RequestedState? Requested { get; init; }

    /// <inheritdoc cref="SetRequested.Until" />
    public DateTimeOffset? Until { get; init; }

    /// <inheritdoc cref="SetRequested.StopWithin" />
    public TimeSpan? StopWithin { get; init; }

    /// <inheritdoc cref="SetRequested.Digest" />
    public long? Digest { get; init; }
}

/// <summary>Ends the error of a resource: an operator's <c>clear</c>.</summary>
/// <param name="Id">The resource.</param>
public sealed record ClearError(ResourceId Id) : LogCommand;
