namespace AkkaHa.Devices.Hypervisors;

/// <summary>How a start ended.</summary>
public enum StartVerdict
{
    /// <summary>The guest runs.</summary>
    Started,

    /// <summary>It already ran, under the same identity.</summary>
    AlreadyRunning,

    /// <summary>The gate of the VM host is closed: nothing was spawned, or what was spawned is dead again.</summary>
    GateClosed,

    /// <summary>A disk is held by another process, here or on another node.</summary>
    DiskLocked,

    /// <summary>The ownership record beside a disk could not be reached, or names the owner of a newer command.</summary>
    NotOwned,

    /// <summary>It did not start for another reason.</summary>
    Failed,
}

/// <summary>
/// The result of a start. Whatever is not <see cref="StartVerdict.Started"/> or <see cref="StartVerdict.AlreadyRunning"/> left no process
/// behind, unless it names a guest: that one could not be killed, or is another's, and must be taken for running.
/// </summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Detail">A sentence naming guest and cause.</param>
/// <param name="Guest">The guest, if it lives or may live.</param>
public sealed record StartOutcome(StartVerdict Verdict, string Detail, RunningGuest? Guest = null)
{
    /// <summary>Whether the guest runs now.</summary>
    public bool Runs => Verdict is StartVerdict.Started or StartVerdict.AlreadyRunning;
}

/// <summary>How a stop or a kill ended.</summary>
public enum StopVerdict
{
    /// <summary>The guest shut down by itself after it was asked.</summary>
    Stopped,

    /// <summary>Its process was killed and is gone.</summary>
    Killed,

    /// <summary>No such guest lives here.</summary>
    NotRunning,

    /// <summary>Its process is still there (for example stuck in a dead storage): it must be taken for running.</summary>
    Failed,
}

/// <summary>The result of a stop or a kill.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Detail">A sentence naming guest and cause.</param>
public sealed record StopOutcome(StopVerdict Verdict, string Detail)
{
    /// <summary>Whether it is certain that the guest does not run here.</summary>
    public bool IsGone => Verdict != StopVerdict.Failed;
}
