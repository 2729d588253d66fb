namespace Akka.Actor;

/// <content>Named timers, and the time a state may last without a message.</content>
public abstract partial class FSM<TState, TData>
{
    /// <summary>Sends a message to the machine after a while, once or again and again. A timer of the same name is replaced.</summary>
    public void SetTimer(string name, object msg, TimeSpan timeout, bool repeat = false)
    {
        CancelTimer(name);
        var timer = new FsmTimer(name, msg, repeat, new Cancelable(Context.System.Scheduler.Advanced));
        _timers[name] = timer;
        if (repeat)
            Context.System.Scheduler.ScheduleTellRepeatedly(timeout, timeout, Self, timer, Self, timer.Cancelable);
        else
            Context.System.Scheduler.ScheduleTellOnce(timeout, Self, timer, Self, timer.Cancelable);
    }

    /// <summary>Ends a timer. Its message does not come any more, even if it is already under way.</summary>
    public void CancelTimer(string name)
    {
        if (_timers.Remove(name, out var timer))
            timer.Cancelable.Cancel();
    }

    /// <summary>Whether a timer runs.</summary>
    public bool IsTimerActive(string name) => _timers.ContainsKey(name);

    /// <summary>Sets after how long without a message a state gets a <see cref="FSMBase.StateTimeout"/>; null for never.</summary>
    public void SetStateTimeout(TState state, TimeSpan? timeout) => _timeouts[state] = timeout;

    private void StartStateTimeout(TimeSpan? timeout)
    {
        if (timeout is not { } wait || wait < TimeSpan.Zero)
            return;
        _stateTimer?.Cancel();
        _stateTimer = Context.System.Scheduler.ScheduleTellOnceCancelable(wait, Self, new StateTimeoutMarker(_generation), Self);
    }

    private void EndStateTimeout()
    {
        _stateTimer?.Cancel();
        _stateTimer = null;
        // what is already in the mailbox is known by its number and left alone
        _generation++;
    }

    private sealed record StateTimeoutMarker(long Generation) : INoSerializationVerificationNeeded;

    private sealed class FsmTimer(string name, object message, bool repeat, ICancelable cancelable) : INoSerializationVerificationNeeded
    {
        internal string Name => name;

        internal object Message => message;

        internal bool Repeat => repeat;

        internal ICancelable Cancelable => cancelable;
    }
}
