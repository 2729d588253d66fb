using System.Globalization;
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

    /// <summary>Whether it is armed, disarmed or has fired, and how often it was fed.</summary>
    private (string Stage, int Feeds) State => File.ReadAllText(Folder["mnt/state"]).Split(' ') is [var state, var feeds]
        ? (state, int.Parse(feeds, CultureInfo.InvariantCulture))
        : throw new InvalidOperationException("The FUSE watchdog does not tell its state.");

    public int Feeds => State.Feeds;

    public static async Task<FuseWatchdog> StartAsync()
    {
        var folder = new TempFolder();
        return new FuseWatchdog(folder, await FuseProgram.StartAsync(folder, "fusewd", folder["mnt"], $"touch {folder["fired"]}", "watchdog"));
    }

    /// <summary>Waits until it has been fed so often from now on.</summary>
    public async Task FedAsync(int times)
    {
        var enough = Feeds + times;
        await Real.EventuallyAsync(() => Feeds, feeds => feeds >= enough, "the feeding of the watchdog");
    }

    /// <summary>Waits until it runs no more: a FUSE server hears of a close a little later than who closed.</summary>
    public async Task DisarmedAsync() =>
        Assert.Equal("disarmed", await Real.EventuallyAsync(() => State.Stage, stage => stage != "armed", "the disarming of the watchdog"));

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
