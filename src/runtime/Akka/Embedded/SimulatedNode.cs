namespace Akka.Embedded;

/// <summary>
/// A machine of a simulation: its part of the loop, its clock, its life. All its actor systems stop together when it is frozen (like a process that gets
/// SIGSTOP, or a host that sleeps) and are gone together when it is killed (like a power cut).
/// </summary>
public sealed class SimulatedNode : RuntimeEnvironment
{
    private readonly NodeTaskScheduler _scheduler;
    private readonly NodeTimeProvider _time;

    internal SimulatedNode(DeterministicEnvironment environment, string name)
    {
        Environment = environment;
        Name = name;
        _scheduler = new NodeTaskScheduler(this);
        _time = new NodeTimeProvider(this);
        Context = new NodeSynchronizationContext(this);
    }

    /// <summary>Its name, for the trace.</summary>
    public string Name { get; }

    /// <summary>The loop it shares.</summary>
    public DeterministicEnvironment Environment { get; }

    /// <summary>How far its wall clock is off.</summary>
    public TimeSpan WallClockOffset { get; private set; }

    /// <summary>Whether it is frozen.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Whether it was killed.</summary>
    public bool IsDead { get; private set; }

    /// <inheritdoc/>
    public override TimeProvider Time => _time;

    /// <inheritdoc/>
    public override TaskScheduler TaskScheduler => _scheduler;

    /// <inheritdoc/>
    public override bool IsDeterministic => true;

    internal List<WorkItem> Held { get; } = [];

    internal SynchronizationContext Context { get; }

    /// <summary>Stops it; what it should have done meanwhile is done after <see cref="Thaw"/>.</summary>
    public void Freeze()
    {
        if (IsFrozen)
            return;
        IsFrozen = true;
        Environment.Hold(this);
    }

    /// <summary>Lets it go on.</summary>
    public void Thaw()
    {
        if (!IsFrozen)
            return;
        IsFrozen = false;
        Environment.Thaw(this);
    }

    /// <summary>Ends it at once and for good: nothing of it runs any more, not even what ends things.</summary>
    public void Kill()
    {
        IsDead = true;
        Environment.Forget(this);
    }

    /// <summary>Sets its wall clock; deadlines do not care.</summary>
    /// <param name="by">By how much, from where it is now.</param>
    public void ShiftWallClock(TimeSpan by) => WallClockOffset += by;

    /// <inheritdoc/>
    public override Random CreateRandom(string purpose) => Environment.CreateRandom($"{Name}/{purpose}");

    /// <inheritdoc/>
    public override int NextUid() => Environment.NextUid();

    /// <inheritdoc/>
    public override void Execute(Action work) => Environment.Enqueue(new WorkItem(this, work));

    internal override void Execute(IThreadPoolWorkItem work, bool preferLocal) => Environment.Enqueue(new WorkItem(this, work));

    internal override void ExecuteLong(string name, Action work)
        => throw new NotSupportedException($"A simulation has one thread and no other one for [{name}].");

    internal void Run(Task task) => _scheduler.Run(task);

    private sealed class NodeTaskScheduler(SimulatedNode node) : TaskScheduler
    {
        public override int MaximumConcurrencyLevel => 1;

        public void Run(Task task) => TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => throw new NotSupportedException("The tasks lie in the loop.");

        protected override void QueueTask(Task task) => node.Environment.Enqueue(new WorkItem(node, task));

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
            => !taskWasPreviouslyQueued && ReferenceEquals(DeterministicEnvironment.OfThisThread, node) && TryExecuteTask(task);
    }

    private sealed class NodeSynchronizationContext(SimulatedNode node) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => node.Environment.Enqueue(new WorkItem(node, (d, state)));

        public override void Send(SendOrPostCallback d, object? state) => d(state);

        public override SynchronizationContext CreateCopy() => this;
    }

    private sealed class NodeTimeProvider(SimulatedNode node) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => node.Environment.Start + node.Environment.Elapsed + node.WallClockOffset;

        // Not from zero: zero stands for "never" in places.
        public override long GetTimestamp() => node.Environment.Now + TimeSpan.TicksPerDay;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new VirtualTimer(node, callback, state);
            timer.Change(dueTime, period);
            return timer;
        }
    }
}
