namespace Akka.Actor;

/// <content>The timeout for not getting messages.</content>
public partial class ActorCell
{
    private TimeSpan? _receiveTimeout;
    private ICancelable? _receiveTimeoutTimer;

    /// <inheritdoc/>
    public TimeSpan? ReceiveTimeout => _receiveTimeout;

    /// <inheritdoc/>
    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        if (timeout <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "A receive timeout must be positive.");
        _receiveTimeout = timeout == Timeout.InfiniteTimeSpan ? null : timeout;
        // Within a handler it is armed when the handler ends.
        if (_receiveTimeout is null)
            CancelReceiveTimeout();
        else if (_currentMessage is null)
            CheckReceiveTimeout();
    }

    /// <summary>Arms the timeout when nothing waits in the mailbox.</summary>
    /// <param name="reschedule">Whether the time begins anew.</param>
    public void CheckReceiveTimeout(bool reschedule = true)
    {
        if (_receiveTimeout is not { } timeout || Mailbox.IsClosed)
        {
            CancelReceiveTimeout();
            return;
        }

        if (!reschedule && _receiveTimeoutTimer is not null)
            return;
        CancelReceiveTimeout();
        if (!Mailbox.HasMessages)
            _receiveTimeoutTimer = SystemImpl.Scheduler.ScheduleTellOnceCancelable(timeout, _self, Akka.Actor.ReceiveTimeout.Instance, _self);
    }

    internal void CancelReceiveTimeout()
    {
        _receiveTimeoutTimer?.Cancel();
        _receiveTimeoutTimer = null;
    }
}
