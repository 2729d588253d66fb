using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;

namespace AkkaHa.Cluster.Leases;

/// <summary>What grants depend on has changed; from the replica to the grant actor of its node, before the change is acknowledged.</summary>
/// <param name="Roll">What the voter's log says now; null while it has no vote.</param>
public sealed record RollChanged(LeaseRoll? Roll);

/// <summary>A grant actor that began anew asks its replica for the roll.</summary>
public sealed record RollRequest
{
    /// <summary>The one request.</summary>
    public static RollRequest Instance { get; } = new();
}

/// <summary>Asks this node's lease actor for a round that is sent after this request; answered with a <see cref="FreshLease"/>.</summary>
/// <param name="Id">The resource that is to be started.</param>
/// <param name="Token">The token of its start.</param>
public sealed record FreshLeaseRequest(ResourceId Id, Token Token);

/// <summary>How the round ended.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Token">The token of its start.</param>
/// <param name="Promised">The highest epoch that a voter of the round has promised: an order of an older one is void.</param>
/// <param name="Problem">Why no guest may be started here now, as a sentence; null if it may.</param>
public sealed record FreshLease(ResourceId Id, Token Token, Epoch Promised, string? Problem);
