using System.Globalization;
using System.Net.Sockets;
using System.Text;
using AkkaHa.Devices.Host;
using AkkaHa.Devices.Hypervisors.Qmp;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Watchdog;

/// <summary>
/// The feeder process: it holds the watchdog for the whole boot and feeds it as long as the lease deadline it was last sent has not
/// passed, or no guest lives here. A daemon that is frozen, dead or crash-looping sends no deadlines, and so starves it.
/// </summary>
public sealed class WatchdogFeeder
{
    private const int RequestLimitBytes = 256;
    private const long NanosPerSecond = 1_000_000_000;

    private readonly FeederSettings _settings;
    private readonly IWatchdog _watchdog;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _feeding = new();
    private long _deadlineNanos;
    private FeedDecision _last;

    private WatchdogFeeder(FeederSettings settings, IWatchdog watchdog)
    {
        _settings = settings;
        _watchdog = watchdog;
    }

    /// <summary>Feeds until it is disarmed; called by the hidden sub-command that the daemon starts, with the arguments it gives.</summary>
    /// <returns>The exit code: 0 disarmed, 1 the watchdog or the socket could not be had, 2 wrong arguments.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (FeederSettings.FromArguments(arguments) is not { } settings)
        {
            await Console.Error.WriteLineAsync("usage: --device D --timeout S --folder F --run-directory R --cgroup C --lease-limit S").ConfigureAwait(false);
            return 2;
        }
        try
        {
            using var one = File.OpenHandle(settings.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (!FileLock.TryTake(one))
                throw new IOException($"Another feeder holds {settings.LockFile}.");
            ProtectFromMemoryShortage();
            using var watchdog = Watchdogs.Open(settings.Device, settings.Timeout);
            await new WatchdogFeeder(settings, watchdog).ServeAsync().ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static void ProtectFromMemoryShortage()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "-1000");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the right to it, a shortage that kills the feeder resets the node: safe, only sooner.
        }
    }

    private async Task ServeAsync()
    {
        FeedOnce();
#pragma warning disable RS0030 // Feeding must not wait for a thread of the pool, and the driver may block.
        var thread = new Thread(FeedForEver) { IsBackground = true, Name = "watchdog", Priority = ThreadPriority.Highest };
#pragma warning restore RS0030
        thread.Start();
        File.Delete(_settings.Socket);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_settings.Socket));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_settings.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        listener.Listen(4);
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptAsync(_ending.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // Disarmed.
        }
    }

    private void FeedForEver()
    {
        while (!_ending.Token.WaitHandle.WaitOne(_settings.FeedInterval))
            FeedOnce();
    }

    private void FeedOnce()
    {
        lock (_feeding)
        {
            if (_ending.IsCancellationRequested)
                return;
            var decision = FeedDecision.Of(HostClock.BoottimeNanos(), _deadlineNanos, NoGuests);
            if (decision != _last)
                Console.Error.WriteLine(FormattableString.Invariant($"{HostClock.BoottimeNanos() / 1e9:0.000} {(decision.IsFed ? "feeding" : "not feeding")} ({decision.Reason})"));
            _last = decision;
            if (decision.IsFed)
                _watchdog.Feed();
        }
    }

    private bool NoGuests()
    {
        try
        {
            return GuestProcess.FindAll(_settings.RunDirectory).Count == 0
                && (_settings.Cgroup is not { } cgroup || File.ReadAllText(Path.Combine(cgroup, "cgroup.procs")).Trim().Length == 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be read is not empty.
            return false;
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        using var reader = new StreamReader(stream, Encoding.ASCII, false, RequestLimitBytes, leaveOpen: true);
        try
        {
            while (await reader.ReadLineAsync(_ending.Token).ConfigureAwait(false) is { Length: <= RequestLimitBytes } line)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer(line) + "\n")).ConfigureAwait(false);
                if (_ending.IsCancellationRequested)
                    return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The daemon hung up or died: what it sent last is what counts.
        }
    }

    private string Answer(string line)
    {
        switch (line.Split(' '))
        {
            case ["deadline", var text] when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var deadline):
                var limit = HostClock.BoottimeNanos() + (long)(_settings.LeaseLimit.TotalSeconds * NanosPerSecond);
                if (deadline > limit)
                    return "refused: the deadline is further ahead than a lease can be";
                lock (_feeding)
                    _deadlineNanos = deadline;
                return "ok";
            case ["status"]:
                lock (_feeding)
                {
                    return string.Create(CultureInfo.InvariantCulture,
                        $"{(_last.IsFed ? "fed" : "starving")} {_last.Reason} {_deadlineNanos} {_settings.Timeout.TotalSeconds} {_watchdog.Identity}");
                }
            case ["disarm"]:
                return Disarm();
            default:
                return "refused: expected deadline NANOS, status or disarm";
        }
    }

    private string Disarm()
    {
        lock (_feeding)
        {
            if (!NoGuests())
                return "refused: guests live here";
            if (!_watchdog.CanDisarm)
                return "refused: the driver cannot be disarmed (nowayout)";
            _watchdog.Disarm();
            _ending.Cancel();
            return "ok";
        }
    }
}
