using System.ComponentModel;
using System.Runtime.InteropServices;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Storage;

/// <summary>
/// The ownership records of a storage with files: <c>.akkaha/vm-101.owner</c> beside the disks, compared and swapped under a lock of the
/// file system. The last line behind log and fence, never a proof (DESIGN §10).
/// </summary>
public sealed class OwnershipFile(StorageDefinition storage, TimeSpan timeout, TimeProvider time)
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);

    private readonly DeviceThread _thread = new($"storage {storage.Name}");

    /// <summary>The record of a VM; null if there is none.</summary>
    /// <exception cref="IOException">The storage or the record cannot be read.</exception>
    /// <exception cref="TimeoutException">The storage does not answer.</exception>
    public Task<OwnershipRecord?> ReadAsync(ResourceId id, CancellationToken cancellationToken = default) =>
        _thread.RunAsync(() => Read(RecordPath(id)), timeout, time, cancellationToken);

    /// <summary>Makes a boot the owner, unless a record with a newer token stands there.</summary>
    public async Task<OwnershipOutcome> TakeAsync(ResourceId id, OwnershipRecord wanted, CancellationToken cancellationToken = default)
    {
        var started = time.GetTimestamp();
        try
        {
            while (true)
            {
                var left = timeout - time.GetElapsedTime(started);
                if (left <= TimeSpan.Zero)
                    throw new TimeoutException("the record is held by another node's lock");
                if (await _thread.RunAsync(() => TrySwap(id, wanted), left, time, cancellationToken).ConfigureAwait(false) is { } outcome)
                    return outcome;
                await Task.Delay(LockPause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TimeoutException or Win32Exception)
        {
            return new OwnershipOutcome(OwnershipVerdict.Unreachable,
                $"The ownership record of {id} on storage '{storage.Name}' ({storage.Path}) cannot be taken for {wanted.Owner.Node}: {e.Message}");
        }
    }

    private string Folder => Path.Combine(storage.Path, ".akkaha");

    private string RecordPath(ResourceId id) => Path.Combine(Folder, VmDefinition.NameOf(id) + ".owner");

    // Null if another node holds the lock now.
    private OwnershipOutcome? TrySwap(ResourceId id, OwnershipRecord wanted)
    {
        if (Mounts.Problem(storage) is { } problem)
            throw new IOException(problem);
        if (!Directory.Exists(storage.Path))
            throw new IOException($"{storage.Path} is not there; is the storage mounted?");
        Directory.CreateDirectory(Folder);
        var path = RecordPath(id);
        using var guard = File.OpenHandle(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (!FileLock.TryTake(guard))
            return null;
        var found = Read(path);
        if (found is not null && found.Token > wanted.Token)
        {
            return new OwnershipOutcome(OwnershipVerdict.Newer,
                $"{id} belongs to {found.Owner.Node} by a newer command ({found.Token}) than this one ({wanted.Token}), says {path} on storage '{storage.Name}'. "
                + "If it runs nowhere and that record is of another cluster or of a state that is gone, remove the record by hand.", found);
        }
        Replace(path, wanted.ToText());
        var written = Read(path);
        return written == wanted
            ? new OwnershipOutcome(OwnershipVerdict.Taken, $"{id} belongs to {wanted.Owner.Node} ({wanted.Token}).", found)
            : throw new IOException("what is read back is not what was written");
    }

    private static OwnershipRecord? Read(string path)
    {
        try
        {
            return OwnershipRecord.Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (FormatException e)
        {
            throw new IOException($"{path} holds {e.Message}; look at it and remove it by hand if the VM runs nowhere", e);
        }
    }

    private void Replace(string path, string text)
    {
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None, 4096, FileOptions.WriteThrough))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, path, overwrite: true);
        SyncFolder();
    }

    // The rename itself is on the disk only when its folder is.
    private void SyncFolder()
    {
        var descriptor = LibC.Open(Folder, LibC.OReadOnly | LibC.OCloseOnExec, 0);
        if (descriptor < 0 || LibC.Fsync(descriptor) != 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            if (descriptor >= 0)
                LibC.Close(descriptor);
            throw new IOException($"{Folder} cannot be synced: {LibC.Describe(errno)}");
        }
        LibC.Close(descriptor);
    }
}
