namespace AkkaHa.Devices.Processes;

/// <summary>
/// Runs a call that can block in the kernel without end (a file on a dead storage) on a thread that can be left behind. How many may be
/// left behind at once is bounded.
/// </summary>
public sealed class DeviceThread(string name, int abandonedLimit = 4)
{
    private int _busy;

    /// <summary>How many threads are in a call now, abandoned ones included.</summary>
    public int Busy => Volatile.Read(ref _busy);

    /// <summary>Runs the call; its result is awaited no longer than the timeout, the thread runs on until the kernel lets go of it.</summary>
    /// <exception cref="TimeoutException">The call did not end in time, or too many earlier ones still hang.</exception>
    public async Task<T> RunAsync<T>(Func<T> call, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _busy) > abandonedLimit)
        {
            Interlocked.Decrement(ref _busy);
            throw new TimeoutException($"{name}: {abandonedLimit} earlier calls still hang; nothing further is tried until one of them ends.");
        }
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
#pragma warning disable RS0030 // A call into a dead storage holds its thread for ever: it must not be one of the pool's.
        var thread = new Thread(() => Call(call, result)) { IsBackground = true, Name = name };
#pragma warning restore RS0030
        thread.Start();
        if (!await result.Task.IsCompletedWithinAsync(timeout, time, cancellationToken).ConfigureAwait(false))
            throw new TimeoutException(FormattableString.Invariant($"{name}: no answer within {timeout.TotalSeconds:0.###} s."));
        return await result.Task.ConfigureAwait(false);
    }

    private void Call<T>(Func<T> call, TaskCompletionSource<T> result)
    {
        try
        {
            result.SetResult(call());
        }
#pragma warning disable CA1031 // Whatever the call throws is its caller's: it travels through the task.
        catch (Exception e)
#pragma warning restore CA1031
        {
            result.SetException(e);
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
        }
    }
}
