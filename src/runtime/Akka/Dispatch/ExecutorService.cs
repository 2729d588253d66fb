using System.Collections.Concurrent;
using Akka.Embedded;

namespace Akka.Dispatch;

/// <summary>The threads behind a dispatcher.</summary>
public abstract class ExecutorService
{
    /// <summary>Makes the service.</summary>
    /// <param name="id">The id of its dispatcher.</param>
    protected ExecutorService(string id) => Id = id;

    /// <summary>The id of its dispatcher.</summary>
    public string Id { get; }

    /// <summary>Runs something soon.</summary>
    /// <param name="run">What.</param>
    /// <exception cref="RejectedExecutionException">The service has ended.</exception>
    public abstract void Execute(IRunnable run);

    /// <summary>Ends it; what lies in its queue is still run.</summary>
    public abstract void Shutdown();
}

/// <summary>Something was to run where nothing runs any more.</summary>
public class RejectedExecutionException : AkkaException
{
    /// <summary>With a message and perhaps a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="inner">The cause.</param>
    public RejectedExecutionException(string? message = null, Exception? inner = null) : base(message ?? "Rejected.", inner)
    {
    }
}

/// <summary>The threads of the environment: the thread pool, or the loop of a simulation.</summary>
internal sealed class EnvironmentExecutor(string id, RuntimeEnvironment environment) : ExecutorService(id)
{
    public override void Execute(IRunnable run) => environment.Execute(run, preferLocal: true);

    public override void Shutdown()
    {
    }
}

/// <summary>Some threads that nobody else uses, so that work elsewhere cannot starve these actors.</summary>
internal sealed class DedicatedThreadsExecutor : ExecutorService
{
    private readonly BlockingCollection<IRunnable> _queue = [];

    public DedicatedThreadsExecutor(string id, RuntimeEnvironment environment, int threads) : base(id)
    {
        for (var i = 1; i <= threads; i++)
            environment.ExecuteLong($"{id}-{i}", Work);
    }

    public override void Execute(IRunnable run)
    {
        try
        {
            _queue.Add(run);
        }
        catch (InvalidOperationException ended)
        {
            throw new RejectedExecutionException($"The threads of dispatcher [{Id}] have ended.", ended);
        }
    }

    public override void Shutdown() => _queue.CompleteAdding();

    private void Work()
    {
        foreach (var run in _queue.GetConsumingEnumerable())
            run.Run();
    }
}
