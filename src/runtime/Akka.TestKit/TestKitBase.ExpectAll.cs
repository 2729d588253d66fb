using System.Runtime.CompilerServices;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Takes as many messages as are given; they must be these, in any order.</summary>
    /// <returns>The messages, as they came.</returns>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => ExpectMsgAllOf((IReadOnlyCollection<T>)messages);

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Wait(ToListAsync(ExpectMsgAllOfAsync(messages, cancellationToken)));

    /// <summary>Takes as many messages as are given, within <paramref name="max"/> (dilated); they must be these, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) => ExpectMsgAllOf(max, (IReadOnlyCollection<T>)messages);

    /// <inheritdoc cref="ExpectMsgAllOf{T}(TimeSpan, T[])"/>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Wait(ToListAsync(ExpectMsgAllOfAsync(max, messages, cancellationToken)));

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOfAsync(RemainingOrDefault, messages, cancellationToken);

    /// <inheritdoc cref="ExpectMsgAllOf{T}(TimeSpan, T[])"/>
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOfAsync(FiniteDilated(max), messages, cancellationToken);

    /// <summary>Takes as many messages as there are predicates; each must be satisfied by one of them, and each message satisfy one.</summary>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(params PredicateInfo[] predicates) =>
        ExpectMsgAllOfMatchingPredicates(predicates, CancellationToken.None);

    /// <inheritdoc cref="ExpectMsgAllOfMatchingPredicates(PredicateInfo[])"/>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken) =>
        Wait(ToListAsync(ExpectMsgAllOfMatchingPredicatesAsync(predicates, cancellationToken)));

    /// <inheritdoc cref="ExpectMsgAllOfMatchingPredicates(PredicateInfo[])"/>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(TimeSpan max, params PredicateInfo[] predicates) =>
        ExpectMsgAllOfMatchingPredicates(max, predicates, CancellationToken.None);

    /// <inheritdoc cref="ExpectMsgAllOfMatchingPredicates(PredicateInfo[])"/>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken) =>
        Wait(ToListAsync(ExpectMsgAllOfMatchingPredicatesAsync(max, predicates, cancellationToken)));

    /// <inheritdoc cref="ExpectMsgAllOfMatchingPredicates(PredicateInfo[])"/>
    public IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken = default) =>
        AllMatchingAsync(RemainingOrDefault, predicates, cancellationToken);

    /// <inheritdoc cref="ExpectMsgAllOfMatchingPredicates(PredicateInfo[])"/>
    public IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken = default) =>
        AllMatchingAsync(FiniteDilated(max), predicates, cancellationToken);

    /// <summary>Takes the next message, which must equal one of those given.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAnyOfAsync(messages, cancellationToken));

    /// <inheritdoc cref="ExpectMsgAnyOf{T}"/>
    public async ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
    {
        var candidates = messages.ToList();
        var message = await ExpectMsgAsync<T>(cancellationToken: cancellationToken).ConfigureAwait(false);
        if (!candidates.Contains(message))
            FailWith($"One of [{string.Join(", ", candidates)}] was expected, but there came {_lastMessage}.");
        return message;
    }

    private async IAsyncEnumerable<T> AllOfAsync<T>(TimeSpan max, IReadOnlyCollection<T> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var received = await ReceiveN(messages.Count, max, "all of a set of messages", cancellationToken).ConfigureAwait(false);
        var missing = messages.ToList();
        var unexpected = received.Where(m => m is not T typed || !missing.Remove(typed)).ToList();
        Complete(missing.Cast<object?>(), unexpected);
        foreach (var message in received)
            yield return (T)message;
    }

    private async IAsyncEnumerable<object> AllMatchingAsync(TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var received = await ReceiveN(predicates.Count, max, "a message for each of a set of predicates", cancellationToken).ConfigureAwait(false);
        var missing = predicates.Where(p => !received.Any(p.Matches)).Select(p => (object?)$"one of type {p.Type} that satisfies its predicate").ToList();
        var unexpected = received.Where(m => !predicates.Any(p => p.Matches(m))).ToList();
        Complete(missing, unexpected);
        foreach (var message in received)
            yield return message;
    }

    private void Complete(IEnumerable<object?> missing, List<object> unexpected)
    {
        var absent = missing.ToList();
        if (absent.Count > 0 || unexpected.Count > 0)
            FailWith($"Not the expected messages. Missing: [{string.Join(", ", absent)}]. Not expected: [{string.Join(", ", unexpected)}].");
    }
}
