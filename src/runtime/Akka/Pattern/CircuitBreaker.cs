using Akka.Actor;
using Akka.Embedded;

namespace Akka.Pattern;

/// <summary>
/// Stops calling something that keeps failing. Closed, calls go through and failures in a row are counted; after
/// <see cref="MaxFailures"/> it opens and refuses calls for the reset timeout; then, half open, one call is tried: its success closes
/// the breaker, its failure opens it again. A call that takes longer than <see cref="CallTimeout"/> is a failure.
/// Time is the scheduler's.
/// </summary>
public partial class CircuitBreaker
{
    private readonly Lock _lock = new();
    private readonly Random _random;
    private readonly TaskCreationOptions _continuations;
    private Action? _onOpen;
    private Action? _onHalfOpen;
    private Action? _onClose;
    private State _state = State.Closed;
    private bool _trialRuns;
    private int _failures;
    private Exception? _lastException;
    private TimeSpan _nextResetTimeout;
    private TimeSpan _openUntil;

    /// <summary>A breaker whose reset timeout is always the same.</summary>
    /// <param name="scheduler">Gives the time.</param>
    /// <param name="maxFailures">How many failures in a row open it.</param>
    /// <param name="callTimeout">How long a call may take.</param>
    /// <param name="resetTimeout">How long it stays open.</param>
    public CircuitBreaker(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout)
        : this(scheduler, maxFailures, callTimeout, resetTimeout, TimeSpan.FromDays(36500), 1.0, 0.0)
    {
    }

    /// <summary>A breaker that stays open longer each time it fails again.</summary>
    public CircuitBreaker(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout, TimeSpan maxResetTimeout, double exponentialBackoffFactor)
        : this(scheduler, maxFailures, callTimeout, resetTimeout, maxResetTimeout, exponentialBackoffFactor, 0.0)
    {
    }

    /// <summary>A breaker that stays open longer each time it fails again, by a random part more.</summary>
    /// <param name="scheduler">Gives the time.</param>
    /// <param name="maxFailures">How many failures in a row open it.</param>
    /// <param name="callTimeout">How long a call may take.</param>
    /// <param name="resetTimeout">How long it stays open at first.</param>
    /// <param name="maxResetTimeout">How long it stays open at most.</param>
    /// <param name="exponentialBackoffFactor">What the time is multiplied by each time; at least 1.</param>
    /// <param name="randomFactor">The largest random part added, 0 to 1.</param>
    /// <exception cref="ArgumentException">A factor is out of its range.</exception>
    public CircuitBreaker(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout, TimeSpan maxResetTimeout, double exponentialBackoffFactor, double randomFactor)
    {
        if (exponentialBackoffFactor < 1.0)
            throw new ArgumentException($"The back-off factor of a circuit breaker is {exponentialBackoffFactor}, but must be at least 1.", nameof(exponentialBackoffFactor));
        if (randomFactor is < 0.0 or > 1.0)
            throw new ArgumentException($"The random factor of a circuit breaker is {randomFactor}, but must be between 0 and 1.", nameof(randomFactor));
        Scheduler = scheduler;
        MaxFailures = maxFailures;
        CallTimeout = callTimeout;
        ResetTimeout = resetTimeout;
        MaxResetTimeout = maxResetTimeout;
        ExponentialBackoffFactor = exponentialBackoffFactor;
        RandomFactor = randomFactor;
        _nextResetTimeout = resetTimeout;
        var environment = scheduler is TimeProviderScheduler { Environment: var its } ? its : RuntimeEnvironment.Ambient;
        _random = environment.CreateRandom("circuit-breaker");
        // In a simulation everything stays on its one thread; elsewhere the scheduler's must not run what callers do next.
        _continuations = environment.IsDeterministic ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously;
    }

    /// <summary>Gives the time.</summary>
    public IScheduler Scheduler { get; }

    /// <summary>How many failures in a row open it.</summary>
    public int MaxFailures { get; }

    /// <summary>How long a call may take.</summary>
    public TimeSpan CallTimeout { get; }

    /// <summary>How long it stays open at first.</summary>
    public TimeSpan ResetTimeout { get; }

    /// <summary>How long it stays open at most.</summary>
    public TimeSpan MaxResetTimeout { get; }

    /// <summary>What the time is multiplied by each time it opens without having been closed.</summary>
    public double ExponentialBackoffFactor { get; }

    /// <summary>The largest random part added to the time.</summary>
    public double RandomFactor { get; }

    /// <summary>Failures in a row since it was closed.</summary>
    public long CurrentFailureCount => Locked(() => _failures);

    /// <summary>The last failure since it was closed; null if there was none.</summary>
    public Exception? LastCaughtException => Locked(() => _lastException);

    /// <summary>Whether calls go through.</summary>
    public bool IsClosed => Locked(() => _state == State.Closed);

    /// <summary>Whether calls are refused.</summary>
    public bool IsOpen => Locked(() => _state == State.Open);

    /// <summary>Whether one call is let through to see.</summary>
    public bool IsHalfOpen => Locked(() => _state == State.HalfOpen);

