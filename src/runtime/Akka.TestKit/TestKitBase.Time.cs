using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>What is left of the innermost <c>Within</c> block.</summary>
    /// <exception cref="InvalidOperationException">No such block runs.</exception>
    public TimeSpan Remaining =>
        _end is { } end
            ? NotNegative(end - Now)
            : throw new InvalidOperationException("Remaining is only defined inside a Within block.");

    /// <summary>What is left of the innermost <c>Within</c> block, else the dilated <c>akka.test.single-expect-default</c>.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(_testKitSettings.SingleExpectDefault));

    /// <summary>What is left of the innermost <c>Within</c> block, else <paramref name="duration"/>.</summary>
    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? NotNegative(end - Now) : duration;

    /// <summary>The dilated <paramref name="duration"/>; <see cref="RemainingOrDefault"/> if none is given.</summary>
    /// <exception cref="ArgumentException">It is infinite.</exception>
    public TimeSpan RemainingOrDilated(TimeSpan? duration)
    {
        if (duration is not { } given)
            return RemainingOrDefault;
        if (given.IsInfinite())
            throw new ArgumentException("A test must not wait without end; give a finite duration.", nameof(duration));
        return Dilated(given);
    }

    /// <summary>The given timeout as it is; <see cref="RemainingOrDefault"/> if none is given.</summary>
    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? RemainingOrDefault;

    /// <summary>Runs a block that must end within <paramref name="max"/> (dilated). Waits inside it take what is left of that.</summary>
    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    /// <summary>Runs a block that must take between <paramref name="min"/> and <paramref name="max"/> (dilated).</summary>
    public void Within(TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within<object?>(min, max, () =>
        {
            action();
            return null;
        }, hint, epsilonValue, cancellationToken);

    /// <inheritdoc cref="Within(TimeSpan, Action, TimeSpan?, CancellationToken)"/>
    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <inheritdoc cref="Within(TimeSpan, TimeSpan, Action, string, TimeSpan?, CancellationToken)"/>
    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var block = BeginWithin(min, max, hint);
        try
        {
            var result = function();
            EndWithin(block, epsilonValue);
            return result;
        }
        finally
        {
            _end = block.OuterEnd;
        }
    }

    /// <inheritdoc cref="Within(TimeSpan, Action, TimeSpan?, CancellationToken)"/>
    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    /// <inheritdoc cref="Within(TimeSpan, TimeSpan, Action, string, TimeSpan?, CancellationToken)"/>
    public Task WithinAsync(TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync<object?>(min, max, async () =>
        {
            await actionAsync().ConfigureAwait(false);
            return null;
        }, hint, epsilonValue, cancellationToken);

    /// <inheritdoc cref="Within(TimeSpan, Action, TimeSpan?, CancellationToken)"/>
    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <inheritdoc cref="Within(TimeSpan, TimeSpan, Action, string, TimeSpan?, CancellationToken)"/>
    public async Task<T> WithinAsync<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var block = BeginWithin(min, max, hint);
        try
        {
            var task = function();
            try
            {
                // The margin lets the waits inside fail first: they know what was missing, this one only that time is up.
                await task.WaitAsync(block.Max + (epsilonValue ?? TimeSpan.Zero) + Dilated(_testKitSettings.TestEventFilterLeeway), TestClock.Provider, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException) when (!task.IsCompleted)
            {
                FailWith($"The block still ran after {Now - block.Start}, but had to end within {block.Max}{block.Hint}.");
            }

            EndWithin(block, epsilonValue);
            return await task.ConfigureAwait(false);
        }
        finally
        {
            _end = block.OuterEnd;
        }
    }

    private readonly record struct WithinBlock(TimeSpan Start, TimeSpan Min, TimeSpan Max, TimeSpan? OuterEnd, string Hint);

    private WithinBlock BeginWithin(TimeSpan min, TimeSpan max, string? hint)
    {
        min.EnsureIsPositiveOrZero(nameof(min));
        max.EnsureIsPositiveFinite(nameof(max));
        var dilated = Dilated(max);
        var start = Now;
        var left = _end is { } end ? NotNegative(end - start) : dilated;
        if (left < min)
            FailWith($"The block must take at least {min}, but only {left} is left of the block around it{Hint(hint)}.");
        var granted = dilated < left ? dilated : left;
        _lastWasNoMsg = false;
        var block = new WithinBlock(start, min, granted, _end, Hint(hint));
        _end = start + granted;
        return block;
    }

    private void EndWithin(WithinBlock block, TimeSpan? epsilon)
    {
        var elapsed = Now - block.Start;
        if (elapsed < block.Min)
            FailWith($"The block took {elapsed}, but should have taken at least {block.Min}{block.Hint}.");
        // A block that ends by waiting for silence uses up its time by design.
        if (!_lastWasNoMsg && elapsed > block.Max + (epsilon ?? TimeSpan.Zero))
            FailWith($"The block took {elapsed}, but had to end within {block.Max}{block.Hint}.");
    }

    private static TimeSpan NotNegative(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    private static string Hint(string? hint) => string.IsNullOrEmpty(hint) ? "" : $" ({hint})";

    /// <summary>Fails the test. The text is never taken for a format: messages of actors may hold braces.</summary>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private void FailWith(string text)
    {
        _assertions.Fail("{0}", text);
        throw new InvalidOperationException(text);
    }
}
