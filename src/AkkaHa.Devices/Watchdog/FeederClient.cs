using System.Globalization;
using System.Net.Sockets;
using System.Text;
using AkkaHa.Devices.Processes;
using AkkaHa.Devices.SelfFence;

namespace AkkaHa.Devices.Watchdog;

/// <summary>What the feeder says of itself.</summary>
/// <param name="IsFed">Whether the watchdog is being fed.</param>
/// <param name="Reason"><c>lease</c>, <c>no-guests</c> or <c>lease-ended</c>.</param>
/// <param name="DeadlineNanos">The end of the lease it was last sent (CLOCK_BOOTTIME).</param>
/// <param name="Timeout">The watchdog's timeout, read back from the driver.</param>
/// <param name="Identity">What the driver calls itself.</param>
public sealed record FeederStatus(bool IsFed, string Reason, long DeadlineNanos, TimeSpan Timeout, string Identity);

/// <summary>The daemon's side of the feeder process.</summary>
/// <param name="settings">The feeder.</param>
/// <param name="command">Program and leading arguments that end in <see cref="WatchdogFeeder.RunAsync"/>.</param>
/// <param name="time">The clock.</param>
public sealed class FeederClient(FeederSettings settings, IReadOnlyList<string> command, TimeProvider time) : IDeadlineFeeder
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Starts the feeder, and thereby arms the watchdog, unless one runs already (from an earlier daemon of this boot).</summary>
    /// <exception cref="InvalidOperationException">It did not start; says why.</exception>
    public async Task<FeederStatus> EnsureRunningAsync(CancellationToken cancellationToken = default)
    {
        if (await TryStatusAsync(cancellationToken).ConfigureAwait(false) is { } running)
            return Checked(running);
        Directory.CreateDirectory(settings.Folder);
        var logged = File.Exists(settings.Log) ? new FileInfo(settings.Log).Length : 0;
        using var child = ChildProcess.Start(new ChildOptions(command[0], [.. command.Skip(1), .. settings.ToArguments()])
        {
            Output = ChildStream.AppendTo(settings.Log),
            Error = ChildStream.AppendTo(settings.Log),
        });
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < StartTimeout && !child.Process.HasExited)
        {
            if (await TryStatusAsync(cancellationToken).ConfigureAwait(false) is { } status)
                return Checked(status);
            await Task.Delay(StartPause, time, cancellationToken).ConfigureAwait(false);
        }
        throw new InvalidOperationException($"The watchdog feeder did not start: {LastWords(logged)}");
    }

    /// <inheritdoc />
    public async Task<bool> SendDeadlineAsync(long deadlineNanos, CancellationToken cancellationToken = default) =>
        await AskAsync(string.Create(CultureInfo.InvariantCulture, $"deadline {deadlineNanos}"), cancellationToken).ConfigureAwait(false) == "ok";

    /// <summary>What the feeder does now; null if none runs.</summary>
    public async Task<FeederStatus?> TryStatusAsync(CancellationToken cancellationToken = default) =>
        (await AskAsync("status", cancellationToken).ConfigureAwait(false))?.Split(' ', 5) is [var fed, var reason, var deadline, var timeout, var identity]
            ? new FeederStatus(fed == "fed", reason, long.Parse(deadline, CultureInfo.InvariantCulture),
                TimeSpan.FromSeconds(double.Parse(timeout, CultureInfo.InvariantCulture)), identity)
            : null;

    /// <inheritdoc />
    public async Task<string?> DisarmAsync(CancellationToken cancellationToken = default)
    {
        var answer = await AskAsync("disarm", cancellationToken).ConfigureAwait(false);
        return answer == "ok" ? null : answer ?? "the feeder does not answer";
    }

    private FeederStatus Checked(FeederStatus status) =>
        status.Timeout == settings.Timeout
            ? status
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"The watchdog runs with a timeout of {status.Timeout.TotalSeconds:0.#} s, but {settings.Timeout.TotalSeconds:0.#} s are configured: disarm it, or reboot the node."));

    private async Task<string?> AskAsync(string request, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(_ => patience.Cancel(), null, AnswerTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(settings.Socket), patience.Token).ConfigureAwait(false);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request + "\n"), patience.Token).ConfigureAwait(false);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadLineAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private string LastWords(long from)
    {
        try
        {
            using var log = new FileStream(settings.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            log.Seek(from, SeekOrigin.Begin);
            using var reader = new StreamReader(log);
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "its process ended without a word.";
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }
}
