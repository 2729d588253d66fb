using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Takes the next message, which must be a <typeparamref name="T"/>.</summary>
    /// <param name="duration">How long to wait (dilated); by default what is left of the <c>Within</c> block, else the setting.</param>
    /// <param name="hint">Said when it fails.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync<T>(duration, hint, cancellationToken));

    /// <summary>Takes the next message, which must equal <paramref name="message"/>.</summary>
    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync(message, timeout, hint, cancellationToken));

    /// <summary>Takes the next message, which must satisfy <paramref name="isMessage"/>.</summary>
    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync(isMessage, timeout, hint, cancellationToken));

    /// <summary>Takes the next message and runs <paramref name="assert"/> on it.</summary>
    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync(assert, timeout, hint, cancellationToken));

    /// <summary>Takes the next message, which must satisfy <paramref name="isMessageAndSender"/> with its sender.</summary>
    public T ExpectMsg<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync(isMessageAndSender, timeout, hint, cancellationToken));

    /// <summary>Takes the next message and runs <paramref name="assertMessageAndSender"/> on it and its sender.</summary>
    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync(assertMessageAndSender, timeout, hint, cancellationToken));

    /// <summary>Takes the next message, which <paramref name="comparer"/> must call equal to <paramref name="expected"/>.</summary>
    public T ExpectMsg<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgAsync(expected, comparer, timeout, hint, cancellationToken));

    /// <inheritdoc cref="ExpectMsg{T}(TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(RemainingOrDilated(duration), null, null, hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(T, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(RemainingOrDilated(timeout), m => _assertions.AssertEqual(message, m, "{0}", "The message is not the expected one" + Hint(hint) + "."), null, hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(Predicate{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(RemainingOrDilated(timeout), m => Satisfies(isMessage(m), m, hint), null, hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(Action{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(RemainingOrDilated(timeout), assert, null, hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(Func{T, IActorRef, bool}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(RemainingOrDilated(timeout), m => Satisfies(isMessageAndSender(m, LastSender), m, hint), null, hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(Action{T, IActorRef}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(RemainingOrDilated(timeout), m => assertMessageAndSender(m, LastSender), null, hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(T, Func{T, T, bool}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(RemainingOrDilated(timeout), m => _assertions.AssertEqual(expected, m, comparer, "{0}", "The message is not the expected one" + Hint(hint) + "."), null, hint, cancellationToken);

    /// <summary>Takes the next message, which must be a <typeparamref name="T"/> from <paramref name="sender"/>.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgFromAsync<T>(sender, duration, hint, cancellationToken));

    /// <summary>Takes the next message, which must equal <paramref name="message"/> and come from <paramref name="sender"/>.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgFromAsync(sender, message, timeout, hint, cancellationToken));

    /// <summary>Takes the next message, which must satisfy <paramref name="isMessage"/> and come from <paramref name="sender"/>.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgFromAsync(sender, isMessage, timeout, hint, cancellationToken));

    /// <summary>Takes the next message; it and its sender must satisfy the predicates.</summary>
    public T ExpectMsgFrom<T>(Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgFromAsync(isSender, isMessage, timeout, hint, cancellationToken));

    /// <summary>Takes the next message, which must come from <paramref name="sender"/>, and runs <paramref name="assertMessage"/> on it.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgFromAsync(sender, assertMessage, timeout, hint, cancellationToken));

    /// <summary>Takes the next message and runs the assertions on it and its sender.</summary>
    public T ExpectMsgFrom<T>(Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectMsgFromAsync(assertSender, assertMessage, timeout, hint, cancellationToken));

    /// <inheritdoc cref="ExpectMsgFrom{T}(IActorRef, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(RemainingOrDilated(duration), null, IsFrom(sender, hint), hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsgFrom{T}(IActorRef, T, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(RemainingOrDilated(timeout), m => _assertions.AssertEqual(message, m, "{0}", "The message is not the expected one" + Hint(hint) + "."), IsFrom(sender, hint), hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsgFrom{T}(IActorRef, Predicate{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(RemainingOrDilated(timeout), m => Satisfies(isMessage(m), m, hint), IsFrom(sender, hint), hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsgFrom{T}(Predicate{IActorRef}, Predicate{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(RemainingOrDilated(timeout), m => Satisfies(isMessage(m), m, hint), sender => Satisfies(isSender(sender), sender, hint), hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsgFrom{T}(IActorRef, Action{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(RemainingOrDilated(timeout), assertMessage, IsFrom(sender, hint), hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsgFrom{T}(Action{IActorRef}, Action{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(RemainingOrDilated(timeout), assertMessage, assertSender, hint, cancellationToken);

    /// <summary>Takes the next message, which must be the <see cref="Terminated"/> of <paramref name="target"/>.</summary>
    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(ExpectTerminatedAsync(target, timeout, hint, cancellationToken));

    /// <inheritdoc cref="ExpectTerminated"/>
    public ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<Terminated>(
            RemainingOrDilated(timeout),
            t => _assertions.AssertEqual(target, t.ActorRef, (a, b) => a.Equals(b), "{0}", "Another actor than the expected one ended" + Hint(hint) + "."),
            null,
            hint,
            cancellationToken);

    /// <summary>Fails if a message comes within what is left of the <c>Within</c> block, else within the default wait.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => Wait(ExpectNoMsgAsync(cancellationToken));

    /// <summary>Fails if a message comes within <paramref name="duration"/> (dilated).</summary>
    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) => Wait(ExpectNoMsgAsync(duration, cancellationToken));

    /// <summary>Fails if a message comes within so many milliseconds (dilated).</summary>
    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) => Wait(ExpectNoMsgAsync(milliseconds, cancellationToken));

    /// <inheritdoc cref="ExpectNoMsg(CancellationToken)"/>
    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) => ExpectSilenceAsync(RemainingOrDefault, cancellationToken);

    /// <inheritdoc cref="ExpectNoMsg(TimeSpan, CancellationToken)"/>
    public ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        ExpectSilenceAsync(FiniteDilated(duration), cancellationToken);

    /// <inheritdoc cref="ExpectNoMsg(int, CancellationToken)"/>
    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    private async ValueTask ExpectSilenceAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var (received, envelope) = await TryReceiveOneAsync(duration, cancellationToken).ConfigureAwait(false);
        if (received)
            FailWith($"No message was expected for {duration}, but there came {envelope}.");
    }

    private async ValueTask<T> ExpectAsync<T>(TimeSpan wait, Action<T>? assertMessage, Action<IActorRef>? assertSender, string? hint, CancellationToken cancellationToken)
    {
        var (received, envelope) = await TryReceiveOneAsync(wait, cancellationToken).ConfigureAwait(false);
        if (!received)
            FailWith($"No message of type {typeof(T)} came within {wait}{Hint(hint)}.");
        if (envelope.Message is not T message)
        {
            FailWith($"A message of type {typeof(T)} was expected{Hint(hint)}, but there came {envelope} of type {envelope.Message?.GetType()}.");
            return default;
        }

        assertSender?.Invoke(envelope.Sender);
        assertMessage?.Invoke(message);
        return message;
    }

    private Action<IActorRef> IsFrom(IActorRef expected, string? hint) => sender =>
        _assertions.AssertEqual(expected, sender, Equals, "{0}", "The message is from another sender than expected" + Hint(hint) + ".");

    private void Satisfies(bool satisfied, object? subject, string? hint) =>
        _assertions.AssertTrue(satisfied, "{0}", $"<{subject}> does not satisfy the predicate{Hint(hint)}.");
}
