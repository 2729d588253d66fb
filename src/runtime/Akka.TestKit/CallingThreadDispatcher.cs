using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.TestKit;

/// <summary>
/// Runs an actor on the thread that sends to it, so that a message is handled before the sender goes on. While the actor is busy on
/// another thread, the message is left for that thread.
/// </summary>
public class CallingThreadDispatcher : MessageDispatcher
{
    /// <summary>The path of its configuration.</summary>
    public static new string Id = "akka.test.calling-thread-dispatcher";

    /// <summary>Made by its configurator.</summary>
    public CallingThreadDispatcher(MessageDispatcherConfigurator configurator) : base(configurator)
    {
    }

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run) => run.Run();
}

/// <summary>Makes the <see cref="CallingThreadDispatcher"/> of an actor system.</summary>
public class CallingThreadDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly CallingThreadDispatcher _dispatcher;

    /// <summary>Made by the dispatchers of the actor system.</summary>
    public CallingThreadDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : base(config, prerequisites) =>
        _dispatcher = new CallingThreadDispatcher(this);

    /// <summary>One dispatcher for all actors: it has no state.</summary>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}
