namespace AkkaHa.Devices.SelfFence;

/// <summary>Who feeds the watchdog as long as the deadline it was last sent has not passed.</summary>
public interface IDeadlineFeeder
{
    /// <summary>Sends the end of the lease (CLOCK_BOOTTIME nanoseconds).</summary>
    /// <returns>False if the feeder does not answer or refuses.</returns>
    Task<bool> SendDeadlineAsync(long deadlineNanos, CancellationToken cancellationToken = default);

    /// <summary>Disarms the watchdog and ends the feeder.</summary>
    /// <returns>Null if it is disarmed, else why not.</returns>
    Task<string?> DisarmAsync(CancellationToken cancellationToken = default);
}
