namespace AkkaHa.Devices.Watchdog;

/// <summary>Whether the watchdog is to be fed now, and why (DESIGN §6).</summary>
/// <param name="IsFed">Whether it is.</param>
/// <param name="Reason">A word for status: <c>lease</c>, <c>no-guests</c>, <c>lease-ended</c>.</param>
public readonly record struct FeedDecision(bool IsFed, string Reason)
{
    /// <summary>
    /// A lease that runs is enough. Without one it is fed only while no guest lives here: a short outage need not reset a node that has
    /// killed its guests.
    /// </summary>
    /// <param name="nowNanos">CLOCK_BOOTTIME now.</param>
    /// <param name="deadlineNanos">The end of the lease as it was last sent.</param>
    /// <param name="noGuests">Asked only when the lease has ended.</param>
    public static FeedDecision Of(long nowNanos, long deadlineNanos, Func<bool> noGuests) =>
        nowNanos < deadlineNanos ? new FeedDecision(true, "lease")
        : noGuests() ? new FeedDecision(true, "no-guests")
        : new FeedDecision(false, "lease-ended");
}
