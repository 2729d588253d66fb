using System.Collections.Concurrent;

namespace Akka.Coordination.Stores.Disk;

/// <summary>
/// Excludes everybody else while something is done: other threads of this process by a monitor, other processes and nodes by a
/// record lock (fcntl) of a file's first byte. Record locks belong to the process, so they do not tell threads apart.
/// </summary>
internal sealed class FileMutex(string path)
{
    private static readonly ConcurrentDictionary<string, object> Monitors = new(StringComparer.Ordinal);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <exception cref="LeaseTimeoutException">Others have held the lock for all of that time.</exception>
    public T Hold<T>(TimeProvider time, TimeSpan limit, Func<T> action)
    {
        var begun = time.GetTimestamp();
        var monitor = Monitors.GetOrAdd(path, _ => new object());
        if (!Monitor.TryEnter(monitor, limit)) throw Busy(limit);
        try
        {
            var file = LibC.OpenForLocking(path);
            try
            {
                while (!LibC.TryLock(file, path))
                {
                    if (time.GetElapsedTime(begun) > limit) throw Busy(limit);
                    CancellationToken.None.WaitHandle.WaitOne(Pause);
                }

                return action();
            }
            finally
            {
                LibC.CloseFile(file);
            }
        }
        finally
        {
            Monitor.Exit(monitor);
        }
    }

    private LeaseTimeoutException Busy(TimeSpan limit) => new($"The file {path} was locked by others for {limit}.");
}
