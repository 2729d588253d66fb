namespace AkkaHa.Devices.Fencing;

/// <summary>How an attempt to switch a node ended.</summary>
public enum FenceVerdict
{
    /// <summary>The wanted state was not reached within the device's deadline, or could not be asked for.</summary>
    Failed,

    /// <summary>The device took the order, but cannot read the state back (or is not trusted to): no proof.</summary>
    Claimed,

    /// <summary>The wanted state was read back from the device.</summary>
    Verified,
}

/// <summary>The result of <see cref="IFenceDevice.OffAsync"/> or <see cref="IFenceDevice.OnAsync"/>: data, never an exception.</summary>
/// <param name="Wanted">The state that was asked for.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="IsProof">Whether this outcome proves that the node is off (DESIGN §7, step 5): verified by a device that proves off.</param>
/// <param name="Detail">A sentence: what happened to which node by which device and, after a failure, what to check.</param>
/// <param name="Elapsed">How long the attempt took.</param>
public sealed record FenceOutcome(PowerState Wanted, FenceVerdict Verdict, bool IsProof, string Detail, TimeSpan Elapsed)
{
    /// <summary>Whether the wanted state was read back.</summary>
    public bool IsVerified => Verdict == FenceVerdict.Verified;
}
