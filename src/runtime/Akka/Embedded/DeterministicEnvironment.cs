using System.Globalization;

namespace Akka.Embedded;

/// <summary>
/// One thread, virtual time and seeded chance for any number of actor systems. What is ready to run is run in an order that the seed decides; time
/// passes only when nothing is ready. The same seed gives the same run. Nothing here may be touched from other threads while it runs.
/// </summary>
public sealed class DeterministicEnvironment : RuntimeEnvironment
{
    // More steps than this without time passing mean that actors keep each other busy for ever.
    private const int MaxStepsAtOneInstant = 5_000_000;

    [ThreadStatic]
    private static SimulatedNode? _nodeOfThisThread;

    private readonly Lock _lock = new();
    private readonly List<WorkItem> _ready = [];
    private readonly PriorityQueue<VirtualTimer.Shot, (long Due, long Number)> _timers = new();
    private readonly Dictionary<string, ulong> _randoms = new(StringComparer.Ordinal);
    private readonly SeededRandom _order;
    private readonly SeededRandom _uids;
    private readonly SimulatedNode _default;
    private Thread? _runner;
    private Exception? _violation;
    private long _timerNumber;
    private long _now;
    private int _stepsAtThisInstant;

    /// <summary>Begins a run.</summary>
    /// <param name="seed">Decides about everything that is left to chance.</param>
    /// <param name="start">The wall-clock time at the beginning; 2026-01-01 UTC if null.</param>
    public DeterministicEnvironment(long seed, DateTimeOffset? start = null)
    {
        Seed = seed;
        Start = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _order = new SeededRandom(SeededRandom.Mix((ulong)seed, "order", 0));
        _uids = new SeededRandom(SeededRandom.Mix((ulong)seed, "uids", 0));
        _default = new SimulatedNode(this, "");
    }

    /// <summary>Called before each step with a line that describes it; the lines of two runs with one seed are the same.</summary>
    public Action<string>? Trace { get; set; }

    /// <summary>The seed.</summary>
    public long Seed { get; }

    /// <summary>The wall-clock time at the beginning.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>How much virtual time has passed.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(_now);

    /// <summary>How many steps were made.</summary>
    public long Steps { get; private set; }

    /// <summary>How many pieces of work are ready to run.</summary>
    public int ReadyCount => _ready.Count;

    /// <inheritdoc/>
    public override TimeProvider Time => _default.Time;

    /// <inheritdoc/>
    public override TaskScheduler TaskScheduler => _default.TaskScheduler;

    /// <inheritdoc/>
    public override bool IsDeterministic => true;

    internal static RuntimeEnvironment? OfThisThread => _nodeOfThisThread;

    /// <summary>An environment for one machine: it shares loop, time and seed, and can be frozen and killed by itself.</summary>
    /// <param name="name">Its name, for the trace.</param>
    public SimulatedNode CreateNode(string name) => new(this, name);

    /// <inheritdoc/>
    public override Random CreateRandom(string purpose)
    {
        lock (_lock)
        {
            // Each caller gets its own sequence, so that one more number here changes nothing there.
            var number = _randoms.GetValueOrDefault(purpose);
            _randoms[purpose] = number + 1;
            return new SeededRandom(SeededRandom.Mix((ulong)Seed, purpose, number + 1));
        }
    }

    /// <inheritdoc/>
    public override int NextUid() => _uids.Next(1, int.MaxValue);

    /// <inheritdoc/>
    public override void Execute(Action work) => _default.Execute(work);

    internal override void Execute(IThreadPoolWorkItem work, bool preferLocal) => _default.Execute(work, preferLocal);

    internal override void ExecuteLong(string name, Action work) => _default.ExecuteLong(name, work);

    /// <summary>Makes one step.</summary>
    /// <returns>False when nothing is ready.</returns>
    /// <exception cref="InvalidOperationException">Another thread has interfered, or no end of steps without time passing is in sight.</exception>
    public bool RunNext()
    {
        WorkItem item;
        lock (_lock)
        {
            if (_violation is not null)
                throw new InvalidOperationException("A thread outside the loop has given it work; the run cannot be repeated from its seed.", _violation);
            if (_ready.Count == 0)
                return false;
            var chosen = _ready.Count == 1 ? 0 : _order.Next(_ready.Count);
            item = _ready[chosen];
            // The order of what is left does not matter, as the next choice is by chance again; but it must be the same each time.
            _ready[chosen] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
        }

        if (++_stepsAtThisInstant > MaxStepsAtOneInstant)
            throw new InvalidOperationException($"{MaxStepsAtOneInstant} steps were made at {Elapsed} without time passing: something keeps itself busy for ever.");
        Steps++;
        Trace?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{Steps} {Elapsed:c} {item.Node.Name} {item.Describe()}"));
        Run(item);
        return true;
    }

