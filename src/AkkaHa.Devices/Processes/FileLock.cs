using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AkkaHa.Devices.Processes;

/// <summary>
/// Exclusive locks of the kernel's "open file description" kind on a whole file: they end with the last descriptor of the open, are seen
/// across NFS, and exclude QEMU's image locks, too.
/// </summary>
internal static unsafe class FileLock
{
    private const int OfdSetLock = 37;
    private const short WriteLock = 1;

    // struct flock on 64-bit Linux: type, whence, (padding), start, length, pid
    [StructLayout(LayoutKind.Sequential)]
    private struct Flock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Pid;
    }

    /// <summary>Takes the lock without waiting; false if somebody else holds one.</summary>
    public static bool TryTake(SafeFileHandle file)
    {
        var wanted = new Flock { Type = WriteLock };
        if (LibC.Fcntl((int)file.DangerousGetHandle(), OfdSetLock, &wanted) == 0)
            return true;
        var errno = Marshal.GetLastPInvokeError();
        return errno is LibC.EAgain or LibC.EAcces ? false : throw new Win32Exception(errno, $"The file cannot be locked: {LibC.Describe(errno)}");
    }
}
