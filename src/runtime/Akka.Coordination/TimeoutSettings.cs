using Akka.Configuration;

namespace Akka.Coordination;

/// <summary>How long a lease lasts, how often it is renewed, and how long one operation may take.</summary>
public sealed class TimeoutSettings
{
    private static readonly TimeSpan ShortestDerivedInterval = TimeSpan.FromSeconds(5);

    /// <summary>Puts the times together.</summary>
    /// <param name="heartbeatInterval">How often the owner renews.</param>
    /// <param name="heartbeatTimeout">After how long without a renewal the lease is free.</param>
    /// <param name="operationTimeout">How long one operation may take.</param>
    /// <exception cref="ArgumentException">The interval is not below half of the timeout, so that one lost renewal would lose the lease.</exception>
    public TimeoutSettings(TimeSpan heartbeatInterval, TimeSpan heartbeatTimeout, TimeSpan operationTimeout)
    {
        if (heartbeatInterval <= TimeSpan.Zero)
            throw new ArgumentException($"A lease must be renewed every now and then, but heartbeat-interval is {heartbeatInterval}.", nameof(heartbeatInterval));
        if (heartbeatInterval.Ticks >= heartbeatTimeout.Ticks / 2)
            throw new ArgumentException(
                $"heartbeat-interval ({heartbeatInterval}) must be less than half of heartbeat-timeout ({heartbeatTimeout}), or one lost renewal loses the lease.",
                nameof(heartbeatInterval));
        if (operationTimeout <= TimeSpan.Zero)
            throw new ArgumentException($"lease-operation-timeout must be above zero, but is {operationTimeout}.", nameof(operationTimeout));
        HeartbeatInterval = heartbeatInterval;
        HeartbeatTimeout = heartbeatTimeout;
        OperationTimeout = operationTimeout;
    }

    /// <summary>How often the owner renews.</summary>
    public TimeSpan HeartbeatInterval { get; }

    /// <summary>After how long without a renewal the lease is free.</summary>
    public TimeSpan HeartbeatTimeout { get; }

    /// <summary>How long one operation may take.</summary>
    public TimeSpan OperationTimeout { get; }

    /// <summary>
    /// Reads <c>heartbeat-timeout</c>, <c>heartbeat-interval</c> (empty: a tenth of the timeout, at least 5 s) and <c>lease-operation-timeout</c>.
    /// </summary>
    /// <param name="config">The block of a lease.</param>
    /// <exception cref="ArgumentException">The times do not fit together.</exception>
    public static TimeoutSettings Create(Config config)
    {
        var timeout = config.GetTimeSpan("heartbeat-timeout", TimeSpan.FromSeconds(120));
        var derived = TimeSpan.FromTicks(Math.Max(timeout.Ticks / 10, ShortestDerivedInterval.Ticks));
        var interval = string.IsNullOrEmpty(config.GetString("heartbeat-interval", "")) ? derived : config.GetTimeSpan("heartbeat-interval");
        return new TimeoutSettings(interval, timeout, config.GetTimeSpan("lease-operation-timeout", TimeSpan.FromSeconds(5)));
    }

    /// <summary>The same times with another interval.</summary>
    /// <param name="heartbeatInterval">How often the owner renews.</param>
    public TimeoutSettings WithHeartbeatInterval(TimeSpan heartbeatInterval) => new(heartbeatInterval, HeartbeatTimeout, OperationTimeout);

    /// <summary>The same times with another length of the lease.</summary>
    /// <param name="heartbeatTimeout">After how long without a renewal the lease is free.</param>
    public TimeoutSettings WithHeartbeatTimeout(TimeSpan heartbeatTimeout) => new(HeartbeatInterval, heartbeatTimeout, OperationTimeout);

    /// <summary>The same times with another limit for one operation.</summary>
    /// <param name="operationTimeout">How long one operation may take.</param>
    public TimeoutSettings withOperationTimeout(TimeSpan operationTimeout) => new(HeartbeatInterval, HeartbeatTimeout, operationTimeout);

    /// <inheritdoc/>
    public override string ToString() => $"TimeoutSettings({HeartbeatInterval}, {HeartbeatTimeout}, {OperationTimeout})";
}