    /// <summary>Makes steps until nothing is ready; no time passes.</summary>
    public void RunUntilIdle()
    {
        while (RunNext())
        {
        }
    }

    /// <summary>Lets a span of virtual time pass and does everything that falls into it.</summary>
    /// <param name="span">The span.</param>
    public void RunFor(TimeSpan span)
    {
        var end = _now + span.Ticks;
        RunUntilIdle();
        while (AdvanceToNextTimer(end))
            RunUntilIdle();
        _now = Math.Max(_now, end);
    }

    /// <summary>Makes steps, and lets time pass where nothing is ready, until a condition holds.</summary>
    /// <param name="condition">Looked at after every step.</param>
    /// <param name="atMost">How much virtual time may pass.</param>
    /// <returns>Whether it holds.</returns>
    public bool RunUntil(Func<bool> condition, TimeSpan atMost)
    {
        var end = atMost == Timeout.InfiniteTimeSpan ? long.MaxValue : _now + atMost.Ticks;
        while (true)
        {
            if (condition())
                return true;
            if (RunNext() || AdvanceToNextTimer(end))
                continue;
            if (end != long.MaxValue)
                _now = Math.Max(_now, end);
            return condition();
        }
    }

    /// <summary>Runs until a task has ended and returns its result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="task">The task.</param>
    /// <param name="atMost">How much virtual time may pass.</param>
    /// <exception cref="TimeoutException">It has not ended.</exception>
    public T RunUntilCompleted<T>(Task<T> task, TimeSpan atMost)
    {
        RunUntilCompleted((Task)task, atMost);
        return task.Result;
    }

    /// <summary>Runs until a task has ended; a failure of it comes out here.</summary>
    /// <param name="task">The task.</param>
    /// <param name="atMost">How much virtual time may pass.</param>
    /// <exception cref="TimeoutException">It has not ended.</exception>
    public void RunUntilCompleted(Task task, TimeSpan atMost)
    {
        if (!RunUntil(() => task.IsCompleted, atMost))
            throw new TimeoutException($"The task has not ended within {atMost} of virtual time; it is {Elapsed} now (seed {Seed}).");
        task.GetAwaiter().GetResult();
    }

    internal void Enqueue(WorkItem item)
    {
        lock (_lock)
        {
            if (_runner is not null && _runner != Thread.CurrentThread)
                _violation ??= new InvalidOperationException($"Work from another thread: {item.Describe()}{System.Environment.NewLine}{System.Environment.StackTrace}");
            if (item.Node.IsDead)
                return;
            if (item.Node.IsFrozen)
                item.Node.Held.Add(item);
            else
                _ready.Add(item);
        }
    }

    internal void Thaw(SimulatedNode node)
    {
        lock (_lock)
        {
            _ready.AddRange(node.Held);
            node.Held.Clear();
        }
    }

    internal void Hold(SimulatedNode node)
    {
        lock (_lock)
        {
            node.Held.AddRange(_ready.Where(item => item.Node == node));
            _ready.RemoveAll(item => item.Node == node);
        }
    }

    internal void Forget(SimulatedNode node)
    {
        lock (_lock)
        {
            _ready.RemoveAll(item => item.Node == node);
            node.Held.Clear();
        }
    }

    internal void Arm(VirtualTimer.Shot shot, TimeSpan delay)
    {
        lock (_lock)
            _timers.Enqueue(shot, (_now + Math.Max(0, delay.Ticks), _timerNumber++));
    }

    internal long Now => _now;

    /// <summary>Passes time to the next timer that is still wanted.</summary>
    private bool AdvanceToNextTimer(long end)
    {
        lock (_lock)
        {
            while (_timers.TryPeek(out var shot, out var at))
            {
                if (!shot.IsWanted)
                {
                    _timers.Dequeue();
                    continue;
                }

                if (at.Due > end)
                    return false;
                if (at.Due > _now)
                {
                    _now = at.Due;
                    _stepsAtThisInstant = 0;
                }

                // All timers of one instant are ready together.
                while (_timers.TryPeek(out shot, out at) && at.Due <= _now)
                {
                    _timers.Dequeue();
                    if (shot.IsWanted)
                        Enqueue(new WorkItem(shot.Timer.Node, shot));
                }

                return true;
            }

            return false;
        }
    }

    private void Run(WorkItem item)
    {
        if (_runner is not null)
            throw new InvalidOperationException("The loop runs already: a step cannot make steps.");
        var context = SynchronizationContext.Current;
        _runner = Thread.CurrentThread;
        _nodeOfThisThread = item.Node;
        SynchronizationContext.SetSynchronizationContext(item.Node.Context);
        try
        {
            item.Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            _nodeOfThisThread = null;
            _runner = null;
        }
    }
}
