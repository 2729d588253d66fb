namespace AkkaHa.Devices.Fencing;

/// <summary>What a fence device reads about a node's power.</summary>
public enum PowerState
{
    /// <summary>The device could not tell; never taken for off.</summary>
    Unknown,

    /// <summary>The node has power.</summary>
    On,

    /// <summary>The node has no power.</summary>
    Off,
}

/// <summary>One reading of a node's power, with a sentence for the person who reads it.</summary>
/// <param name="State">What was read.</param>
/// <param name="Detail">How it was read, or why it could not be; names node and device.</param>
public sealed record PowerReading(PowerState State, string Detail)
{
    /// <summary>A reading that failed.</summary>
    public static PowerReading Unknown(string detail) => new(PowerState.Unknown, detail);
}
