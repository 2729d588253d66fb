using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Host;

/// <summary>The exclusive lock of a node's daemon on its data directory: two daemons of one node never run at once. Ends with the process.</summary>
public sealed class DaemonLock : IDisposable
{
    private readonly FileStream _file;

    private DaemonLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="dataDirectory">The node's data directory; made if it is missing.</param>
    /// <exception cref="InvalidOperationException">Another daemon holds it, or the directory cannot be written.</exception>
    public static DaemonLock Take(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "daemon.lock");
        try
        {
            Directory.CreateDirectory(dataDirectory);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (FileLock.TryTake(file.SafeFileHandle))
                return new DaemonLock(file);
            file.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The data directory {dataDirectory} cannot be used: {e.Message}", e);
        }

        throw new InvalidOperationException($"Another daemon of this node holds {path}; stop it first.");
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
