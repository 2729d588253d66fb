using Akka.Actor;
using Akka.Event;
using Akka.TestKit.TestEvent;

namespace Akka.TestKit.Internal;

internal sealed class InternalEventFilterApplier : IEventFilterApplier
{
    private readonly TestKitBase _testKit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    internal InternalEventFilterApplier(TestKitBase testKit, ActorSystem system, IReadOnlyList<EventFilterBase> filters)
    {
        _testKit = testKit;
        _system = system;
        _filters = filters;
    }

    public EventFilterFactory And => new(_testKit, _system, _filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) => Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);

    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) => Expect(1, timeout, func, cancellationToken);

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) => ExpectAsync(1, actionAsync, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) => ExpectAsync(1, timeout, action, cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectAsync(1, func, cancellationToken);

    public Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectAsync(1, timeout, func, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Await(InterceptAsync(Of(action), null, expectedCount, cancellationToken));

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Await(InterceptAsync(Of(action), timeout, expectedCount, cancellationToken));

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Await(InterceptAsync(() => Task.FromResult(func()), null, expectedCount, cancellationToken));

    public T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Await(InterceptAsync(() => Task.FromResult(func()), timeout, expectedCount, cancellationToken));

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        InterceptAsync(Of(actionAsync), null, expectedCount, cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default) =>
        InterceptAsync(Of(actionAsync), timeout, expectedCount, cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        InterceptAsync(Of(action), timeout, expectedCount, cancellationToken);

    public Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        InterceptAsync(func, null, expectedCount, cancellationToken);

    public Task<T> ExpectAsync<T>(int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        InterceptAsync(func, timeout, expectedCount, cancellationToken);

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Await(InterceptAsync(() => Task.FromResult(func()), null, null, cancellationToken));

    public void Mute(Action action, CancellationToken cancellationToken = default) =>
        Await(InterceptAsync(Of(action), null, null, cancellationToken));

    public Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        InterceptAsync(func, null, null, cancellationToken);

    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) =>
        InterceptAsync(Of(action), null, null, cancellationToken);

    public IUnmutableFilter Mute()
    {
        _system.EventStream.Publish(new Mute(_filters));
        return new Muted(this);
    }

    private async Task<T> InterceptAsync<T>(Func<Task<T>> block, TimeSpan? timeout, int? expected, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var leeway = timeout is { } given ? _testKit.Dilated(given) : _testKit.Dilated(_testKit.TestKitSettings.TestEventFilterLeeway);
        var counter = new MatchCounter(expected);
        EventMatched count = counter.Count;
        foreach (var filter in _filters)
            filter.EventMatched += count;
        _system.EventStream.Publish(new Mute(_filters));
        try
        {
            var result = await block().ConfigureAwait(false);
            if (expected is { } wanted)
                await VerifyAsync(counter, wanted, leeway, cancellationToken).ConfigureAwait(false);
            return result;
        }
        finally
        {
            _system.EventStream.Publish(new Unmute(_filters));
            foreach (var filter in _filters)
                filter.EventMatched -= count;
        }
    }

    private async Task VerifyAsync(MatchCounter counter, int expected, TimeSpan leeway, CancellationToken cancellationToken)
    {
        try
        {
            await counter.Reached.WaitAsync(leeway, TestClock.Provider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // the count below says what happened
        }

        var seen = counter.Seen;
        if (seen == expected)
            return;
        var wanted = string.Join(" or ", _filters);
        _testKit.KitAssertions.Fail("{0}", $"{expected} log events were expected and {seen} came within {leeway}. Expected: {wanted}.");
    }

    private static Func<Task<object?>> Of(Action action) => () =>
    {
        action();
        return Task.FromResult<object?>(null);
    };

    private static Func<Task<object?>> Of(Func<Task> action) => async () =>
    {
        await action().ConfigureAwait(false);
        return null;
    };

    private static T Await<T>(Task<T> task) => task.GetAwaiter().GetResult();

    /// <summary>Counts matches. <see cref="Reached"/> completes with the expected one, or, where none is expected, with the first that should not be.</summary>
    private sealed class MatchCounter(int? expected)
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _seen;

        internal Task Reached => _reached.Task;

        internal int Seen => Volatile.Read(ref _seen);

        internal void Count(EventFilterBase filter, LogEvent logEvent)
        {
            if (Interlocked.Increment(ref _seen) >= Math.Max(expected ?? int.MaxValue, 1))
                _reached.TrySetResult();
        }
    }

    private sealed class Muted(InternalEventFilterApplier applier) : IUnmutableFilter
    {
        private bool _unmuted;

        public void Unmute()
        {
            if (_unmuted)
                return;
            _unmuted = true;
            applier._system.EventStream.Publish(new Unmute(applier._filters));
        }

        public void Dispose() => Unmute();
    }
}
