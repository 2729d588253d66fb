namespace Akka.Actor;

/// <summary>An actor with timers of its own.</summary>
public interface IWithTimers
{
    /// <summary>The timers; set by the runtime.</summary>
    ITimerScheduler Timers { get; set; }
}

/// <summary>
/// Timers that belong to one instance of an actor. Each has a key; starting one with a key in use replaces it, and a message of a timer that was
/// cancelled or replaced is never delivered, even if it lay in the mailbox. All end with the instance.
/// </summary>
public interface ITimerScheduler
{
    /// <summary>The keys of the timers that run.</summary>
    IReadOnlyCollection<object> ActiveTimers { get; }

    /// <summary>Sends a message to the actor at every interval, for the first time after one interval.</summary>
    /// <param name="key">The key.</param>
    /// <param name="msg">The message.</param>
    /// <param name="interval">The interval.</param>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    /// <summary>Sends a message to the actor at every interval, for the first time after one interval.</summary>
    /// <param name="key">The key.</param>
    /// <param name="msg">The message.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="sender">The sender it shall have.</param>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);

    /// <summary>Sends a message to the actor at every interval.</summary>
    /// <param name="key">The key.</param>
    /// <param name="msg">The message.</param>
    /// <param name="initialDelay">When it comes for the first time.</param>
    /// <param name="interval">The interval.</param>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    /// <summary>Sends a message to the actor at every interval.</summary>
    /// <param name="key">The key.</param>
    /// <param name="msg">The message.</param>
    /// <param name="initialDelay">When it comes for the first time.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="sender">The sender it shall have.</param>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);

    /// <summary>Sends a message to the actor once.</summary>
    /// <param name="key">The key.</param>
    /// <param name="msg">The message.</param>
    /// <param name="timeout">When.</param>
    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    /// <summary>Sends a message to the actor once.</summary>
    /// <param name="key">The key.</param>
    /// <param name="msg">The message.</param>
    /// <param name="timeout">When.</param>
    /// <param name="sender">The sender it shall have.</param>
    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);

    /// <summary>Whether a timer runs.</summary>
    /// <param name="key">The key.</param>
    bool IsTimerActive(object key);

    /// <summary>Ends a timer.</summary>
    /// <param name="key">The key.</param>
    void Cancel(object key);

    /// <summary>Ends all timers.</summary>
    void CancelAll();
}
