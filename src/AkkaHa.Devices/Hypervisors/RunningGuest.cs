using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Hypervisors;

/// <summary>What a live guest is doing.</summary>
public enum RunState
{
    /// <summary>The hypervisor did not answer in time; the guest must be taken for running.</summary>
    Unknown,

    /// <summary>Spawned and never continued: nothing of it has run.</summary>
    Prelaunch,

    /// <summary>Paused, by somebody or by an I/O error: it holds its disks but writes nothing.</summary>
    Paused,

    /// <summary>Waiting for an incoming migration: no copy of the guest yet.</summary>
    Incoming,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Shut down, or moved away, with its process still there.</summary>
    Stopped,
}

/// <summary>A guest that lives on this node now.</summary>
/// <param name="Name">Its name, <c>vm-101</c>.</param>
/// <param name="Uuid">Its identity.</param>
/// <param name="ProcessId">The process that is the guest.</param>
/// <param name="State">What it does.</param>
public sealed record RunningGuest(string Name, Guid Uuid, int ProcessId, RunState State)
{
    /// <summary>The resource, where the name tells one.</summary>
    public ResourceId? Id => ResourceId.TryParse(Name.Replace('-', ':'), out var id) ? id : null;

    /// <summary>The token it was started with; null for a guest that was started by something else.</summary>
    public Token? Token { get; init; }

    /// <summary>How long its process has lived.</summary>
    public TimeSpan Uptime { get; init; }
}

/// <summary>A guest's process ended.</summary>
/// <param name="Name">Its name, <c>vm-101</c>.</param>
/// <param name="Uuid">Its identity.</param>
/// <param name="ProcessId">The process that was the guest.</param>
/// <param name="Reason">What made it end, as far as it is known.</param>
/// <param name="Detail">A sentence for the person who reads it, with the last words of the hypervisor if it left any.</param>
public sealed record GuestExit(string Name, Guid Uuid, int ProcessId, GuestExitReason Reason, string Detail)
{
    /// <summary>The resource, where the name tells one.</summary>
    public ResourceId? Id => ResourceId.TryParse(Name.Replace('-', ':'), out var id) ? id : null;
}

/// <summary>What made a guest's process end.</summary>
public enum GuestExitReason
{
    /// <summary>Nothing announced the end: a crash or a kill from outside.</summary>
    Crashed,

    /// <summary>The guest switched itself off without being asked by this node.</summary>
    GuestShutdown,

    /// <summary>This node asked it to stop, and it did.</summary>
    Stopped,

    /// <summary>This node killed it.</summary>
    Killed,

    /// <summary>It runs elsewhere after a migration.</summary>
    MigratedAway,
}
