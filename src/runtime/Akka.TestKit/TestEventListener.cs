using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.TestEvent;

namespace Akka.TestKit;

/// <summary>
/// The logger of a test's actor system. Events that a filter matches are counted and not printed. Dead letters and unhandled
/// messages become warnings, so that filters see them too.
/// </summary>
public class TestEventListener : DefaultLogger
{
    private readonly List<EventFilterBase> _filters = [];

    /// <summary>Made by the logging bus.</summary>
    public TestEventListener()
    {
    }

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                foreach (var channel in new[] { typeof(Mute), typeof(Unmute), typeof(DeadLetter), typeof(UnhandledMessage) })
                    initialize.LoggingBus.Subscribe(Self, channel);
                Sender.Tell(new LoggerInitialized(), Self);
                return true;
            case Mute mute:
                _filters.AddRange(mute.Filters);
                return true;
            case Unmute unmute:
                foreach (var filter in unmute.Filters)
                    _filters.Remove(filter);
                return true;
            case LogEvent logEvent:
                PrintUnlessMuted(logEvent);
                return true;
            case DeadLetter letter:
                PrintUnlessMuted(new DeadLetterEvent(letter));
                return true;
            case UnhandledMessage unhandled:
                PrintUnlessMuted(new Warning(
                    unhandled.Recipient.Path.ToString(),
                    unhandled.Recipient.GetType(),
                    $"Unhandled message from {unhandled.Sender}: {unhandled.Message}"));
                return true;
            default:
                return false;
        }
    }

    private void PrintUnlessMuted(LogEvent logEvent)
    {
        // every filter is asked: each counts for itself
        var muted = false;
        foreach (var filter in _filters.ToArray())
        {
            try
            {
                muted |= filter.Apply(logEvent);
            }
            catch (Exception e)
            {
                Print(new Warning(e, nameof(TestEventListener), filter.GetType(), $"An event filter failed: {e}"));
            }
        }

        if (!muted)
            Print(logEvent);
    }
}
