using System.Runtime.InteropServices;
using System.Text;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Watchdog;

/// <summary>A watchdog device of the kernel (<c>/dev/watchdog</c>; Documentation/watchdog/watchdog-api.rst): hardware, or <c>softdog</c>.</summary>
public sealed unsafe class LinuxWatchdog : IWatchdog
{
    private const nuint GetSupport = 0x80285700;
    private const nuint SetTimeout = 0xC0045706;
    private const nuint GetTimeout = 0x80045707;
    private const nuint KeepAlive = 0x80045705;
    private const uint HasSetTimeout = 0x0080;
    private const uint HasMagicClose = 0x0100;
    private const int IdentityOffset = 8;
    private const int IdentityLength = 32;

    private readonly string _path;
    private int _descriptor;

    private LinuxWatchdog(string path, int descriptor)
    {
        _path = path;
        _descriptor = descriptor;
        Identity = "";
    }

    /// <inheritdoc />
    public string Identity { get; private set; }

    /// <inheritdoc />
    public TimeSpan Timeout { get; private set; }

    /// <inheritdoc />
    public bool CanDisarm { get; private set; }

    /// <summary>Opens and thereby arms a watchdog with the given timeout.</summary>
    /// <exception cref="IOException">
    /// There is none, another process has it, or it does not take the timeout. In the last case it is disarmed again, if it can be.
    /// </exception>
    public static LinuxWatchdog Open(string path, TimeSpan timeout)
    {
        var descriptor = LibC.Open(path, LibC.OWriteOnly | LibC.OCloseOnExec, 0);
        if (descriptor < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            throw new IOException($"The watchdog {path} cannot be opened: {LibC.Describe(errno)}. "
                + (errno == LibC.ENoEnt ? "Load a driver (modprobe softdog) or configure watchdog = none." : "Does another program hold it?"));
        }
        var watchdog = new LinuxWatchdog(path, descriptor);
        try
        {
            watchdog.SetUp(timeout);
            return watchdog;
        }
        catch
        {
            watchdog.Disarm();
            watchdog.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Feed()
    {
        // The kernel ignores the argument, but its number announces one, and drivers outside the kernel write to it.
        int ignored;
        Control(KeepAlive, &ignored, "take its feeding");
    }

    /// <inheritdoc />
    public void Disarm()
    {
        if (_descriptor < 0)
            return;
        var magic = (byte)'V';
        LibC.Write(_descriptor, &magic, 1);
        Dispose();
    }

    /// <summary>Closes the device. It goes on running and fires, unless it was disarmed.</summary>
    public void Dispose()
    {
        if (_descriptor < 0)
            return;
        LibC.Close(_descriptor);
        _descriptor = -1;
    }

    private void SetUp(TimeSpan timeout)
    {
        // struct watchdog_info: options, firmware version, identity
        var info = stackalloc byte[IdentityOffset + IdentityLength];
        Control(GetSupport, info, "tell what it is");
        var options = *(uint*)info;
        var identity = new ReadOnlySpan<byte>(info + IdentityOffset, IdentityLength);
        var end = identity.IndexOf((byte)0);
        Identity = Encoding.ASCII.GetString(end < 0 ? identity : identity[..end]);
        CanDisarm = (options & HasMagicClose) != 0;

        var seconds = (int)Math.Round(timeout.TotalSeconds);
        if ((options & HasSetTimeout) != 0)
            Control(SetTimeout, &seconds, "take its timeout");
        Control(GetTimeout, &seconds, "tell its timeout");
        Timeout = TimeSpan.FromSeconds(seconds);
        if (Timeout != timeout)
        {
            throw new IOException(FormattableString.Invariant(
                $"The watchdog {_path} ({Identity}) has a timeout of {Timeout.TotalSeconds:0.#} s and does not take the configured {timeout.TotalSeconds:0.#} s."));
        }
    }

    private void Control(nuint request, void* argument, string what)
    {
        if (_descriptor < 0)
            throw new IOException($"The watchdog {_path} is closed.");
        if (LibC.Ioctl(_descriptor, request, argument) != 0)
            throw new IOException($"The watchdog {_path} did not {what}: {LibC.Describe(Marshal.GetLastPInvokeError())}");
    }
}
