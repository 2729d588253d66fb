using Akka.Event;

namespace Akka.Actor.Internal;

/// <summary>What runs when the actors of a system have ended: what was registered last runs first.</summary>
internal sealed class TerminationCallbacks
{
    private readonly ActorSystemImpl _system;
    private readonly Lock _lock = new();
    private readonly Stack<Action> _callbacks = new();
    private readonly TaskCompletionSource _ended;
    private bool _running;

    public TerminationCallbacks(ActorSystemImpl system, Task actorsEnded)
    {
        _system = system;
        _ended = new TaskCompletionSource(
            system.Environment.IsDeterministic ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        actorsEnded.ContinueWith(_ => RunNow(), CancellationToken.None, TaskContinuationOptions.None, system.Environment.TaskScheduler);
    }

    public Task Ended => _ended.Task;

    public void Add(Action callback)
    {
        lock (_lock)
        {
            if (_running)
                throw new InvalidOperationException("ActorSystem already terminated.");
            _callbacks.Push(callback);
        }
    }

    public void RunNow()
    {
        lock (_lock)
        {
            if (_running)
                return;
            _running = true;
        }

        while (_callbacks.TryPop(out var callback))
        {
            try
            {
                callback();
            }
            catch (Exception failure)
            {
                _system.Log.Error(failure, "Failed to run termination callback, due to [{0}]", failure.Message);
            }
        }

        _system.EndServices();
        _ended.TrySetResult();
    }
}
