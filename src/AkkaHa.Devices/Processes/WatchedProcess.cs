using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AkkaHa.Devices.Processes;

/// <summary>A live process that can be killed and whose end is told at once; the id cannot come to mean another process meanwhile.</summary>
public sealed class WatchedProcess
{
    private readonly int _pidfd;
    private readonly Lock _closing = new();
    private bool _closed;

    private WatchedProcess(int pid, int pidfd, bool isChild)
    {
        Id = pid;
        _pidfd = pidfd;
        Exited = ExitWatcher.Shared.Watch(pidfd, pid, isChild);
        _ = Exited.ContinueWith(_ => Close(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>Ends when the process does; a zombie has ended.</summary>
    public Task<ProcessExit> Exited { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => Exited.IsCompleted;

    /// <summary>Takes up watching a process that somebody else started; null if there is none with this id, or it is a zombie.</summary>
    public static WatchedProcess? Open(int pid)
    {
        var pidfd = LibC.PidfdOpen(pid);
        if (pidfd < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            // EINVAL: the id is that of a thread, or is no id at all.
            return errno is LibC.ESrch or LibC.EInval ? null : throw new Win32Exception(errno, $"Process {pid} cannot be watched");
        }
        if (ProcessStat.Read(pid) is null or { IsDead: true })
        {
            LibC.Close(pidfd);
            return null;
        }
        return new WatchedProcess(pid, pidfd, isChild: false);
    }

    internal static WatchedProcess OfChild(int pid)
    {
        var pidfd = LibC.PidfdOpen(pid);
        return pidfd >= 0
            ? new WatchedProcess(pid, pidfd, isChild: true)
            : throw new Win32Exception(Marshal.GetLastPInvokeError(), $"Child {pid} cannot be watched; pidfd needs Linux 5.3");
    }

    /// <summary>Sends a signal; false if the process has ended.</summary>
    public bool Signal(int signal)
    {
        // Once closed, the descriptor's number may come to mean another process.
        lock (_closing)
            return !_closed && !HasExited && LibC.PidfdSendSignal(_pidfd, signal) == 0;
    }

    /// <summary>Kills the process (SIGKILL); false if it has ended.</summary>
    public bool Kill() => Signal(LibC.SigKill);

    /// <summary>Kills the process and waits until it is gone.</summary>
    /// <returns>False if it is still there after the timeout, for example because a storage holds it in the kernel.</returns>
    public async Task<bool> KillAndWaitAsync(TimeSpan timeout, TimeProvider time)
    {
        Kill();
        return await Exited.IsCompletedWithinAsync(timeout, time).ConfigureAwait(false);
    }

    private void Close()
    {
        lock (_closing)
        {
            _closed = true;
            LibC.Close(_pidfd);
        }
    }
}
