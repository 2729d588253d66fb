using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The sender of a question: the first message it gets is the answer.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
public class FutureActorRef<T> : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _result;
    private readonly Lock _lock = new();
    private HashSet<IInternalActorRef>? _watchers;
    private ITimer? _timer;
    private CancellationTokenRegistration _cancellation;
    private TimeSpan _timeout;
    private bool _ended;

    /// <summary>Makes the reference.</summary>
    /// <param name="result">Gets the answer.</param>
    /// <param name="path">Its path.</param>
    /// <param name="provider">The provider, where it is registered.</param>
    public FutureActorRef(TaskCompletionSource<T> result, ActorPath path, IActorRefProvider provider)
    {
        _result = result;
        Path = path;
        Provider = provider;
    }

    /// <inheritdoc/>
    public override ActorPath Path { get; }

    /// <inheritdoc/>
    public override IActorRefProvider Provider { get; }

    /// <inheritdoc/>
    public override bool IsTerminated => _result.Task.IsCompleted;

    /// <summary>Sends the question.</summary>
    /// <param name="message">The question.</param>
    /// <param name="destination">Whom it goes to.</param>
    public virtual void DeliverAsk(object message, ICanTell destination)
    {
        try
        {
            destination.Tell(message, this);
        }
        catch
        {
            End();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case DeathWatchNotification notice:
                Tell(new Terminated(notice.Actor, notice.ExistenceConfirmed, notice.AddressTerminated), notice.Actor);
                break;
            case Watch watch when Equals(watch.Watchee):
                AddWatcher(watch.Watcher);
                break;
            case Unwatch unwatch when Equals(unwatch.Watchee):
                lock (_lock)
                    _watchers?.Remove(unwatch.Watcher);
                break;
        }
    }

    /// <inheritdoc/>
    public override void Stop()
    {
        End();
        _result.TrySetCanceled();
    }

    internal void ExpectAnswer(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        _timeout = timeout;
        if (timeout > TimeSpan.Zero)
        {
            var suppress = !ExecutionContext.IsFlowSuppressed();
            var flow = suppress ? ExecutionContext.SuppressFlow() : default;
            try
            {
                _timer = time.CreateTimer(
                    static state => ((FutureActorRef<T>)state!).TimedOut(), this, timeout, Timeout.InfiniteTimeSpan);
            }
            finally
            {
                if (suppress)
                    flow.Undo();
            }
        }
        else if (timeout != Timeout.InfiniteTimeSpan)
        {
            TimedOut();
        }

        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((FutureActorRef<T>)state!).Cancel(token), this);
    }

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
        var taken = message switch
        {
            T answer => _result.TrySetResult(answer),
            Status.Failure failure => _result.TrySetException(failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            _ => _result.TrySetException(new ArgumentException($"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        End();
        // A second answer, or one that comes too late, has nobody to go to.
        if (!taken && !_result.Task.IsCanceled)
            Provider.DeadLetters.Tell(new Event.DeadLetter(message, sender ?? Provider.DeadLetters, this), this);
    }

    private void TimedOut()
    {
        End();
        _result.TrySetException(new AskTimeoutException($"Timeout after {_timeout}: no answer came to {Path}."));
    }

    private void Cancel(CancellationToken token)
    {
        End();
        _result.TrySetCanceled(token);
    }

    private void AddWatcher(IInternalActorRef watcher)
    {
        lock (_lock)
        {
            if (!_ended)
            {
                (_watchers ??= []).Add(watcher);
                return;
            }
        }

        watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
    }

    private void End()
    {
        HashSet<IInternalActorRef>? watchers;
        lock (_lock)
        {
            if (_ended)
                return;
            _ended = true;
            watchers = _watchers;
        }

        Provider.UnregisterTempActor(Path);
        _timer?.Dispose();
        _cancellation.Unregister();
        foreach (var watcher in watchers ?? [])
            watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
    }
}
