using Akka.Actor;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>Gives mailboxes their turns.</summary>
public abstract class MessageDispatcher
{
    /// <summary>How many messages one turn handles unless configured otherwise.</summary>
    public const int DefaultThroughput = 100;

    private readonly TimeProvider _time;
    private long _inhabitants;

    /// <summary>Makes a dispatcher.</summary>
    /// <param name="configurator">What it was configured by.</param>
    protected MessageDispatcher(MessageDispatcherConfigurator configurator)
    {
        Configurator = configurator;
        _time = configurator.Prerequisites.Settings.System is Akka.Actor.Internal.ActorSystemImpl system ? system.Environment.Time : Embedded.RuntimeEnvironment.Real.Time;
        Throughput = DefaultThroughput;
        Id = "";
    }

    /// <summary>What it was configured by.</summary>
    public MessageDispatcherConfigurator Configurator { get; }

    /// <summary>The event stream of the system.</summary>
    public EventStream EventStream => Configurator.Prerequisites.EventStream;

    /// <summary>The mailboxes of the system.</summary>
    public Mailboxes Mailboxes => Configurator.Prerequisites.Mailboxes;

    /// <summary>The path of its configuration.</summary>
    public string Id { get; protected set; }

    /// <summary>How many messages one turn handles.</summary>
    public int Throughput { get; set; }

    /// <summary>How long one turn may last, in ticks of 100 ns; null for any time.</summary>
    public long? ThroughputDeadlineTime { get; protected set; }

    /// <summary>How long it waits for its threads when it ends.</summary>
    public TimeSpan ShutdownTimeout { get; protected set; }

    /// <summary>How many actors live on it.</summary>
    protected long Inhabitants => Interlocked.Read(ref _inhabitants);

    /// <summary>Lets an actor live here, and gives it its first turn.</summary>
    /// <param name="cell">The actor.</param>
    public virtual void Attach(ActorCell cell)
    {
        Interlocked.Increment(ref _inhabitants);
        RegisterForExecution(cell.Mailbox, hasMessageHint: false, hasSystemMessageHint: true);
    }

    /// <summary>Closes the mailbox of an actor that has ended.</summary>
    /// <param name="cell">The actor.</param>
    public virtual void Detach(ActorCell cell)
    {
        var mailbox = cell.SwapMailbox(Mailboxes.DeadLetterMailbox);
        if (ReferenceEquals(mailbox, Mailboxes.DeadLetterMailbox))
            return;
        mailbox.BecomeClosed();
        mailbox.CleanUp();
        if (Interlocked.Decrement(ref _inhabitants) == 0)
            Abandoned();
    }

    /// <summary>Puts a message into the mailbox of an actor and sees that it gets a turn.</summary>
    /// <param name="cell">The actor.</param>
    /// <param name="envelope">The message.</param>
    public virtual void Dispatch(ActorCell cell, Envelope envelope)
    {
        var mailbox = cell.Mailbox;
        mailbox.Enqueue(cell.Self, envelope);
        RegisterForExecution(mailbox, hasMessageHint: true, hasSystemMessageHint: false);
        // The actor may have ended between the two: the message must not vanish without a dead letter.
        if (mailbox.IsClosed && mailbox is not DeadLetterMailbox)
            mailbox.CleanUp();
    }

    /// <summary>Puts a message for the cell into the mailbox of an actor and sees that it gets a turn.</summary>
    /// <param name="cell">The actor.</param>
    /// <param name="message">The message.</param>
    public virtual void SystemDispatch(ActorCell cell, SystemMessage message)
    {
        var mailbox = cell.Mailbox;
        mailbox.SystemEnqueue(cell.Self, message);
        RegisterForExecution(mailbox, hasMessageHint: false, hasSystemMessageHint: true);
    }

    /// <summary>Runs something soon.</summary>
    /// <param name="run">What.</param>
    public void Schedule(Action run) => Schedule(new ActionRunnable(run));

    /// <summary>Runs something soon.</summary>
    /// <param name="run">What.</param>
    public void Schedule(IRunnable run) => ExecuteTask(run);

    /// <summary>Gives a mailbox a turn if it needs one and has none.</summary>
    internal virtual bool RegisterForExecution(Mailbox mailbox, bool hasMessageHint, bool hasSystemMessageHint)
    {
        if (!mailbox.CanBeScheduled(hasMessageHint, hasSystemMessageHint) || !mailbox.SetAsScheduled())
            return false;
        try
        {
            ExecuteTask(mailbox);
            return true;
        }
        catch
        {
            mailbox.SetAsIdle();
            throw;
        }
    }

    internal virtual Mailbox CreateMailbox(ActorCell cell, IMessageQueue queue) => new(queue);

    internal virtual void Suspend(ActorCell cell) => cell.Mailbox.Suspend();

    internal virtual void Resume(ActorCell cell)
    {
        var mailbox = cell.Mailbox;
        if (mailbox.Resume())
            RegisterForExecution(mailbox, hasMessageHint: false, hasSystemMessageHint: false);
    }

    internal long? DeadlineFromNow()
        => ThroughputDeadlineTime is { } ticks ? _time.GetTimestamp() + (long)(ticks / (double)TimeSpan.TicksPerSecond * _time.TimestampFrequency) : null;

    internal bool IsPast(long deadline) => _time.GetTimestamp() >= deadline;

    /// <summary>Ends it with the system.</summary>
    internal virtual void Shutdown()
    {
    }

    /// <summary>Called when the last actor has left.</summary>
    private protected virtual void Abandoned()
    {
    }

    /// <summary>Runs something on a thread of this dispatcher.</summary>
    /// <param name="run">What.</param>
    protected abstract void ExecuteTask(IRunnable run);

    /// <summary>Writes a failure to the log.</summary>
    /// <param name="ex">The failure.</param>
    protected void ReportFailure(Exception ex) => EventStream.Publish(new Error(ex, GetType().FullName!, GetType(), ex.Message));
}
