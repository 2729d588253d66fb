namespace AkkaHa.Devices.Processes;

/// <summary>Waiting with a bound on an injected clock.</summary>
internal static class Waiting
{
    /// <summary>Whether the task ends in time; its failure, if any, is left to whoever awaits it.</summary>
    public static async Task<bool> IsCompletedWithinAsync(
        this Task task, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken = default)
    {
        if (task.IsCompleted)
            return true;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(timeout, time, ended.Token);
        var first = await Task.WhenAny(task, delay).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        if (first != task)
            cancellationToken.ThrowIfCancellationRequested();
        return first == task;
    }
}