    /// <summary>A breaker whose reset timeout is always the same.</summary>
    public static CircuitBreaker Create(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout) =>
        new(scheduler, maxFailures, callTimeout, resetTimeout);

    /// <summary>A new breaker like this one that doubles its reset timeout each time, up to <paramref name="maxResetTimeout"/>.</summary>
    public CircuitBreaker WithExponentialBackoff(TimeSpan maxResetTimeout) =>
        new(Scheduler, MaxFailures, CallTimeout, ResetTimeout, maxResetTimeout, 2.0, RandomFactor);

    /// <summary>A new breaker like this one that stays open by a random part longer.</summary>
    public CircuitBreaker WithRandomFactor(double randomFactor) =>
        new(Scheduler, MaxFailures, CallTimeout, ResetTimeout, MaxResetTimeout, ExponentialBackoffFactor, randomFactor);

    /// <summary>Runs <paramref name="callback"/> each time the breaker opens, on the thread that opened it.</summary>
    public CircuitBreaker OnOpen(Action callback)
    {
        lock (_lock)
            _onOpen += callback;
        return this;
    }

    /// <summary>Runs <paramref name="callback"/> each time the breaker becomes half open, on the scheduler's thread.</summary>
    public CircuitBreaker OnHalfOpen(Action callback)
    {
        lock (_lock)
            _onHalfOpen += callback;
        return this;
    }

    /// <summary>Runs <paramref name="callback"/> each time the breaker closes, on the thread that closed it.</summary>
    public CircuitBreaker OnClose(Action callback)
    {
        lock (_lock)
            _onClose += callback;
        return this;
    }

    /// <summary>Calls <paramref name="body"/> unless the breaker is open.</summary>
    /// <exception cref="OpenCircuitException">It is.</exception>
    /// <exception cref="TimeoutException">The call took longer than <see cref="CallTimeout"/>; it is left to itself.</exception>
    public Task<T> WithCircuitBreaker<T>(Func<Task<T>> body) => WithCircuitBreaker(body, static b => b());

    /// <inheritdoc cref="WithCircuitBreaker{T}(Func{Task{T}})"/>
    public async Task<T> WithCircuitBreaker<T, TState>(TState state, Func<TState, Task<T>> body)
    {
        Admit();
        try
        {
            var result = await InTime(Start(state, body));
            OnSuccess();
            return result;
        }
        catch (Exception e)
        {
            OnFailure(e);
            throw;
        }
    }

    /// <inheritdoc cref="WithCircuitBreaker{T}(Func{Task{T}})"/>
    public Task WithCircuitBreaker(Func<Task> body) => WithCircuitBreaker(body, static b => b());

    /// <inheritdoc cref="WithCircuitBreaker{T}(Func{Task{T}})"/>
    public Task WithCircuitBreaker<TState>(TState state, Func<TState, Task> body) =>
        WithCircuitBreaker<object?, (TState State, Func<TState, Task> Body)>((state, body), static async call =>
        {
            await call.Body(call.State);
            return null;
        });

    /// <summary>Calls <paramref name="body"/> on this thread unless the breaker is open. Whether it took too long is seen only when it returns.</summary>
    /// <exception cref="OpenCircuitException">The breaker is open.</exception>
    /// <exception cref="TimeoutException">The call took longer than <see cref="CallTimeout"/>.</exception>
    public void WithSyncCircuitBreaker(Action body) => WithSyncCircuitBreaker<object?>(() =>
    {
        body();
        return null;
    });

    /// <inheritdoc cref="WithSyncCircuitBreaker(Action)"/>
    public T WithSyncCircuitBreaker<T>(Func<T> body)
    {
        Admit();
        var start = Scheduler.MonotonicClock;
        try
        {
            var result = body();
            if (Scheduler.MonotonicClock - start > CallTimeout)
                throw TookTooLong();
            OnSuccess();
            return result;
        }
        catch (Exception e)
        {
            OnFailure(e);
            throw;
        }
    }

    /// <summary>Reports a success, where the breaker cannot see it itself (an answer that comes as a message).</summary>
    public void Succeed() => OnSuccess();

    /// <summary>Reports a failure, where the breaker cannot see it itself.</summary>
    public void Fail() => OnFailure(new UserCalledFailException());

    private static Task<T> Start<T, TState>(TState state, Func<TState, Task<T>> body)
    {
        try
        {
            return body(state);
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    private async Task<T> InTime<T>(Task<T> call)
    {
        if (call.IsCompleted)
            return await call;
        var late = new TaskCompletionSource(_continuations);
        using var timer = new Cancelable(Scheduler.Advanced);
        Scheduler.Advanced.ScheduleOnce(CallTimeout, () => late.TrySetResult(), timer);
        var first = await Task.WhenAny(call, late.Task);
        timer.Cancel();
        if (first == call)
            return await call;
        _ = call.ContinueWith(static c => _ = c.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        throw TookTooLong();
    }

    private TimeoutException TookTooLong() => new($"The call did not end within {CallTimeout}.");
}
