using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// Runs the pieces of an actor's asynchronous handlers as that actor: between them the mailbox is suspended, so no other message comes in
/// between, and after an await <c>Self</c>, <c>Sender</c> and <c>Context</c> are what they were.
/// </summary>
public class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell _cell;
    private object? _message;
    private IActorRef? _sender;
    private bool _failed;

    internal ActorTaskScheduler(ActorCell cell) => _cell = cell;

    /// <summary>The message whose handler waits; null if none does.</summary>
    public object? CurrentMessage => _message;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs something as an asynchronous handler does.</summary>
    /// <param name="action">What to run.</param>
    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>Runs an asynchronous handler of the actor that runs on this thread: the next message waits until its task has ended.</summary>
    /// <param name="asyncAction">The handler.</param>
    /// <exception cref="InvalidOperationException">No actor runs on this thread.</exception>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = InternalCurrentActorCellKeeper.Current
            ?? throw new InvalidOperationException("Cannot call RunTask outside of actor context");
        cell.TaskScheduler.Begin(asyncAction);
    }

    /// <summary>Runs a piece that the mailbox held.</summary>
    internal void Run(Task task)
    {
        var (message, sender) = (_cell.CurrentMessage, _cell.CurrentSenderOrNull);
        if (_message is not null)
            _cell.SetCurrent(_message, _sender);
        OnBeforeTaskStarted();
        try
        {
            TryExecuteTask(task);
        }
        finally
        {
            OnAfterTaskCompleted();
            // A handler that failed leaves its message for the restart to see.
            if (!_failed)
                _cell.SetCurrent(message, sender);
            _failed = false;
        }
    }

    /// <summary>Called before each piece.</summary>
    protected virtual void OnBeforeTaskStarted()
    {
    }

    /// <summary>Called after each piece.</summary>
    protected virtual void OnAfterTaskCompleted()
    {
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => _cell.SendSystemMessage(new ActorTask(task));

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
        => !taskWasPreviouslyQueued && ReferenceEquals(InternalCurrentActorCellKeeper.Current, _cell) && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => throw new NotSupportedException("The pieces lie in the actor's mailbox.");

    private void Begin(Func<Task> asyncAction)
    {
        var (message, sender) = (_message, _sender);
        (_message, _sender) = (_cell.CurrentMessage, _cell.CurrentSenderOrNull);
        var waits = false;
        try
        {
            var first = new Task<Task>(asyncAction);
            first.RunSynchronously(this);
            // Whatever it threw before the first await comes out here, as from any handler.
            var handler = first.GetAwaiter().GetResult();
            waits = !handler.IsCompleted;
            if (waits)
                AwaitEnd(handler);
            else
                handler.GetAwaiter().GetResult();
        }
        finally
        {
            if (!waits)
                (_message, _sender) = (message, sender);
        }
    }

    private void AwaitEnd(Task handler)
    {
        _cell.CancelReceiveTimeout();
        _cell.AwaitedTasks++;
        _cell.Dispatcher.Suspend(_cell);
        handler.ContinueWith(
            static (ended, state) => ((ActorTaskScheduler)state!).Ended(ended), this, CancellationToken.None, TaskContinuationOptions.None, this);
    }

    private void Ended(Task handler)
    {
        _cell.AwaitedTasks--;
        _cell.Dispatcher.Resume(_cell);
        if (_cell.AwaitedTasks == 0)
            (_message, _sender) = (null, null);
        try
        {
            handler.GetAwaiter().GetResult();
            _cell.CheckReceiveTimeout();
        }
        catch (Exception cause)
        {
            _failed = true;
            _cell.HandleInvokeFailure(cause);
        }
    }
}
