namespace AkkaHa.Devices.Fencing;

/// <summary>How long a fence device may take. Every device has one.</summary>
public sealed record FenceTiming
{
    /// <summary>For a whole <c>off</c> or <c>on</c>, reading back included.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>For one call of the device's tool.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two readings of the state after an order.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How often an order that failed is given again.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>Waited before an <c>off</c> is ordered: of two nodes that shoot at each other, the one without a delay wins.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.Zero;
}
