using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;
using Akka.Embedded;

namespace Akka.Dispatch;

/// <summary>
/// The messages of one cell and the turn to handle them. It lies with the dispatcher at most once, so one thread at a time handles its messages.
/// </summary>
public class Mailbox : IRunnable
{
    private const int Closed = 1;
    private const int Scheduled = 2;
    private const int SuspendUnit = 4;

    private static readonly SystemMessage EndOfMessages = new NoMessage();

    // Closed and Scheduled in the lowest bits, above them how often it is suspended.
    private int _status;
    private SystemMessage? _newestSystemMessage;
    private ActorCell? _actor;

    /// <summary>Makes a mailbox around a queue.</summary>
    /// <param name="messageQueue">The queue.</param>
    public Mailbox(IMessageQueue messageQueue) => MessageQueue = messageQueue;

    /// <summary>The messages for the actor.</summary>
    public IMessageQueue MessageQueue { get; }

    /// <summary>Where it is handled.</summary>
    public MessageDispatcher Dispatcher => _actor!.Dispatcher;

    /// <summary>Whether messages are known to be handled in no time. Written by the turn alone.</summary>
    internal bool IsBrisk { get; set; } = true;

    internal bool IsClosed => (Volatile.Read(ref _status) & Closed) != 0;

    internal bool IsSuspended => SuspendCount > 0;

    internal int SuspendCount => Volatile.Read(ref _status) / SuspendUnit;

    internal bool HasMessages => MessageQueue.HasMessages;

    internal int NumberOfMessages => MessageQueue.Count;

    internal bool HasSystemMessages => Volatile.Read(ref _newestSystemMessage) is { } message && !ReferenceEquals(message, EndOfMessages);

    internal ActorCell Actor => _actor!;

    /// <summary>Says whose mailbox it is.</summary>
    /// <param name="actorCell">The cell.</param>
    public virtual void SetActor(ActorCell actorCell) => _actor = actorCell;

    /// <inheritdoc/>
    public void Execute() => WorkerLoop.Enter(this);

    /// <summary>Handles messages: first those for the cell, then a limited number of those for the actor.</summary>
    public void Run()
    {
        // Continuations of asynchronous handlers belong to the actor, not to whoever lends the thread.
        var lent = SynchronizationContext.Current;
        if (lent is not null)
            SynchronizationContext.SetSynchronizationContext(null);
        var before = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = _actor;
        EndOfTurn.Begin();
        try
        {
            if (!IsClosed)
            {
                ProcessAllSystemMessages();
                ProcessMailbox();
            }
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = before;
            if (lent is not null)
                SynchronizationContext.SetSynchronizationContext(lent);
            SetAsIdle();
            Dispatcher.RegisterForExecution(this, hasMessageHint: false, hasSystemMessageHint: false);
            EndOfTurn.End();
        }
    }

    /// <summary>Moves what is left to the dead letters, when the cell has ended.</summary>
    public virtual void CleanUp()
    {
        // Senders that come too late clean up as well.
        lock (MessageQueue)
        {
            var deadLetters = Actor.SystemImpl.Mailboxes.DeadLetterMailbox;
            for (var message = TakeSystemMessages(EndOfMessages); message is not null;)
            {
                var next = message.Next;
                message.Unlink();
                deadLetters.SystemEnqueue(Actor.Self, message);
                message = next;
            }

            MessageQueue.CleanUp(Actor.Self, deadLetters.MessageQueue);
        }
    }

    internal virtual void Enqueue(IActorRef receiver, Envelope envelope) => MessageQueue.Enqueue(receiver, envelope);

    /// <summary>Puts a message for the cell in; after the end it goes to the dead letters, which answer watchers.</summary>
    internal virtual void SystemEnqueue(IActorRef receiver, SystemMessage message)
    {
        while (true)
        {
            var newest = Volatile.Read(ref _newestSystemMessage);
            if (ReferenceEquals(newest, EndOfMessages))
            {
                Actor.SystemImpl.Mailboxes.DeadLetterMailbox.SystemEnqueue(receiver, message);
                return;
            }

            message.Next = newest;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _newestSystemMessage, message, newest), newest))
                return;
            message.Unlink();
        }
    }

    /// <summary>Whether there is something to do that may be done now.</summary>
    internal bool CanBeScheduled(bool hasMessageHint, bool hasSystemMessageHint)
    {
        var status = Volatile.Read(ref _status);
        if ((status & Closed) != 0)
            return false;
        if (status >= SuspendUnit)
            return hasSystemMessageHint || HasSystemMessages;
        return hasMessageHint || hasSystemMessageHint || HasSystemMessages || HasMessages;
    }

    /// <summary>Takes the turn; false when it is taken or there will be none.</summary>
    internal bool SetAsScheduled()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if ((status & (Closed | Scheduled)) != 0)
                return false;
            if (Interlocked.CompareExchange(ref _status, status | Scheduled, status) == status)
                return true;
        }
    }

    internal void SetAsIdle() => Interlocked.And(ref _status, ~Scheduled);

    internal void Suspend() => Interlocked.Add(ref _status, SuspendUnit);

    /// <summary>Takes one suspension back; true when none is left.</summary>
    internal bool Resume()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if ((status & Closed) != 0)
                return false;
            var next = status < SuspendUnit ? status : status - SuspendUnit;
            if (Interlocked.CompareExchange(ref _status, next, status) == status)
                return next < SuspendUnit;
        }
    }

    internal void BecomeClosed() => Interlocked.Exchange(ref _status, Closed);

    private void ProcessMailbox()
    {
        var actor = _actor!;
        var queue = MessageQueue;
        var dispatcher = actor.Dispatcher;
        var left = dispatcher.Throughput;
        var deadline = dispatcher.DeadlineFromNow();
        var loop = WorkerLoop.Current;
        var pace = default(TurnPace);
        var handled = 0;
        while (Volatile.Read(ref _status) < SuspendUnit && !IsClosed && queue.TryDequeue(out var envelope))
        {
            loop?.BeforeMessage(this, handled++, ref pace);
            actor.Invoke(envelope);
            if (Volatile.Read(ref _newestSystemMessage) is not null)
                ProcessAllSystemMessages();
            if (--left <= 0 || (deadline is { } end && dispatcher.IsPast(end)))
                return;
        }
    }

    private void ProcessAllSystemMessages()
    {
        var message = TakeSystemMessages(null);
        while (message is not null)
        {
            var next = message.Next;
            message.Unlink();
            if (IsClosed)
                Actor.SystemImpl.Mailboxes.DeadLetterMailbox.SystemEnqueue(Actor.Self, message);
            else
                _actor!.SystemInvoke(message);
            message = next ?? (IsClosed ? null : TakeSystemMessages(null));
        }
    }

    /// <summary>All messages for the cell, oldest first.</summary>
    private SystemMessage? TakeSystemMessages(SystemMessage? leave)
    {
        if (leave is null && Volatile.Read(ref _newestSystemMessage) is null)
            return null;
        var message = Interlocked.Exchange(ref _newestSystemMessage, leave);
        if (ReferenceEquals(message, EndOfMessages))
        {
            // Once closed it stays so.
            Volatile.Write(ref _newestSystemMessage, EndOfMessages);
            return null;
        }

        SystemMessage? oldest = null;
        while (message is not null)
        {
            var next = message.Next;
            message.Next = oldest;
            oldest = message;
            message = next;
        }

        return oldest;
    }
}
