using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Akka.Coordination.Stores.Disk;

/// <summary>What .NET has no call for: record locks without a second lock (flock) on the same file, and flushing a directory.</summary>
internal static partial class LibC
{
    private const string Library = "libc";
    private const int ReadOnly = 0;
    private const int ReadWriteCreateCloseOnExec = 0x2 | 0x40 | 0x80000;
    private const int ReadableByAll = 0x1A4;
    private const int SetLock = 6;
    private const short WriteLock = 1;
    private const int Again = 11;
    private const int AccessDenied = 13;

    /// <summary>Opens a file, made if it is not there.</summary>
    /// <exception cref="Win32Exception">It cannot be opened.</exception>
    public static int OpenForLocking(string path) => Checked(Open(path, ReadWriteCreateCloseOnExec, ReadableByAll), $"The file {path} cannot be opened");

    /// <summary>Locks the first byte of a file, if nobody else has; it is unlocked when this process closes the file or dies.</summary>
    /// <exception cref="Win32Exception">The file system has no such locks, or has lost them.</exception>
    public static bool TryLock(int descriptor, string path)
    {
        var region = new FileLock { Type = WriteLock, Length = 1 };
        if (Fcntl(descriptor, SetLock, ref region) == 0) return true;
        return Marshal.GetLastPInvokeError() is Again or AccessDenied ? false : throw Failed($"The file {path} cannot be locked");
    }

    public static void CloseFile(int descriptor) => _ = Close(descriptor);

    /// <summary>Returns when renames and removals in a directory have reached the disk.</summary>
    /// <exception cref="Win32Exception">They have not.</exception>
    public static void FlushDirectory(string path)
    {
        var descriptor = Checked(Open(path, ReadOnly, 0), $"The directory {path} cannot be opened");
        try
        {
            Checked(Fsync(descriptor), $"The directory {path} cannot be flushed");
        }
        finally
        {
            CloseFile(descriptor);
        }
    }

    private static int Checked(int result, string what) => result >= 0 ? result : throw Failed(what);

    private static Win32Exception Failed(string what) => new(Marshal.GetLastPInvokeError(), $"{what}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int descriptor, int command, ref FileLock region);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    /// <summary><c>struct flock</c> of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileLock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Owner;
    }
}
