namespace AkkaHa.Devices.Tests.Storage;

/// <summary>A file on a storage that fails or hangs on command.</summary>
internal sealed class FaultyDisk : IAsyncDisposable
{
    private readonly string _backing;
    private FuseProgram _fuse = null!;

    private FaultyDisk(string backing, string mount)
    {
        _backing = backing;
        Path = System.IO.Path.Combine(mount, "disk");
    }

    public string Path { get; }

    public static async Task<FaultyDisk> StartAsync(TempFolder folder, string name)
    {
        using (var backing = File.Create(folder[name]))
            backing.SetLength(1024 * 1024);
        var disk = new FaultyDisk(folder[name], folder[name + ".mnt"]);
        disk._fuse = await FuseProgram.StartAsync(folder, "faultfs", folder[name + ".mnt"], folder[name], "disk");
        return disk;
    }

    public void Fail(bool fails) => Set(".eio", fails);

    public void Hang(bool hangs) => Set(".hang", hangs);

    public async ValueTask DisposeAsync()
    {
        Hang(false);
        await _fuse.DisposeAsync();
    }

    private void Set(string suffix, bool there)
    {
        if (there)
            File.WriteAllText(_backing + suffix, "");
        else
            File.Delete(_backing + suffix);
    }
}
