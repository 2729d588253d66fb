using Akka.Embedded;

namespace Akka.Persistence;

/// <summary>Starts asynchronous work from an actor that does not wait for it.</summary>
internal static class AsyncWork
{
    /// <summary>
    /// Runs the work on this thread up to its first wait; after that it goes on wherever the waits end, or on the loop of a simulation. Its first
    /// part may use the actor's context, the rest may not.
    /// </summary>
    public static Task<T> Start<T>(this RuntimeEnvironment environment, Func<Task<T>> work)
    {
        if (!environment.IsDeterministic) return work();
        // An actor runs without a context that a wait would come back to, and the thread pool must not go on with it.
        var first = new Task<Task<T>>(work);
        first.RunSynchronously(environment.TaskScheduler);
        return first.Unwrap();
    }

    /// <summary>See <see cref="Start{T}"/>.</summary>
    public static Task Start(this RuntimeEnvironment environment, Func<Task> work) => environment.Start(async () =>
    {
        await work();
        return true;
    });
}
