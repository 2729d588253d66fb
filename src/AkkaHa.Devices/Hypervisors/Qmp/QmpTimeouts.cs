namespace AkkaHa.Devices.Hypervisors.Qmp;

/// <summary>How long a guest's process may take to answer.</summary>
public sealed record QmpTimeouts
{
    /// <summary>From spawn until it is paused with its disks open.</summary>
    public TimeSpan Spawn { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For one command.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>From SIGKILL until the process is gone; longer means that the kernel holds it.</summary>
    public TimeSpan Death { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A guest that was busy booting may miss the power button: it is pressed again after this.</summary>
    public TimeSpan PowerButtonAgain { get; init; } = TimeSpan.FromSeconds(1);
}
