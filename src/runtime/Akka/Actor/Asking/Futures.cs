using Akka.Actor.Internal;
using Akka.Embedded;

namespace Akka.Actor;

/// <summary>Asking: a message whose answer becomes the result of a task.</summary>
public static class Futures
{
    /// <summary>Asks.</summary>
    /// <param name="self">Whom.</param>
    /// <param name="message">The question.</param>
    /// <param name="timeout">How long to wait; <c>akka.actor.ask-timeout</c> if null.</param>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<object>(message, timeout, CancellationToken.None);

    /// <summary>Asks.</summary>
    /// <param name="self">Whom.</param>
    /// <param name="message">The question.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) => self.Ask<object>(message, null, cancellationToken);

    /// <summary>Asks.</summary>
    /// <param name="self">Whom.</param>
    /// <param name="message">The question.</param>
    /// <param name="timeout">How long to wait; <c>akka.actor.ask-timeout</c> if null.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
        => self.Ask<object>(message, timeout, cancellationToken);

    /// <summary>Asks.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="self">Whom.</param>
    /// <param name="message">The question.</param>
    /// <param name="timeout">How long to wait; <c>akka.actor.ask-timeout</c> if null.</param>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<T>(message, timeout, CancellationToken.None);

    /// <summary>Asks.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="self">Whom.</param>
    /// <param name="message">The question.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) => self.Ask<T>(message, null, cancellationToken);

    /// <summary>Asks.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="self">Whom.</param>
    /// <param name="message">The question.</param>
    /// <param name="timeout">How long to wait; <c>akka.actor.ask-timeout</c> if null.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
        => self.Ask<T>(_ => message, timeout, cancellationToken);

    /// <summary>Asks with a question that holds the reference for the answer.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="self">Whom.</param>
    /// <param name="messageFactory">Makes the question from the reference that the answer goes to.</param>
    /// <param name="timeout">How long to wait; <c>akka.actor.ask-timeout</c> if null.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <returns>
    /// The answer. It fails with the cause of a <see cref="Status.Failure"/>, with <see cref="AskTimeoutException"/> when no answer came in time, with
    /// <see cref="ArgumentException"/> when the answer is of another type, and is cancelled with the token.
    /// </returns>
    public static Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var provider = ProviderOf(self)
            ?? throw new ArgumentException("Unable to resolve the target Provider: an actor or a selection of a running system can be asked.", nameof(self));
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var environment = RuntimeEnvironment.Of(provider.Settings.System);
        // In a simulation the one who answers runs the continuation, on the one thread there is.
        var answer = new TaskCompletionSource<T>(environment.IsDeterministic ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        var future = new FutureActorRef<T>(answer, provider.TempPath(), provider);
        provider.RegisterTempActor(future, future.Path);
        future.ExpectAnswer(timeout ?? provider.Settings.AskTimeout, environment.Time, cancellationToken);
        future.DeliverAsk(messageFactory(future), self);
        return answer.Task;
    }

    private static IActorRefProvider? ProviderOf(ICanTell self)
    {
        if (InternalCurrentActorCellKeeper.Current is { } current)
            return current.SystemImpl.Provider;
        return self switch
        {
            Nobody => null,
            IInternalActorRef actor => actor.Provider,
            ActorSelection selection => ProviderOf(selection.Anchor),
            _ => null,
        };
    }
}
