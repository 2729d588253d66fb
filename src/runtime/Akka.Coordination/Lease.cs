namespace Akka.Coordination;

/// <summary>
/// Something that at most one owner holds at a time, among all nodes that ask for it under the same name. It must be given
/// back or renewed; an owner that stops renewing loses it after <see cref="TimeoutSettings.HeartbeatTimeout"/>.
/// </summary>
public abstract class Lease
{
    /// <summary>Makes a lease that is not held yet.</summary>
    /// <param name="settings">Its name, who asks, and how long things may take.</param>
    protected Lease(LeaseSettings settings) => Settings = settings;

    /// <summary>Its name, who asks, and how long things may take.</summary>
    public LeaseSettings Settings { get; }

    /// <summary>Tries to become the owner. Renewing is up to the implementation until <see cref="Release"/>.</summary>
    /// <returns>True if this owner holds it now; false if another one does. It is not waited for the other to let go.</returns>
    /// <exception cref="LeaseTimeoutException">There was no answer within <see cref="TimeoutSettings.OperationTimeout"/>.</exception>
    /// <exception cref="LeaseException">It could not be found out who holds it.</exception>
    public abstract Task<bool> Acquire();

    /// <summary>Tries to become the owner, and tells when the lease is lost without having been given back.</summary>
    /// <param name="leaseLostCallback">
    /// Called at most once for each time it is acquired, on any thread, with what happened: null if another owner took it.
    /// </param>
    /// <returns>True if this owner holds it now; false if another one does.</returns>
    /// <exception cref="LeaseTimeoutException">There was no answer within <see cref="TimeoutSettings.OperationTimeout"/>.</exception>
    /// <exception cref="LeaseException">It could not be found out who holds it.</exception>
    public abstract Task<bool> Acquire(Action<Exception?> leaseLostCallback);

    /// <summary>Gives the lease back.</summary>
    /// <returns>True if it is free now or another one's; false if it could not be given back.</returns>
    /// <exception cref="LeaseTimeoutException">There was no answer within <see cref="TimeoutSettings.OperationTimeout"/>; it ends by itself.</exception>
    /// <exception cref="LeaseException">It could not be given back; it ends by itself.</exception>
    public abstract Task<bool> Release();

    /// <summary>Whether this owner holds the lease now, without asking anybody. It never says so after the lease may have ended.</summary>
    public abstract bool CheckLease();
}
