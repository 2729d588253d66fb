using Akka.Embedded;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Shuts an actor system down in phases. Each phase waits for those it depends on; the tasks of one phase run side by side. The phases
/// and their timeouts stand under <c>akka.coordinated-shutdown.phases</c>.
/// </summary>
public sealed partial class CoordinatedShutdown : IExtension
{
    /// <summary>The first phase: what has to be done before anything is shut down.</summary>
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";

    /// <summary>Stop taking requests from outside.</summary>
    public const string PhaseServiceUnbind = "service-unbind";

    /// <summary>Wait for requests that are being served.</summary>
    public const string PhaseServiceRequestsDone = "service-requests-done";

    /// <summary>Stop the endpoints of services.</summary>
    public const string PhaseServiceStop = "service-stop";

    /// <summary>What has to be done before the cluster is left.</summary>
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";

    /// <summary>Hand shards over.</summary>
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";

    /// <summary>Tell the cluster that this node leaves.</summary>
    public const string PhaseClusterLeave = "cluster-leave";

    /// <summary>Hand singletons over.</summary>
    public const string PhaseClusterExiting = "cluster-exiting";

    /// <summary>Wait until the exiting has been completed.</summary>
    public const string PhaseClusterExitingDone = "cluster-exiting-done";

    /// <summary>Stop the cluster extension.</summary>
    public const string PhaseClusterShutdown = "cluster-shutdown";

    /// <summary>What has to be done before the actor system ends.</summary>
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";

    /// <summary>The last phase: the actor system ends.</summary>
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly Lock _lock = new();
    private readonly IReadOnlyDictionary<string, ShutdownPhase> _phases;
    private readonly IReadOnlyList<string> _order;
    private readonly Dictionary<string, List<(string Name, Func<Task<Done>> Run)>> _tasks = new(StringComparer.Ordinal);
    private readonly RuntimeEnvironment _environment;
    private readonly ILoggingAdapter _log;
    private Task<Done>? _run;

    internal CoordinatedShutdown(ExtendedActorSystem system, IReadOnlyDictionary<string, ShutdownPhase> phases)
    {
        System = system;
        _phases = phases;
        _order = ShutdownPhase.Order(phases);
        _environment = RuntimeEnvironment.Of(system);
        _log = Logging.GetLogger(system, typeof(CoordinatedShutdown));
    }

    /// <summary>The actor system that is shut down.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>Why the shutdown was started; null as long as it was not.</summary>
    public Reason? ShutdownReason { get; private set; }

    /// <summary>The sum of the timeouts of all phases that have tasks.</summary>
    public TimeSpan TotalTimeout
    {
        get
        {
            lock (_lock)
                return _tasks.Keys.Aggregate(TimeSpan.Zero, (sum, phase) => sum + Timeout(phase));
        }
    }

    /// <summary>The coordinated shutdown of <paramref name="sys"/>.</summary>
    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>How long a phase may take.</summary>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public TimeSpan Timeout(string phase) =>
        _phases.TryGetValue(phase, out var known) ? known.Timeout : throw Unknown(phase, nameof(phase));

    /// <summary>
    /// Adds a task to a phase. Added while the shutdown runs, it is run if its phase has not begun.
    /// </summary>
    /// <param name="phase">The name of the phase.</param>
    /// <param name="taskName">Says in the log which task it is.</param>
    /// <param name="task">Starts the task; the phase waits for what it returns.</param>
    /// <exception cref="ArgumentException">There is no such phase, or the name is empty.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (string.IsNullOrEmpty(taskName))
            throw new ArgumentException($"A task of the phase {phase} needs a name; the log tells tasks apart by it.", nameof(taskName));
        if (!_order.Contains(phase))
            throw Unknown(phase, nameof(phase));
        lock (_lock)
        {
            if (!_tasks.TryGetValue(phase, out var tasks))
                _tasks.Add(phase, tasks = []);
            tasks.Add((taskName, task));
        }
    }

    /// <summary>Starts the shutdown. Only the first call does; each gets the same task.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="fromPhase">The phase to begin with; those before it are left out.</param>
    /// <returns>Ends with the last phase. Fails if a phase without <c>recover</c> fails; the phases after it do not run.</returns>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        if (fromPhase is not null && !_order.Contains(fromPhase))
            throw Unknown(fromPhase, nameof(fromPhase));

        TaskCompletionSource<Done> done;
        lock (_lock)
        {
            if (_run is not null)
                return _run;
            ShutdownReason = reason;
            done = new TaskCompletionSource<Done>(_environment.IsDeterministic ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
            _run = done.Task;
        }

        _log.Info("{0} is shut down: {1}.", System.Name, reason);
        var phases = fromPhase is null ? _order : _order.SkipWhile(phase => phase != fromPhase).ToList();
        _ = Task.Factory.StartNew(() => RunPhasesAsync(phases, done), CancellationToken.None, TaskCreationOptions.DenyChildAttach, _environment.TaskScheduler);
        return done.Task;
    }

    // Continuations stay on the environment's scheduler: no ConfigureAwait(false) here.
    private async Task RunPhasesAsync(IEnumerable<string> phases, TaskCompletionSource<Done> done)
    {
        try
        {
            foreach (var phase in phases)
                await RunPhaseAsync(phase);
            done.TrySetResult(Done.Instance);
        }
        catch (Exception e)
        {
            done.TrySetException(e);
        }
    }

    private async Task RunPhaseAsync(string name)
    {
        (string Name, Func<Task<Done>> Run)[] tasks;
        lock (_lock)
            tasks = _tasks.TryGetValue(name, out var added) ? [.. added] : [];
        if (tasks.Length == 0)
        {
            _log.Debug("The phase {0} of the shutdown has no tasks.", name);
            return;
        }

        var phase = _phases.GetValueOrDefault(name) ?? throw Unknown(name, nameof(name));
        _log.Debug("The phase {0} of the shutdown begins with the tasks {1}.", name, string.Join(", ", tasks.Select(t => t.Name)));
        var running = tasks.Select(task => (task.Name, Task: Start(task.Run))).ToArray();
        // Each is waited for to its own end: the first failure must not hide what the others do.
        var guarded = Task.WhenAll(running.Select(task => RecoverAsync(name, task.Name, task.Task, phase.Recover)));
        try
        {
            await guarded.WaitAsync(phase.Timeout, _environment.Time);
        }
        catch (TimeoutException) when (!guarded.IsCompleted)
        {
            var late = string.Join(", ", running.Where(task => !task.Task.IsCompleted).Select(task => task.Name));
            if (!phase.Recover)
                throw new TimeoutException($"The phase {name} of the shutdown of {System.Name} did not end within {phase.Timeout}: still running are the tasks {late}.");
            _log.Warning("The phase {0} of the shutdown did not end within {1}: still running are the tasks {2}. The shutdown goes on without them.", name, phase.Timeout, late);
        }
    }

    private async Task RecoverAsync(string phase, string name, Task<Done> task, bool recover)
    {
        try
        {
            await task;
        }
        catch (Exception e) when (recover)
        {
            _log.Warning("The task {0} in the phase {1} of the shutdown failed: {2}. The shutdown goes on.", name, phase, e.Message);
        }
    }

    private static Task<Done> Start(Func<Task<Done>> task)
    {
        try
        {
            return task() ?? throw new InvalidOperationException("It returned no task.");
        }
        catch (Exception e)
        {
            return Task.FromException<Done>(e);
        }
    }

    private ArgumentException Unknown(string phase, string parameter) =>
        new($"There is no phase {phase} under akka.coordinated-shutdown.phases. There are: {string.Join(", ", _order)}.", parameter);
}
