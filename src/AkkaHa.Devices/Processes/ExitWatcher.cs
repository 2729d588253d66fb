using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AkkaHa.Devices.Processes;

/// <summary>
/// Learns of the end of processes, our children or not, from the kernel: one thread waits on the pidfds of all of them. A pidfd is ready
/// as soon as the process is a zombie, so no zombie is ever taken for alive, and our own are reaped at once.
/// </summary>
internal sealed unsafe class ExitWatcher
{
    private static readonly Lazy<ExitWatcher> SharedWatcher = new(() => new ExitWatcher());

    // struct epoll_event is packed on x86-64 and nowhere else.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + 8;

    private const int EventsAtOnce = 64;

    private readonly int _epoll;
    private readonly ConcurrentDictionary<int, Watched> _watched = new();

    private sealed record Watched(int Pid, bool IsChild, TaskCompletionSource<ProcessExit> Exited);

    private ExitWatcher()
    {
        _epoll = LibC.EpollCreate(LibC.EpollCloseOnExec);
        if (_epoll < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "The kernel refused an epoll instance");
#pragma warning disable RS0030 // The kernel's wait for the end of processes blocks: it has this one thread of its own.
        var thread = new Thread(WaitForEver) { IsBackground = true, Name = "process-exits" };
#pragma warning restore RS0030
        thread.Start();
    }

    /// <summary>The one watcher of this process.</summary>
    public static ExitWatcher Shared => SharedWatcher.Value;

    /// <summary>Watches a process by its pidfd, which the caller closes after the end of the process.</summary>
    /// <param name="pidfd">The open pidfd.</param>
    /// <param name="pid">The process id it stands for.</param>
    /// <param name="isChild">Whether it is our child, to be reaped.</param>
    public Task<ProcessExit> Watch(int pidfd, int pid, bool isChild)
    {
        var exited = new TaskCompletionSource<ProcessExit>(TaskCreationOptions.RunContinuationsAsynchronously);
        _watched[pidfd] = new Watched(pid, isChild, exited);
        Span<byte> wanted = stackalloc byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(wanted, LibC.EpollIn);
        BinaryPrimitives.WriteInt64LittleEndian(wanted[DataOffset..], pidfd);
        fixed (byte* pointer = wanted)
        {
            if (LibC.EpollCtl(_epoll, LibC.EpollCtlAdd, pidfd, pointer) != 0)
            {
                _watched.TryRemove(pidfd, out _);
                throw new Win32Exception(Marshal.GetLastPInvokeError(), "The end of a process could not be watched");
            }
        }
        return exited.Task;
    }

    private void WaitForEver()
    {
        var happenings = new byte[EventsAtOnce * EventSize];
        while (true)
        {
            int count;
            fixed (byte* pointer = happenings)
                count = LibC.EpollWait(_epoll, pointer, EventsAtOnce, -1);
            for (var i = 0; i < count; i++)
                Ended((int)BinaryPrimitives.ReadInt64LittleEndian(happenings.AsSpan((i * EventSize) + DataOffset)));
        }
    }

    private void Ended(int pidfd)
    {
        if (!_watched.TryRemove(pidfd, out var watched))
            return;
        LibC.EpollCtl(_epoll, LibC.EpollCtlDelete, pidfd, null);
        var exit = ProcessExit.Unknown;
        if (watched.IsChild && LibC.WaitPid(watched.Pid, out var status, LibC.WaitNoHang) == watched.Pid)
            exit = ProcessExit.FromWaitStatus(status);
        watched.Exited.SetResult(exit);
    }
}
