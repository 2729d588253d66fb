using System.Threading.Channels;

namespace Akka.TestKit.Internal;

/// <summary>
/// What a test actor received and the test has not yet taken. Many senders write, one test reads.
/// It is unbounded on purpose: what a test does not take must not slow or block the actors under test.
/// </summary>
internal sealed class TestMessageQueue
{
    private readonly Channel<MessageEnvelope> _channel = Channel.CreateUnbounded<MessageEnvelope>();

    internal int Count => _channel.Reader.Count;

    internal void Enqueue(MessageEnvelope envelope) => _channel.Writer.TryWrite(envelope);

    /// <summary>The oldest envelope, waiting up to <paramref name="timeout"/> (infinite allowed, zero only looks); null if none came.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal async ValueTask<MessageEnvelope?> TakeAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var deadline = Deadline(timeout);
        while (true)
        {
            if (_channel.Reader.TryRead(out var envelope))
                return envelope;
            if (!await WaitUntilAsync(deadline, cancellationToken).ConfigureAwait(false))
                return _channel.Reader.TryRead(out envelope) ? envelope : null;
        }
    }

    /// <summary>As <see cref="TakeAsync"/>, but the envelope stays in the queue.</summary>
    internal async ValueTask<MessageEnvelope?> PeekAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var deadline = Deadline(timeout);
        while (true)
        {
            if (_channel.Reader.TryPeek(out var envelope))
                return envelope;
            if (!await WaitUntilAsync(deadline, cancellationToken).ConfigureAwait(false))
                return _channel.Reader.TryPeek(out envelope) ? envelope : null;
        }
    }

    private static TimeSpan? Deadline(TimeSpan timeout) => timeout < TimeSpan.Zero ? null : TestClock.Now + timeout;

    private async ValueTask<bool> WaitUntilAsync(TimeSpan? deadline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (deadline is not { } end)
            return await _channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);

        var left = end - TestClock.Now;
        if (left <= TimeSpan.Zero)
            return false;

        using var timer = new CancellationTokenSource(left, TestClock.Provider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await _channel.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
