using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Lifecycle;

/// <summary>Chooses a session to run a resource: adds its boot to may-run and orders the start with this entry's token.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Session">Where it shall run.</param>
/// <param name="Why">Why this node, for people.</param>
public sealed record PlaceStart(ResourceId Id, Session Session, string Why) : LogCommand;

/// <summary>Records the node's word that the guest runs.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Session">The session that said so.</param>
/// <param name="Token">The token it was started with.</param>
public sealed record ConfirmStart(ResourceId Id, Session Session, Token Token) : LogCommand
{
    /// <summary>When the CRM heard it, on its wall clock; null where that does not matter.</summary>
    public DateTimeOffset? At { get; init; }
}

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

    /// <summary>It was handed over whole to the destination of its migration.</summary>
    Departed,
}

/// <summary>
/// Records a node's answer "not running, and I refuse every token up to <paramref name="UpTo"/>": takes its boot out of may-run.
/// </summary>
/// <param name="Id">The resource.</param>
/// <param name="Session">The session that answered; it must be the node's newest committed one.</param>
/// <param name="UpTo">The highest token that it refuses; not below the newest committed order.</param>
/// <param name="Cause">What ended the guest there.</param>
/// <param name="Reason">The node's words; null where there are none.</param>
public sealed record ReleaseGuest(ResourceId Id, Session Session, Token UpTo, ReleaseCause Cause, string? Reason) : LogCommand
{
    /// <summary>What made its start fail, where it did.</summary>
    public FailureCause Failure { get; init; }

    /// <summary>When the CRM heard it, on its wall clock; null where no pause is counted from it.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>
/// Records that boots of which nothing was ever ordered have answered afresh that the guest does not run there: takes them out of may-run.
/// </summary>
/// <param name="Id">The resource.</param>
/// <param name="Sessions">The sessions that answered; each must be its node's newest committed one.</param>
/// <param name="AsOf">The log index that all the answers are newer than.</param>
public sealed record ReleaseUnheard(ResourceId Id, ImmutableArray<Session> Sessions, long AsOf) : LogCommand;

/// <summary>Takes a guest into HA's care that a node says it runs, where no other copy can be alive.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Session">The session that runs it.</param>
/// <param name="Token">The token that the session knows for it.</param>
public sealed record AdoptGuest(ResourceId Id, Session Session, Token Token) : LogCommand;

/// <summary>Puts a resource into error: HA leaves it alone until an operator acts.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record ParkResource(ResourceId Id, string Reason) : LogCommand;

/// <summary>Tries a resource again whose error can have passed.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Due">The time of the retry that is due: names the error that it ends.</param>
public sealed record RetryError(ResourceId Id, DateTimeOffset Due) : LogCommand;

/// <summary>Ends a request whose time has come.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Until">The time that has come: names the request that it ends.</param>
public sealed record EndRequest(ResourceId Id, DateTimeOffset Until) : LogCommand;

/// <summary>Records that a resource begins to wait for others to be ready, or for its start delay.</summary>
/// <param name="Id">The resource.</param>
/// <param name="At">The CRM's wall clock.</param>
public sealed record BeginWait(ResourceId Id, DateTimeOffset At) : LogCommand;
