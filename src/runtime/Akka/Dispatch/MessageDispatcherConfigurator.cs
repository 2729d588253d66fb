using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Embedded;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>What dispatchers need of their system.</summary>
public interface IDispatcherPrerequisites
{
    /// <summary>The event stream.</summary>
    EventStream EventStream { get; }

    /// <summary>The scheduler.</summary>
    IScheduler Scheduler { get; }

    /// <summary>The settings.</summary>
    Settings Settings { get; }

    /// <summary>The mailboxes.</summary>
    Mailboxes Mailboxes { get; }
}

/// <summary>What dispatchers need of their system.</summary>
public sealed class DefaultDispatcherPrerequisites : IDispatcherPrerequisites
{
    /// <summary>Collects it.</summary>
    /// <param name="eventStream">The event stream.</param>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="mailboxes">The mailboxes.</param>
    public DefaultDispatcherPrerequisites(EventStream eventStream, IScheduler scheduler, Settings settings, Mailboxes mailboxes)
    {
        EventStream = eventStream;
        Scheduler = scheduler;
        Settings = settings;
        Mailboxes = mailboxes;
    }

    /// <inheritdoc/>
    public EventStream EventStream { get; }

    /// <inheritdoc/>
    public IScheduler Scheduler { get; }

    /// <inheritdoc/>
    public Settings Settings { get; }

    /// <inheritdoc/>
    public Mailboxes Mailboxes { get; }
}

/// <summary>Makes the dispatchers of one configuration section.</summary>
public abstract class MessageDispatcherConfigurator
{
    /// <summary>Called by the runtime.</summary>
    /// <param name="config">The section.</param>
    /// <param name="prerequisites">What dispatchers need of their system.</param>
    protected MessageDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    {
        Config = config;
        Prerequisites = prerequisites;
        MailboxId = config?.GetString("mailbox-type", "") is { Length: > 0 } ? Id : null;
    }

    /// <summary>The section.</summary>
    public Config Config { get; }

    /// <summary>What dispatchers need of their system.</summary>
    public IDispatcherPrerequisites Prerequisites { get; }

    private protected RuntimeEnvironment Environment => ((ActorSystemImpl)Prerequisites.Settings.System).Environment;

    /// <summary>The id of the mailbox that actors get here unless they name their own; null for none.</summary>
    internal string? MailboxId { get; }

    /// <summary>The dispatcher for an actor; the same one for all or one for each.</summary>
    public abstract MessageDispatcher Dispatcher();

    private protected string Id => Config.GetString("id", "") ?? "";

    // In a simulation every message is a turn of its own, so that the seed decides about every interleaving.
    private protected int Throughput => Environment.IsDeterministic ? 1 : Config.GetInt("throughput", MessageDispatcher.DefaultThroughput);

    private protected long? Deadline
    {
        get
        {
            var deadline = Config.GetTimeSpan("throughput-deadline-time", TimeSpan.Zero);
            return deadline > TimeSpan.Zero ? deadline.Ticks : null;
        }
    }

    private protected TimeSpan ShutdownTimeout => Config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1));

    private protected ExecutorService CreateExecutor(string executor, int? threads = null)
    {
        if (Environment.IsDeterministic)
            return new EnvironmentExecutor(Id, Environment);
        return executor switch
        {
            "" or "default-executor" or "thread-pool-executor" or "channel-executor" or "task-executor" => new EnvironmentExecutor(Id, Environment),
            "fork-join-executor" => new DedicatedThreadsExecutor(Id, Environment, threads ?? Threads()),
            _ => throw new ConfigurationException($"The dispatcher [{Id}] names the executor [{executor}]; there are default-executor, thread-pool-executor, channel-executor and fork-join-executor."),
        };
    }

    private int Threads()
    {
        var configured = Config.GetInt("dedicated-thread-pool.thread-count", 0);
        if (configured > 0)
            return configured;
        var pool = Config.GetConfig("fork-join-executor");
        return pool.IsNullOrEmpty()
            ? System.Environment.ProcessorCount
            : ThreadPoolConfig.ScaledPoolSize(pool.GetInt("parallelism-min", 8), pool.GetDouble("parallelism-factor", 1.0), pool.GetInt("parallelism-max", 64));
    }
}

/// <summary>The size of a pool of threads.</summary>
public class ThreadPoolConfig
{
    /// <summary>A number that grows with the processors of the machine, within bounds.</summary>
    /// <param name="floor">At least.</param>
    /// <param name="scalar">For each processor.</param>
    /// <param name="ceiling">At most.</param>
    public static int ScaledPoolSize(int floor, double scalar, int ceiling)
        => Math.Min(Math.Max((int)Math.Ceiling(Environment.ProcessorCount * scalar), floor), ceiling);
}

/// <summary>Makes one <see cref="Dispatch.Dispatcher"/> for all its actors.</summary>
public sealed class DispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly Lazy<MessageDispatcher> _instance;

    /// <summary>Called by the runtime.</summary>
    /// <param name="config">The section.</param>
    /// <param name="prerequisites">What dispatchers need of their system.</param>
    public DispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : base(config, prerequisites)
    {
        var executor = config.GetString("executor", "") ?? "";
        // The type of older configurations says what the executor says in newer ones.
        if (config.GetString("type", "") == "ForkJoinDispatcher")
            executor = "fork-join-executor";
        _instance = new Lazy<MessageDispatcher>(() => new Dispatcher(this, Id, Throughput, Deadline, CreateExecutor(executor), ShutdownTimeout));
    }

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _instance.Value;
}

/// <summary>Makes a <see cref="PinnedDispatcher"/> for each actor.</summary>
internal sealed class PinnedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
{
    public override MessageDispatcher Dispatcher()
        => new PinnedDispatcher(this, Id, Throughput, Deadline, CreateExecutor("fork-join-executor", threads: 1), ShutdownTimeout);
}
