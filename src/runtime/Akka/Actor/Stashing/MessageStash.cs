using Akka.Dispatch;

namespace Akka.Actor.Internal;

/// <summary>The stash of one instance of an actor.</summary>
internal sealed class MessageStash : IStash
{
    private readonly ActorCell _cell;
    private readonly IDequeBasedMessageQueueSemantics _mailbox;
    private LinkedList<Envelope> _messages = [];
    private int _lastStashed = -1;

    public MessageStash(ActorCell cell, int capacity)
    {
        _cell = cell;
        Capacity = capacity;
        _mailbox = cell.Mailbox.MessageQueue as IDequeBasedMessageQueueSemantics
            ?? throw new NotSupportedException($"DequeBasedMailbox required, got: {cell.Mailbox.MessageQueue.GetType().Name}. An (unbounded) deque-based mailbox can be configured as follows:\n    my-custom-mailbox {{\n        mailbox-type = \"Akka.Dispatch.UnboundedDequeBasedMailbox\"\n    }}\n");
    }

    public int Count => _messages.Count;

    public bool IsEmpty => _messages.Count == 0;

    public bool NonEmpty => _messages.Count > 0;

    public bool IsFull => Capacity >= 0 && _messages.Count >= Capacity;

    public int Capacity { get; }

    public void Stash()
    {
        var message = _cell.CurrentMessage
            ?? throw new IllegalActorStateException("Can't stash a message when none is being handled.");
        if (_cell.CurrentEnvelopeId == _lastStashed)
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        if (IsFull)
            throw new StashOverflowException($"Couldn't enqueue message {message} from {_cell.Sender} to stash of {_cell.Self}");
        _lastStashed = _cell.CurrentEnvelopeId;
        _messages.AddLast(new Envelope(message, _cell.CurrentSenderOrNull!));
    }

    public void Unstash()
    {
        if (_messages.First is not { } first)
            return;
        _messages.RemoveFirst();
        Enqueue(first.Value);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        var messages = _messages;
        _messages = [];
        // From the last to the first, each in front of the mailbox: so they come in their old order.
        for (var node = messages.Last; node is not null; node = node.Previous)
        {
            if (predicate(node.Value))
                Enqueue(node.Value);
        }
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var messages = _messages;
        _messages = [];
        return messages;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
        {
            if (IsFull)
                throw new StashOverflowException($"Couldn't enqueue message {envelope.Message} from {envelope.Sender} to stash of {_cell.Self}");
            _messages.AddFirst(envelope);
        }
    }

    private void Enqueue(Envelope envelope)
    {
        if (envelope.Message is Terminated terminated)
            _cell.TerminatedQueuedFor(terminated.ActorRef, Util.Option<object>.None);
        _mailbox.EnqueueFirst(envelope);
    }
}
