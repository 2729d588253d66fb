using Akka.Embedded;

namespace Akka.Actor;

/// <summary>Sends the outcome of a task to an actor: its result as it is, its failure as <see cref="Status.Failure"/>.</summary>
public static class PipeToSupport
{
    /// <summary>Sends the outcome of a task.</summary>
    /// <typeparam name="T">The type of its result.</typeparam>
    /// <param name="taskToPipe">The task.</param>
    /// <param name="recipient">Who gets the outcome.</param>
    /// <param name="sender">The sender it has; nobody if null.</param>
    /// <param name="success">Makes the message from the result.</param>
    /// <param name="failure">Makes the message from the failure.</param>
    /// <returns>Ends when the outcome was sent.</returns>
    public static Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null)
        => taskToPipe.PipeTo(recipient, useConfigureAwait: false, sender, success, failure);

    /// <summary>Sends the outcome of a task.</summary>
    /// <typeparam name="T">The type of its result.</typeparam>
    /// <param name="taskToPipe">The task.</param>
    /// <param name="recipient">Who gets the outcome.</param>
    /// <param name="sender">The sender it has; nobody if null.</param>
    /// <param name="success">Makes the message from the result.</param>
    /// <param name="failure">Makes the message from the failure.</param>
    /// <returns>Ends when the outcome was sent.</returns>
    public static Task PipeTo<T>(this ValueTask<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null)
        => taskToPipe.AsTask().PipeTo(recipient, useConfigureAwait: false, sender, success, failure);

    /// <summary>Sends the outcome of a task.</summary>
    /// <typeparam name="T">The type of its result.</typeparam>
    /// <param name="taskToPipe">The task.</param>
    /// <param name="recipient">Who gets the outcome.</param>
    /// <param name="useConfigureAwait">Whether it is sent from where the call is made, if that place has a context of its own.</param>
    /// <param name="sender">The sender it has; nobody if null.</param>
    /// <param name="success">Makes the message from the result.</param>
    /// <param name="failure">Makes the message from the failure.</param>
    /// <returns>Ends when the outcome was sent.</returns>
    public static Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null)
        => Pipe(taskToPipe, ended => success is null ? ((Task<T>)ended).Result! : success(((Task<T>)ended).Result), recipient, useConfigureAwait, sender, failure);

    /// <summary>Sends the outcome of a task.</summary>
    /// <param name="taskToPipe">The task.</param>
    /// <param name="recipient">Who gets the outcome.</param>
    /// <param name="sender">The sender it has; nobody if null.</param>
    /// <param name="success">Makes the message; nothing is sent on success if null.</param>
    /// <param name="failure">Makes the message from the failure.</param>
    /// <returns>Ends when the outcome was sent.</returns>
    public static Task PipeTo(this Task taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null)
        => taskToPipe.PipeTo(recipient, useConfigureAwait: false, sender, success, failure);

    /// <summary>Sends the outcome of a task.</summary>
    /// <param name="taskToPipe">The task.</param>
    /// <param name="recipient">Who gets the outcome.</param>
    /// <param name="sender">The sender it has; nobody if null.</param>
    /// <param name="success">Makes the message; nothing is sent on success if null.</param>
    /// <param name="failure">Makes the message from the failure.</param>
    /// <returns>Ends when the outcome was sent.</returns>
    public static Task PipeTo(this ValueTask taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null)
        => taskToPipe.AsTask().PipeTo(recipient, useConfigureAwait: false, sender, success, failure);

    /// <summary>Sends the outcome of a task.</summary>
    /// <param name="taskToPipe">The task.</param>
    /// <param name="recipient">Who gets the outcome.</param>
    /// <param name="useConfigureAwait">Whether it is sent from where the call is made, if that place has a context of its own.</param>
    /// <param name="sender">The sender it has; nobody if null.</param>
    /// <param name="success">Makes the message; nothing is sent on success if null.</param>
    /// <param name="failure">Makes the message from the failure.</param>
    /// <returns>Ends when the outcome was sent.</returns>
    public static Task PipeTo(this Task taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null)
        => Pipe(taskToPipe, success is null ? null : _ => success(), recipient, useConfigureAwait, sender, failure);

    private static Task Pipe(Task task, Func<Task, object>? success, ICanTell recipient, bool useConfigureAwait, IActorRef? sender, Func<Exception, object>? failure)
    {
        var environment = EnvironmentOf(recipient);
        // Outside a simulation the task's own thread may send; inside, only the loop.
        return environment.IsDeterministic && !useConfigureAwait
            ? task.ContinueWith(
                ended => Send(ended, success, recipient, sender, failure), CancellationToken.None, TaskContinuationOptions.None, environment.TaskScheduler)
            : Await(task, success, recipient, useConfigureAwait, sender, failure);
    }

    private static async Task Await(Task task, Func<Task, object>? success, ICanTell recipient, bool useConfigureAwait, IActorRef? sender, Func<Exception, object>? failure)
    {
        await task.ConfigureAwait(useConfigureAwait ? ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing : ConfigureAwaitOptions.SuppressThrowing);
        Send(task, success, recipient, sender, failure);
    }

    private static void Send(Task ended, Func<Task, object>? success, ICanTell recipient, IActorRef? sender, Func<Exception, object>? failure)
    {
        try
        {
            ended.GetAwaiter().GetResult();
            if (success is not null)
                recipient.Tell(success(ended), sender!);
        }
        catch (Exception cause)
        {
            recipient.Tell(failure is null ? new Status.Failure(cause) : failure(cause), sender!);
        }
    }

    private static RuntimeEnvironment EnvironmentOf(ICanTell recipient) => recipient switch
    {
        Nobody or MinimalActorRef and Event.MinimalLogger => RuntimeEnvironment.Ambient,
        IInternalActorRef actor => RuntimeEnvironment.Of(actor.Provider.Settings.System),
        ActorSelection selection => EnvironmentOf(selection.Anchor),
        _ => RuntimeEnvironment.Ambient,
    };
}
