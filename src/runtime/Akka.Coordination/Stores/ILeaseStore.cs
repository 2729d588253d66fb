namespace Akka.Coordination.Stores;

/// <summary>
/// Where it is written down who holds a lease. The calls block, and may block for ever, so they are made from a place of their own
/// and never by two threads at once. Each succeeds or fails as a whole, however many contenders there are.
/// </summary>
internal interface ILeaseStore
{
    /// <summary>
    /// Writes an owner down if nobody, the same owner, or an owner whose time is over stands there. The token tells this
    /// acquisition from every other.
    /// </summary>
    bool TryAcquire(string owner, long token, TimeSpan duration);

    /// <summary>Lets the time of the acquisition with that token begin anew, if it still stands there and is not over.</summary>
    bool TryRenew(string owner, long token, TimeSpan duration);

    /// <summary>Strikes the acquisition with that token out, if it still stands there.</summary>
    void Release(string owner, long token);

    /// <summary>Looks at what stands there, for stores that learn from having seen it before. Nothing by default.</summary>
    void Observe()
    {
    }
}
