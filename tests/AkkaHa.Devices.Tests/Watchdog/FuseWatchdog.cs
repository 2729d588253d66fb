using AkkaHa.Devices.Processes;
using AkkaHa.Devices.Watchdog;

namespace AkkaHa.Devices.Tests.Watchdog;

/// <summary>A file that behaves like the kernel's watchdog device; when it expires, a file appears.</summary>
internal sealed class FuseWatchdog : IAsyncDisposable
{
    private readonly ChildProcess _fuse;

    private FuseWatchdog(TempFolder folder, ChildProcess fuse)
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
        var flags = (await Real.RunAsync("pkg-config", "--cflags", "--libs", "fuse3")).Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        await Real.RunAsync("gcc", ["-O1", "-o", folder["fusewd"], Path.Combine(AppContext.BaseDirectory, "Assets/fusewd.c"), .. flags]);
        Directory.CreateDirectory(folder["mnt"]);
        var fuse = ChildProcess.Start(new ChildOptions(folder["fusewd"], [folder["mnt"], $"touch {folder["fired"]}"]) { Error = ChildStream.AppendTo(folder["log"]) });
        var watchdog = new FuseWatchdog(folder, fuse);
        await Real.EventuallyAsync(() => File.Exists(watchdog.Device), there => there, "the FUSE mount");
        return watchdog;
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
        await Real.RunAsync("fusermount3", "-u", "-z", Folder["mnt"]);
        _fuse.KillTree();
        await _fuse.Process.Exited;
        _fuse.Dispose();
        Folder.Dispose();
    }
}
