using System.Text;

namespace Akka.Coordination.Stores.Disk;

/// <summary>
/// A file for each lease in a shared directory, changed only under a lock of another file beside it: written anew, flushed, and
/// renamed over the old one. There is no common clock; the time of an owner is over when its record has not changed for longer than
/// its duration since this contender first saw it. A directory without the <see cref="Marker"/> is not the shared one: if the file
/// system were not mounted on one node, that node would get every lease from its own empty directory.
/// </summary>
internal sealed class DiskLeaseStore : ILeaseStore
{
    /// <summary>The file that whoever set the shared directory up has made in it.</summary>
    public const string Marker = "akka-leases";

    // The owner's clock may be slower than this one, and it counted from before its record could be seen here.
    private const double WaitShare = 1.1;

    private readonly string _directory;
    private readonly string _file;
    private readonly FileMutex _mutex;
    private readonly TimeProvider _time;
    private readonly TimeSpan _operationTimeout;
    private LeaseRecord? _seen;
    private long _seenSince;

    public DiskLeaseStore(string directory, string leaseName, TimeProvider time, TimeSpan operationTimeout)
    {
        _directory = directory;
        _file = Path.Combine(directory, $"{Uri.EscapeDataString(leaseName)}.lease");
        _mutex = new FileMutex($"{_file}.lock");
        _time = time;
        _operationTimeout = operationTimeout;
    }

    public void Observe() => NoteSeen(Read());

    public bool TryAcquire(string owner, long token, TimeSpan duration) => Exclusively(() =>
    {
        var record = Read();
        NoteSeen(record);
        if (record is not null && record.Owner != owner && _time.GetElapsedTime(_seenSince) <= record.Duration * WaitShare) return false;
        Write(new LeaseRecord(owner, token, 1, duration));
        return true;
    });

    public bool TryRenew(string owner, long token, TimeSpan duration) => Exclusively(() =>
    {
        if (Read() is not { } record || record.Owner != owner || record.Token != token) return false;
        Write(record with { Sequence = record.Sequence + 1, Duration = duration });
        return true;
    });

    public void Release(string owner, long token) => Exclusively(() =>
    {
        if (Read() is not { } record || record.Owner != owner || record.Token != token) return false;
        File.Delete(_file);
        LibC.FlushDirectory(_directory);
        return true;
    });

    private bool Exclusively(Func<bool> change)
    {
        try
        {
            _ = File.GetAttributes(Path.Combine(_directory, Marker));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LeaseException(
                $"The directory {_directory} has no file '{Marker}', so nobody gets a lease there. Either the shared file system is not mounted, or it was never set up: then make that file once, from one node, when it is mounted.",
                missing);
        }

        return _mutex.Hold(_time, _operationTimeout, change);
    }

    private void NoteSeen(LeaseRecord? record)
    {
        if (record == _seen) return;
        _seen = record;
        _seenSince = _time.GetTimestamp();
    }

    private LeaseRecord? Read()
    {
        try
        {
            return LeaseRecord.Parse(File.ReadAllText(_file, Encoding.UTF8), _file);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private void Write(LeaseRecord record)
    {
        var draft = $"{_file}.new";
        using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(record.ToBytes());
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, _file, overwrite: true);
        LibC.FlushDirectory(_directory);
    }
}
