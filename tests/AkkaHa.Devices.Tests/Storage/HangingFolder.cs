namespace AkkaHa.Devices.Tests.Storage;

/// <summary>A folder on a storage that hangs on command, as an NFS mount whose server is gone.</summary>
internal sealed class HangingFolder : IAsyncDisposable
{
    private readonly string _backing;
    private FuseProgram _fuse = null!;

    private HangingFolder(string backing, string mount)
    {
        _backing = backing;
        Path = mount;
    }

    public string Path { get; }

    public static async Task<HangingFolder> StartAsync(TempFolder folder)
    {
        Directory.CreateDirectory(folder["hanging"]);
        File.WriteAllText(folder["hanging/ready"], "");
        var hanging = new HangingFolder(folder["hanging"], folder["hanging.mnt"]);
        hanging._fuse = await FuseProgram.StartAsync(folder, "hangfs", folder["hanging.mnt"], folder["hanging"], "ready");
        return hanging;
    }

    public void Hang(bool hangs)
    {
        if (hangs)
            File.WriteAllText(_backing + ".hang", "");
        else
            File.Delete(_backing + ".hang");
    }

    public async ValueTask DisposeAsync()
    {
        Hang(false);
        await _fuse.DisposeAsync();
    }
}
