namespace Akka.Dispatch;

/// <summary>A dispatcher whose actors share threads.</summary>
public class Dispatcher : MessageDispatcher
{
    private readonly ExecutorService _executor;

    internal Dispatcher(MessageDispatcherConfigurator configurator, string id, int throughput, long? throughputDeadlineTime, ExecutorService executor, TimeSpan shutdownTimeout)
        : base(configurator)
    {
        Id = id;
        Throughput = throughput;
        ThroughputDeadlineTime = throughputDeadlineTime;
        ShutdownTimeout = shutdownTimeout;
        _executor = executor;
    }

    internal override void Shutdown() => _executor.Shutdown();

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run) => _executor.Execute(run);
}

/// <summary>A dispatcher for one actor, with a thread of its own.</summary>
public sealed class PinnedDispatcher : Dispatcher
{
    internal PinnedDispatcher(MessageDispatcherConfigurator configurator, string id, int throughput, long? throughputDeadlineTime, ExecutorService executor, TimeSpan shutdownTimeout)
        : base(configurator, id, throughput, throughputDeadlineTime, executor, shutdownTimeout)
    {
    }

    private protected override void Abandoned() => Shutdown();
}
