using AkkaHa.Devices.Processes;
using Microsoft.Win32.SafeHandles;

namespace AkkaHa.Devices.Nodes;

/// <summary>
/// Held by the one daemon of a node for its whole life: the kernel lets go of it when the process ends, whatever the reason.
/// </summary>
public sealed class SessionLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private SessionLock(SafeFileHandle file)
    {
        _file = file;
    }

    /// <summary>Takes the lock; null if another process holds it.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static SessionLock? TryTake(string path)
    {
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (FileLock.TryTake(file))
            return new SessionLock(file);
        file.Dispose();
        return null;
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => _file.Dispose();
}
