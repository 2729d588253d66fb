namespace AkkaHa.Devices.Hypervisors.Commands;

/// <summary>Guests that commands run.</summary>
/// <param name="RunDirectory">Where the records of guests are kept; must be lost with the boot (a tmpfs) or name a folder of this boot.</param>
public sealed record CommandSettings(string RunDirectory)
{
    /// <summary>How long a start may take.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a kill may take.</summary>
    public TimeSpan KillTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a question may take.</summary>
    public TimeSpan StatusTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a guest is asked for: a crash is noticed so late.</summary>
    public TimeSpan MonitorInterval { get; init; } = TimeSpan.FromSeconds(1);
}
