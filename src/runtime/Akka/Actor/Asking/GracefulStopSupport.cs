using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Stopping with the news of the end.</summary>
public static class GracefulStopSupport
{
    /// <summary>Sends a <see cref="PoisonPill"/> and waits for the end.</summary>
    /// <param name="target">The actor.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>True when it has ended.</returns>
    /// <exception cref="TaskCanceledException">It has not in time.</exception>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>Sends a message that stops an actor and waits for the end.</summary>
    /// <param name="target">The actor.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="stopMessage">The message.</param>
    /// <returns>True when it has ended.</returns>
    /// <exception cref="TaskCanceledException">It has not in time.</exception>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var actor = (IInternalActorRef)target;
        Watch? watch = null;
        try
        {
            var ended = actor.Ask<Terminated>(
                self =>
                {
                    watch = new Watch(actor, (IInternalActorRef)self);
                    actor.SendSystemMessage(watch);
                    return stopMessage;
                },
                timeout,
                CancellationToken.None);
            return (await ended).ActorRef.Equals(target);
        }
        catch (AskTimeoutException)
        {
            if (watch is not null)
                actor.SendSystemMessage(new Unwatch(actor, watch.Watcher));
            throw new TaskCanceledException($"{target} has not ended within {timeout}.");
        }
    }

    /// <summary>Waits for the end of an actor.</summary>
    /// <param name="target">The actor.</param>
    /// <param name="token">Ends the waiting.</param>
    /// <returns>True when it has ended; false when the waiting was called off.</returns>
    internal static async Task<bool> WatchUntil(IActorRef target, CancellationToken token)
    {
        var actor = (IInternalActorRef)target;
        Watch? watch = null;
        var answer = new TaskCompletionSource<Terminated>(
            Embedded.RuntimeEnvironment.Of(actor.Provider.Settings.System).IsDeterministic ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        var future = new FutureActorRef<Terminated>(answer, actor.Provider.TempPath(), actor.Provider);
        actor.Provider.RegisterTempActor(future, future.Path);
        future.ExpectAnswer(Timeout.InfiniteTimeSpan, TimeProviderOf(actor), token);
        watch = new Watch(actor, future);
        actor.SendSystemMessage(watch);
        try
        {
            await answer.Task;
            return true;
        }
        catch (OperationCanceledException)
        {
            actor.SendSystemMessage(new Unwatch(actor, future));
            return false;
        }
    }

    private static TimeProvider TimeProviderOf(IInternalActorRef actor) => Embedded.RuntimeEnvironment.Of(actor.Provider.Settings.System).Time;
}

/// <summary>Waiting for the end of an actor.</summary>
public static class WatchAsyncSupport
{
    /// <summary>Waits for the end of an actor.</summary>
    /// <param name="target">The actor.</param>
    /// <param name="token">Ends the waiting.</param>
    /// <returns>True when it has ended; false when the waiting was called off.</returns>
    public static Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default) => GracefulStopSupport.WatchUntil(target, token);
}
