using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>A clock.</summary>
public interface ITimeProvider
{
    /// <summary>The wall-clock time; it may jump.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Time since some moment; it never jumps.</summary>
    TimeSpan MonotonicClock { get; }

    /// <summary>Time since some moment, as finely as the machine can; it never jumps.</summary>
    TimeSpan HighResMonotonicClock { get; }
}

/// <summary>The clock of a scheduler.</summary>
public interface IDateTimeOffsetNowTimeProvider : ITimeProvider
{
}

/// <summary>Sends messages later.</summary>
public interface ITellScheduler
{
    /// <summary>Sends a message once.</summary>
    /// <param name="delay">When.</param>
    /// <param name="receiver">Who gets it.</param>
    /// <param name="message">The message.</param>
    /// <param name="sender">Its sender.</param>
    void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender);

    /// <summary>Sends a message once.</summary>
    /// <param name="delay">When.</param>
    /// <param name="receiver">Who gets it.</param>
    /// <param name="message">The message.</param>
    /// <param name="sender">Its sender.</param>
    /// <param name="cancelable">Calls it off.</param>
    void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable);

    /// <summary>Sends a message at every interval.</summary>
    /// <param name="initialDelay">When for the first time.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="receiver">Who gets it.</param>
    /// <param name="message">The message.</param>
    /// <param name="sender">Its sender.</param>
    void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender);

    /// <summary>Sends a message at every interval.</summary>
    /// <param name="initialDelay">When for the first time.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="receiver">Who gets it.</param>
    /// <param name="message">The message.</param>
    /// <param name="sender">Its sender.</param>
    /// <param name="cancelable">Calls it off.</param>
    void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable);
}

/// <summary>Runs things later.</summary>
public interface IRunnableScheduler
{
    /// <summary>Runs something once.</summary>
    /// <param name="delay">When.</param>
    /// <param name="action">What.</param>
    /// <param name="cancelable">Calls it off.</param>
    void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable);

    /// <summary>Runs something once.</summary>
    /// <param name="delay">When.</param>
    /// <param name="action">What.</param>
    void ScheduleOnce(TimeSpan delay, IRunnable action);

    /// <summary>Runs something at every interval.</summary>
    /// <param name="initialDelay">When for the first time.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="action">What.</param>
    /// <param name="cancelable">Calls it off.</param>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable);

    /// <summary>Runs something at every interval.</summary>
    /// <param name="initialDelay">When for the first time.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="action">What.</param>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action);
}

/// <summary>Runs actions later.</summary>
public interface IActionScheduler : IRunnableScheduler
{
    /// <summary>Runs an action once.</summary>
    /// <param name="delay">When.</param>
    /// <param name="action">What.</param>
    /// <param name="cancelable">Calls it off.</param>
    void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable);

    /// <summary>Runs an action once.</summary>
    /// <param name="delay">When.</param>
    /// <param name="action">What.</param>
    void ScheduleOnce(TimeSpan delay, Action action);

    /// <summary>Runs an action at every interval.</summary>
    /// <param name="initialDelay">When for the first time.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="action">What.</param>
    /// <param name="cancelable">Calls it off.</param>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable);

    /// <summary>Runs an action at every interval.</summary>
    /// <param name="initialDelay">When for the first time.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="action">What.</param>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);
}

/// <summary>The part of a scheduler that runs code instead of sending messages; the code must not touch an actor's state.</summary>
public interface IAdvancedScheduler : IActionScheduler
{
}

/// <summary>Does things later.</summary>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    /// <summary>The part that runs code.</summary>
    IAdvancedScheduler Advanced { get; }
}
