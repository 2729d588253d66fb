using System.Collections;
using System.Runtime.CompilerServices;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Takes the next message.</summary>
    /// <param name="max">How long to wait: null for the default, negative without end, zero only to look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The message, or null if none came.</returns>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Wait(ReceiveOneAsync(max, cancellationToken));

    /// <inheritdoc cref="ReceiveOne"/>
    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TryReceiveOneAsync(max, cancellationToken).ConfigureAwait(false)).Item2.Message;

    /// <summary>Takes the next message with its sender.</summary>
    /// <returns>Whether one came in time.</returns>
    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        (var received, envelope) = Wait(TryReceiveOneAsync(max, cancellationToken));
        return received;
    }

    /// <inheritdoc cref="TryReceiveOne"/>
    public async ValueTask<(bool, MessageEnvelope)> TryReceiveOneAsync(TimeSpan? max, CancellationToken cancellationToken = default)
    {
        var wait = GetTimeoutOrDefault(max);
        if (_testKitSettings.LogTestKitCalls)
            _log.Debug("The test waits up to {0} for a message.", wait);
        var envelope = await _queue.TakeAsync(wait, cancellationToken).ConfigureAwait(false);
        _lastWasNoMsg = envelope is null;
        _lastMessage = envelope ?? NullMessageEnvelope.Instance;
        return (envelope is not null, _lastMessage);
    }

    /// <summary>Looks at the next message and leaves it.</summary>
    /// <returns>The message, or null if none came.</returns>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) => Wait(PeekOneAsync(max, cancellationToken));

    /// <inheritdoc cref="PeekOne(TimeSpan?, CancellationToken)"/>
    public object? PeekOne(CancellationToken cancellationToken) => PeekOne(null, cancellationToken);

    /// <inheritdoc cref="PeekOne(TimeSpan?, CancellationToken)"/>
    public async ValueTask<object?> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TryPeekOneAsync(max, cancellationToken).ConfigureAwait(false)).Item2.Message;

    /// <inheritdoc cref="PeekOne(TimeSpan?, CancellationToken)"/>
    public ValueTask<object?> PeekOneAsync(CancellationToken cancellationToken) => PeekOneAsync(null, cancellationToken);

    /// <summary>Looks at the next message with its sender and leaves it.</summary>
    /// <returns>Whether one came in time.</returns>
    public bool TryPeekOne(out MessageEnvelope envelope, TimeSpan? max, CancellationToken cancellationToken)
    {
        (var peeked, envelope) = Wait(TryPeekOneAsync(max, cancellationToken));
        return peeked;
    }

    /// <inheritdoc cref="TryPeekOne"/>
    public async ValueTask<(bool, MessageEnvelope)> TryPeekOneAsync(TimeSpan? max, CancellationToken cancellationToken)
    {
        var envelope = await _queue.PeekAsync(GetTimeoutOrDefault(max), cancellationToken).ConfigureAwait(false);
        _lastWasNoMsg = envelope is null;
        _lastMessage = envelope ?? NullMessageEnvelope.Instance;
        return (envelope is not null, _lastMessage);
    }

    /// <summary>Takes a number of messages; fails if they do not all come in time.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Wait(ReceiveN(numberOfMessages, RemainingOrDefault, "", cancellationToken));

    /// <inheritdoc cref="ReceiveN(int, CancellationToken)"/>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Wait(ReceiveN(numberOfMessages, FiniteDilated(max), "", cancellationToken));

    /// <inheritdoc cref="ReceiveN(int, CancellationToken)"/>
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveEachAsync(numberOfMessages, RemainingOrDefault, "", cancellationToken);

    /// <inheritdoc cref="ReceiveN(int, CancellationToken)"/>
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        ReceiveEachAsync(numberOfMessages, FiniteDilated(max), "", cancellationToken);

    /// <inheritdoc cref="ReceiveWhile{T}(Func{object, T}, TimeSpan?, TimeSpan?, int, CancellationToken)"/>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class =>
        ReceiveWhile(filter, max, null, msgs, cancellationToken);

    /// <inheritdoc cref="ReceiveWhile{T}(Func{object, T}, TimeSpan?, TimeSpan?, int, CancellationToken)"/>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class =>
        ReceiveWhile(filter, max, idle, msgs, cancellationToken);

    /// <summary>
    /// Takes messages for as long as <paramref name="filter"/> makes something of them. The first one it returns null for stays in
    /// the queue. Running out of time is no failure.
    /// </summary>
    /// <param name="filter">Makes an element of the result from a message, or null to stop.</param>
    /// <param name="max">How long in all (dilated).</param>
    /// <param name="idle">How long for each single message; without end by default.</param>
    /// <param name="msgs">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public IReadOnlyList<T> ReceiveWhile<T>(Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class =>
        Wait(ToListAsync(ReceiveWhileAsync(filter, max, idle, msgs, cancellationToken)));

    /// <summary>Takes messages for as long as <paramref name="shouldContinue"/> says so. The first one it refuses stays in the queue.</summary>
    /// <param name="shouldContinue">Whether to take this one and go on.</param>
    /// <param name="max">How long in all (dilated).</param>
    /// <param name="idle">How long for each single message; without end by default.</param>
    /// <param name="msgs">How many at most.</param>
    /// <param name="shouldIgnoreOtherMessageTypes">Whether messages of other types are dropped; otherwise they end the series.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public IReadOnlyList<T> ReceiveWhile<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) =>
        Wait(ToListAsync(ReceiveWhileAsync(shouldContinue, max, idle, msgs, shouldIgnoreOtherMessageTypes, cancellationToken)));

    /// <inheritdoc cref="ReceiveWhile{T}(Func{object, T}, TimeSpan?, TimeSpan?, int, CancellationToken)"/>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class =>
        ReceiveWhileAsync(filter, max, null, msgs, cancellationToken);

    /// <inheritdoc cref="ReceiveWhile{T}(Func{object, T}, TimeSpan?, TimeSpan?, int, CancellationToken)"/>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class =>
        ReceiveWhileAsync(filter, max, idle, msgs, cancellationToken);

    /// <inheritdoc cref="ReceiveWhile{T}(Func{object, T}, TimeSpan?, TimeSpan?, int, CancellationToken)"/>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class =>
        TakeWhileAsync(message => filter(message) is { } element ? Taken<T>.As(element) : Taken<T>.Stop, RemainingOrDilated(max), idle, msgs, cancellationToken);

    /// <inheritdoc cref="ReceiveWhile{T}(Predicate{T}, TimeSpan?, TimeSpan?, int, bool, CancellationToken)"/>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) =>
        TakeWhileAsync(message => message switch
        {
            T typed when shouldContinue(typed) => Taken<T>.As(typed),
            T => Taken<T>.Stop,
            _ => shouldIgnoreOtherMessageTypes ? Taken<T>.Dropped : Taken<T>.Stop,
        }, RemainingOrDilated(max), idle, msgs, cancellationToken);

    /// <summary>Takes messages until one is wanted; the others are dropped. Fails if none comes in time.</summary>
    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <inheritdoc cref="FishForMessage(Predicate{object}, TimeSpan?, string, CancellationToken)"/>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Wait(FishAsync(isMessage, null, max, hint, cancellationToken));

    /// <summary>As without the list; the dropped messages are added to <paramref name="allMessages"/>.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Wait(FishAsync(isMessage, allMessages, max, hint, cancellationToken));

    /// <inheritdoc cref="FishForMessage(Predicate{object}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<object> FishForMessageAsync(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync<object>(isMessage, max, hint, cancellationToken);

    /// <inheritdoc cref="FishForMessage(Predicate{object}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishAsync(isMessage, null, max, hint, cancellationToken);

    /// <inheritdoc cref="FishForMessage{T}(Predicate{T}, ArrayList, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, ArrayList? allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishAsync(isMessage, allMessages, max, hint, cancellationToken);

    /// <summary>Drops messages until the next one is a <typeparamref name="T"/>, which stays in the queue. Fails if none comes in time.</summary>
    public async Task FishUntilMessageAsync<T>(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var wait = RemainingOrDilated(max);
        var end = Now + wait;
        while (true)
        {
            var next = await _queue.PeekAsync(NotNegative(end - Now), cancellationToken).ConfigureAwait(false);
            if (next is null)
                FailWith($"No message of type {typeof(T)} came within {wait}.");
            if (next.Message is T)
                return;
            await TryReceiveOneAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes messages until none comes for <paramref name="max"/>.</summary>
    /// <param name="max">How long the silence lasts (dilated).</param>
    /// <param name="maxMessages">How many may come before the test fails; null for any number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The messages that were taken.</returns>
    public async Task<ArrayList> WaitForRadioSilenceAsync(TimeSpan? max = null, uint? maxMessages = null, CancellationToken cancellationToken = default)
    {
        var silence = RemainingOrDilated(max);
        var messages = new ArrayList();
        while (true)
        {
            var (received, envelope) = await TryReceiveOneAsync(silence, cancellationToken).ConfigureAwait(false);
            if (!received)
                return messages;
            messages.Add(envelope.Message);
            if (maxMessages is { } limit && messages.Count > limit)
                FailWith($"More than {limit} messages came before there was silence for {silence}; the last was {envelope}.");
        }
    }

    internal async ValueTask<IReadOnlyList<object>> ReceiveN(int count, TimeSpan max, string hint, CancellationToken cancellationToken) =>
        await ToListAsync(ReceiveEachAsync(count, max, hint, cancellationToken)).ConfigureAwait(false);

    private async IAsyncEnumerable<object> ReceiveEachAsync(int count, TimeSpan max, string hint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var end = Now + max;
        for (var got = 0; got < count; got++)
        {
            var (received, envelope) = await TryReceiveOneAsync(NotNegative(end - Now), cancellationToken).ConfigureAwait(false);
            if (!received)
                FailWith($"Only {got} of {count} messages came within {max}{Hint(hint)}.");
            yield return envelope.Message!;
        }
    }

    private readonly record struct Taken<T>(bool Take, bool Keep, T Element)
    {
        internal static Taken<T> Stop => default;

        internal static Taken<T> Dropped => new(true, false, default!);

        internal static Taken<T> As(T element) => new(true, true, element);
    }

    private async IAsyncEnumerable<T> TakeWhileAsync<T>(Func<object, Taken<T>> decide, TimeSpan max, TimeSpan? idle, int msgs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var end = Now + max;
        for (var kept = 0; kept < msgs;)
        {
            var wait = NotNegative(end - Now).Min(idle);
            var next = await _queue.PeekAsync(wait, cancellationToken).ConfigureAwait(false);
            if (next is null)
                break;
            var decision = decide(next.Message!);
            if (!decision.Take)
                break;
            await TryReceiveOneAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            if (!decision.Keep)
                continue;
            kept++;
            yield return decision.Element;
        }

        // Using up the time is what this method does; a Within block around it must not count that as being late.
        _lastWasNoMsg = true;
    }

    private async ValueTask<T> FishAsync<T>(Predicate<T> isMessage, ArrayList? others, TimeSpan? max, string hint, CancellationToken cancellationToken)
    {
        var wait = RemainingOrDilated(max);
        var end = Now + wait;
        var dropped = 0;
        while (true)
        {
            var (received, envelope) = await TryReceiveOneAsync(NotNegative(end - Now), cancellationToken).ConfigureAwait(false);
            if (!received)
                FailWith($"The message that was fished for{Hint(hint)}, of type {typeof(T)}, did not come within {wait}; {dropped} others did.");
            if (envelope.Message is T message && isMessage(message))
                return message;
            dropped++;
            others?.Add(envelope.Message);
        }
    }

    private TimeSpan FiniteDilated(TimeSpan max)
    {
        max.EnsureIsPositiveOrZero(nameof(max));
        return Dilated(max);
    }

    private static async ValueTask<IReadOnlyList<T>> ToListAsync<T>(IAsyncEnumerable<T> elements)
    {
        var list = new List<T>();
        await foreach (var element in elements.ConfigureAwait(false))
            list.Add(element);
        return list;
    }

    private static T Wait<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    private static void Wait(ValueTask task) => task.AsTask().GetAwaiter().GetResult();
}
