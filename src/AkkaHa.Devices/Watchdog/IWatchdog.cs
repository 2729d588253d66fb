namespace AkkaHa.Devices.Watchdog;

/// <summary>A timer that resets the node unless it is fed. Armed by being opened.</summary>
public interface IWatchdog : IDisposable
{
    /// <summary>What the driver calls itself.</summary>
    string Identity { get; }

    /// <summary>The time after the last feeding at which it fires, as the driver reads it back.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Whether it can be disarmed; with <c>nowayout</c> it cannot.</summary>
    bool CanDisarm { get; }

    /// <summary>Starts its time anew.</summary>
    /// <exception cref="IOException">The driver refused.</exception>
    void Feed();

    /// <summary>Ends it without a reset. Closing without this leaves it running.</summary>
    void Disarm();
}
