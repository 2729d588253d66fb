using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Cluster.Lrm;

/// <summary>An order that passed the LRM's checks, for the resource's actor.</summary>
/// <param name="Order">The order.</param>
internal sealed record CarryOut(Order Order);

/// <summary>A guest that lived here before its actor.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Process">Its process.</param>
/// <param name="Uuid">Its identity.</param>
/// <param name="Stand">Where it stands.</param>
internal sealed record FoundGuest(ResourceId Id, int? Process, Guid Uuid, GuestState Stand);

/// <summary>Where a guest stands now, from its actor to the LRM.</summary>
/// <param name="Guest">The entry for the next report.</param>
internal sealed record GuestChanged(GuestReport Guest);

/// <summary>A guest runs that nobody was ordered to start, from the LRM to its actor.</summary>
/// <param name="Guest">What was found.</param>
internal sealed record GuestFound(RunningGuest Guest);

/// <summary>A guest that runs as far as anybody was told has stopped with its process still there, from the LRM to its actor.</summary>
/// <param name="Guest">What was found.</param>
internal sealed record GuestStandsStill(RunningGuest Guest);

/// <summary>A guest's process ended, from the hypervisor.</summary>
/// <param name="Exit">What is known of it.</param>
internal sealed record GuestEnded(GuestExit Exit);

/// <summary>The daemon is being stopped: asks the LRM to leave cleanly, if nothing runs here.</summary>
public sealed record LeaveRequest
{
    /// <summary>The one request.</summary>
    public static LeaveRequest Instance { get; } = new();
}

/// <summary>How that ended.</summary>
/// <param name="IsCommitted">Whether it is committed that the node has left, running nothing.</param>
public sealed record LeaveReply(bool IsCommitted);

/// <summary>Whether nothing runs here and nothing can be started any more.</summary>
/// <param name="IsEmpty">Whether it is so.</param>
internal sealed record Retired(bool IsEmpty);
