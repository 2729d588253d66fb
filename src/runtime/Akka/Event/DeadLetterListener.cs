using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs dead letters, up to the number in <c>akka.log-dead-letters</c>, and again after <c>akka.log-dead-letters-suspend-duration</c>.</summary>
public class DeadLetterListener : ActorBase
{
    private readonly EventStream _eventStream = Context.System.EventStream;
    private readonly int _limit = Context.System.Settings.LogDeadLetters;
    private readonly TimeSpan _pause = Context.System.Settings.LogDeadLettersSuspendDuration;
    private readonly bool _pauseEnds = Context.System.Settings.LogDeadLettersSuspendDuration != Timeout.InfiniteTimeSpan;
    private int _count;
    private TimeSpan? _silentUntil;

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
    }

    /// <inheritdoc/>
    protected override void PostRestart(Exception reason)
    {
    }

    /// <inheritdoc/>
    protected override void PostStop() => _eventStream.Unsubscribe(Self);

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        if (message is not AllDeadLetters letter || letter is SuppressedDeadLetter)
            return message is AllDeadLetters;
        // Its own lines would come back when they cannot be written.
        if (letter.Message is LogEvent)
            return true;
        var now = Context.System.Scheduler.MonotonicClock;
        if (_silentUntil is { } until)
        {
            _count++;
            if (now < until)
                return true;
            Log(letter, $", of which {_count - 1} were not logged");
            _count = 0;
            _silentUntil = null;
            return true;
        }

        _count++;
        if (_limit == int.MaxValue || _count < _limit)
        {
            Log(letter, "");
            return true;
        }

        Log(letter, _pauseEnds ? $", no more dead letters will be logged in next [{_pause}]" : ", no more dead letters will be logged");
        _silentUntil = _pauseEnds ? now + _pause : TimeSpan.MaxValue;
        _count = 0;
        return true;
    }

    /// <summary>Subscribes a listener; called by who makes it, so that no dead letter from then on is missed.</summary>
    internal static void Subscribe(EventStream stream, IActorRef listener)
    {
        stream.Subscribe(listener, typeof(DeadLetter));
        stream.Subscribe(listener, typeof(Dropped));
        stream.Subscribe(listener, typeof(UnhandledMessage));
    }

    private void Log(AllDeadLetters letter, string done)
    {
        var sender = letter.Sender is { } from ? from.ToString() : "no sender";
        var what = letter switch
        {
            Dropped dropped => $"was dropped. {dropped.Reason}.",
            UnhandledMessage => "was unhandled.",
            _ => "was not delivered.",
        };
        var type = letter.Message.GetType();
        _eventStream.Publish(new Info(
            letter.Recipient.Path.ToString(),
            letter.Recipient.GetType(),
            $"Message [{type.Name}] from {sender} to {letter.Recipient} {what} [{_count}] dead letters encountered{done}. "
            + "If this is not an expected behavior then it may have terminated unexpectedly. This logging can be turned off or adjusted with configuration settings "
            + "'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'. Message content: " + letter.Message));
    }
}
