namespace Akka.Cluster.SBR;

/// <summary>What a strategy says of the side that asks.</summary>
internal enum VerdictKind
{
    /// <summary>This side stays; what it does not reach goes.</summary>
    KeepThisSide,

    /// <summary>This side goes.</summary>
    DropThisSide,

    /// <summary>All go.</summary>
    DropAll,

    /// <summary>This side stays if it gets the lease, and goes if it does not.</summary>
    AskLease,
}

/// <summary>What a strategy decides, and why.</summary>
/// <param name="Kind">The decision about this side.</param>
/// <param name="Reason">Why, for the log.</param>
/// <param name="LeaseDelay">How long to wait before asking for the lease.</param>
internal sealed record Verdict(VerdictKind Kind, string Reason, TimeSpan LeaseDelay = default)
{
    public static Verdict KeepThisSide(string reason) => new(VerdictKind.KeepThisSide, reason);

    public static Verdict DropThisSide(string reason) => new(VerdictKind.DropThisSide, reason);

    public static Verdict DropAll(string reason) => new(VerdictKind.DropAll, reason);

    public static Verdict AskLease(TimeSpan delay, string reason) => new(VerdictKind.AskLease, reason, delay);
}
