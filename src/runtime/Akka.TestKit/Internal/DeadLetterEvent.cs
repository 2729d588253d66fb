using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>A dead letter in the shape of a log event, so that event filters can match it. The letter itself is the message.</summary>
internal sealed class DeadLetterEvent : Warning
{
    internal DeadLetterEvent(DeadLetter letter)
        : base(letter.Recipient.Path.ToString(), letter.Recipient.GetType(), $"Dead letter for {letter.Recipient} from {letter.Sender}: {letter.Message}") =>
        Letter = letter;

    internal DeadLetter Letter { get; }
}
