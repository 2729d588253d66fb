using AkkaHa.Devices.Watchdog;

namespace AkkaHa.Devices.Tests.Watchdog;

/// <summary>A file that behaves like the kernel's watchdog device; when it expires, a file appears.</summary>
internal sealed class FuseWatchdog : IAsyncDisposable
{
    private readonly FuseProgram _fuse;

    private FuseWatchdog(TempFolder folder, FuseProgram fuse)
    {
        Folder = folder;
        _fuse = fuse;
    }

    public TempFolder Folder { get; }

    public string Device => Folder["mnt/watchdog"];

    public bool HasFired => File.Exists(Folder["fired"]);

    public static async Task<FuseWatchdog> StartAsync()
    {
        var folder = new TempFolder();
        return new FuseWatchdog(folder, await FuseProgram.StartAsync(folder, "fusewd", folder["mnt"], $"touch {folder["fired"]}", "watchdog"));
    }

    public Task FiredAsync() => Real.EventuallyAsync(() => HasFired, fired => fired, "the watchdog's firing");

    /// <summary>Opens the device again after a close: a FUSE server hears of that a little later than who closed.</summary>
    public async Task<LinuxWatchdog> ReopenAsync(TimeSpan timeout)
    {
        LinuxWatchdog? opened = null;
        await Real.EventuallyAsync(
            () =>
            {
                try
                {
                    opened = LinuxWatchdog.Open(Device, timeout);
                }
                catch (IOException)
                {
                    // Still in use.
                }
                return opened is not null;
            }, free => free, "the release of the device");
        return opened!;
    }

    public async ValueTask DisposeAsync()
    {
        await _fuse.DisposeAsync();
        Folder.Dispose();
    }
}
