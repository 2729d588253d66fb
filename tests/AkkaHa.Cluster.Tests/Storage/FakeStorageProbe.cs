using AkkaHa.Devices.Storage;

namespace AkkaHa.Cluster.Tests.Storage;

/// <summary>A storage that answers as the test says; one that hangs answers never.</summary>
internal sealed class FakeStorageProbe(string name, bool isShared = true) : IStorageProbe
{
    private volatile bool _fails;
    private volatile bool _hangs;
    private int _probes;

    public StorageDefinition Storage { get; } = new(name, StorageType.Dir, "/mnt/" + name, isShared);

    public bool Fails { set => _fails = value; }

    public bool Hangs { set => _hangs = value; }

    public int Probes => Volatile.Read(ref _probes);

    public Task<ProbeResult> ProbeAsync(TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _probes);
        if (_hangs)
            return new TaskCompletionSource<ProbeResult>().Task;
        return Task.FromResult(_fails
            ? new ProbeResult(false, TimeSpan.Zero, $"{name} failed: Input/output error")
            : new ProbeResult(true, TimeSpan.FromMilliseconds(3), null, 1000, 250));
    }
}
