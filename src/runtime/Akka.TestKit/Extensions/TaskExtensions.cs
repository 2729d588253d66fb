using Akka.TestKit.Internal;

namespace Akka.TestKit.Extensions;

/// <summary>Waits for tasks with a bound. A task that is late fails the test with a <see cref="TimeoutException"/>.</summary>
public static class TaskExtensions
{
    /// <summary>Waits for a task.</summary>
    /// <returns>Whether it ended in time. Its exception is thrown.</returns>
    public static async Task<bool> AwaitWithTimeout(this Task parentTask, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        try
        {
            await parentTask.WaitAsync(timeout, TestClock.Provider, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException) when (!parentTask.IsCompleted)
        {
            return false;
        }
    }

    /// <summary>Waits for the result of a task.</summary>
    /// <exception cref="TimeoutException">It is late.</exception>
    public static Task<T> WithTimeout<T>(this Task<T> parentTask, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        parentTask.WaitAsync(timeout, TestClock.Provider, cancellationToken);

    /// <summary>Waits for the result of a task, which must be <paramref name="expected"/>.</summary>
    public static async Task ShouldCompleteWithin<T>(this Task<T> task, T expected, TimeSpan timeout, string because = "", params object[] becauseArgs)
    {
        var actual = await task.ShouldCompleteWithin(timeout, because, becauseArgs).ConfigureAwait(false);
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"The task should have given <{expected}>{Because(because, becauseArgs)}, but gave <{actual}>.");
    }

    /// <summary>Waits for the result of a task.</summary>
    public static async Task<T> ShouldCompleteWithin<T>(this Task<T> task, TimeSpan timeout, string because = "", params object[] becauseArgs)
    {
        await ((Task)task).ShouldCompleteWithin(timeout, because, becauseArgs).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    /// <summary>Waits for a task.</summary>
    public static async Task ShouldCompleteWithin(this Task task, TimeSpan timeout, string because = "", params object[] becauseArgs)
    {
        if (!await task.AwaitWithTimeout(timeout).ConfigureAwait(false))
            throw new TimeoutException($"The task should have ended within {timeout}{Because(because, becauseArgs)}, but still runs.");
    }

    /// <summary>Waits for a task, which must fail with an exception of the type and with the text of <paramref name="expected"/>.</summary>
    public static async Task ShouldThrowWithin<T>(this Task task, T expected, TimeSpan timeout, string because = "", params object[] becauseArgs) where T : Exception
    {
        var actual = await task.ShouldThrowWithin<T>(timeout, because, becauseArgs).ConfigureAwait(false);
        if (actual.Message != expected.Message)
            throw new InvalidOperationException($"The task should have failed with \"{expected.Message}\"{Because(because, becauseArgs)}, but failed with \"{actual.Message}\".", actual);
    }

    /// <summary>Waits for a task, which must fail with a <typeparamref name="T"/>.</summary>
    /// <returns>The exception.</returns>
    public static async Task<T> ShouldThrowWithin<T>(this Task task, TimeSpan timeout, string because = "", params object[] becauseArgs) where T : Exception
    {
        try
        {
            await task.ShouldCompleteWithin(timeout, because, becauseArgs).ConfigureAwait(false);
        }
        catch (T expected) when (task.IsFaulted || task.IsCanceled)
        {
            return expected;
        }

        throw new InvalidOperationException($"The task should have failed with {typeof(T)}{Because(because, becauseArgs)}, but ended well.");
    }

    private static string Because(string because, object[] arguments) =>
        because.Length == 0 ? "" : " because " + (arguments.Length == 0 ? because : string.Format(System.Globalization.CultureInfo.InvariantCulture, because, arguments));
}
