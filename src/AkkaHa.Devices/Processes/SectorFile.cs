using System.Runtime.InteropServices;

namespace AkkaHa.Devices.Processes;

/// <summary>
/// Reads and writes single sectors of a disk or file past every cache. Each call can hang for as long as the storage does: it runs on a
/// thread that is left behind after the timeout.
/// </summary>
public sealed unsafe class SectorFile(string path, TimeSpan timeout, TimeProvider time)
{
    private const int Alignment = 4096;
    private const nuint BlockSectorSize = 0x1268;

    private readonly DeviceThread _thread = new($"storage {path}");

    /// <summary>The disk or file.</summary>
    public string Path => path;

    /// <summary>The size of a sector: the device's logical block size, 512 for a file.</summary>
    /// <exception cref="IOException">The storage cannot be read.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public Task<int> SectorSizeAsync(CancellationToken cancellationToken = default) =>
        _thread.RunAsync(() => WithFile(LibC.OReadOnly, SectorSizeOf), timeout, time, cancellationToken);

    /// <summary>Reads bytes; offset and count must be multiples of the sector size.</summary>
    /// <exception cref="IOException">The storage cannot be read.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public Task<byte[]> ReadAsync(long offset, int count, CancellationToken cancellationToken = default) =>
        _thread.RunAsync(() => WithFile(LibC.OReadOnly, descriptor => Read(descriptor, offset, count)), timeout, time, cancellationToken);

    /// <summary>Writes bytes and waits until they are on the storage; offset and length must be multiples of the sector size.</summary>
    /// <exception cref="IOException">The storage cannot be written.</exception>
    /// <exception cref="TimeoutException">It does not answer; the write may still happen.</exception>
    public Task WriteAsync(long offset, byte[] bytes, CancellationToken cancellationToken = default) =>
        _thread.RunAsync(() => WithFile(LibC.OReadWrite, descriptor => Write(descriptor, offset, bytes)), timeout, time, cancellationToken);

    private static int SectorSizeOf(int descriptor)
    {
        int size;
        // A file is no block device and answers ENOTTY.
        return LibC.Ioctl(descriptor, BlockSectorSize, &size) == 0 ? size : 512;
    }

    private T WithFile<T>(int flags, Func<int, T> work)
    {
        // Opened anew each time: a device that went away and came back is another one.
        var descriptor = LibC.Open(path, flags | LibC.ODirect | LibC.OSync | LibC.OCloseOnExec, 0);
        if (descriptor < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            throw new IOException($"{path} cannot be opened: {LibC.Describe(errno)}."
                + (errno == LibC.EInval ? " Its file system does not know O_DIRECT." : ""));
        }
        try
        {
            return work(descriptor);
        }
        finally
        {
            LibC.Close(descriptor);
        }
    }

    private byte[] Read(int descriptor, long offset, int count)
    {
        var buffer = NativeMemory.AlignedAlloc((nuint)count, Alignment);
        try
        {
            var done = LibC.Pread(descriptor, buffer, (nuint)count, offset);
            if (done != count)
                throw Failure("read", done, offset);
            return new ReadOnlySpan<byte>(buffer, count).ToArray();
        }
        finally
        {
            NativeMemory.AlignedFree(buffer);
        }
    }

    private bool Write(int descriptor, long offset, byte[] bytes)
    {
        var buffer = NativeMemory.AlignedAlloc((nuint)bytes.Length, Alignment);
        try
        {
            bytes.CopyTo(new Span<byte>(buffer, bytes.Length));
            var done = LibC.Pwrite(descriptor, buffer, (nuint)bytes.Length, offset);
            return done == bytes.Length ? true : throw Failure("written", done, offset);
        }
        finally
        {
            NativeMemory.AlignedFree(buffer);
        }
    }

    private IOException Failure(string what, nint done, long offset) => new(
        $"{path} could not be {what} at byte {offset.ToString(System.Globalization.CultureInfo.InvariantCulture)}: "
        + (done < 0 ? LibC.Describe(Marshal.GetLastPInvokeError()) : "it is too short") + ".");
}
