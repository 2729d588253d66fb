using System.Net.Sockets;
using System.Text.Json.Nodes;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Qmp;

/// <summary>One live guest of this node: its process, its QMP connection and what is known about why it may end.</summary>
internal sealed class LiveGuest(GuestFiles files, Guid uuid, WatchedProcess process, TimeProvider time) : IDisposable
{
    // Gone in a few milliseconds after the guest's end; a pidfd tells of that.
    private static readonly TimeSpan ConnectPause = TimeSpan.FromMilliseconds(10);

    private readonly SemaphoreSlim _connecting = new(1);
    private QmpClient? _qmp;
    private volatile bool _guestShutDown;

    public GuestFiles Files => files;

    public Guid Uuid => uuid;

    public WatchedProcess Process => process;

    /// <summary>Whether anybody was told that it lives; the end of a start that failed is no end of a guest.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>Ends with the connection, if there is one.</summary>
    public Task ConnectionClosed => _qmp?.Closed ?? Task.CompletedTask;

    /// <summary>This node asked it to shut down.</summary>
    public bool StopAsked { get; set; }

    /// <summary>This node killed it.</summary>
    public bool KillSent { get; set; }

    /// <summary>Its content runs elsewhere now.</summary>
    public bool MovedAway { get; set; }

    /// <summary>Why the process ended, told by what was seen before.</summary>
    public GuestExitReason ExitReason =>
        MovedAway ? GuestExitReason.MigratedAway
        : KillSent ? GuestExitReason.Killed
        : StopAsked ? GuestExitReason.Stopped
        : _guestShutDown ? GuestExitReason.GuestShutdown
        : GuestExitReason.Crashed;

    /// <summary>Raised for each event that has no meaning here, for migration to follow.</summary>
    public event Action<QmpEvent>? Happened;

    /// <summary>The connection, made if there is none; the other end must be the guest's own process.</summary>
    /// <exception cref="QmpException">There is no answer, or the process has ended.</exception>
    public async Task<QmpClient> QmpAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_qmp is { Closed.IsCompleted: false } open)
                return open;
            _qmp?.Dispose();
            _qmp = null;
            return _qmp = await ConnectAsync(timeout, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>Gives a command.</summary>
    /// <exception cref="QmpException">It was refused, or there was no answer.</exception>
    public async Task<JsonNode?> ExecuteAsync(string command, JsonObject? arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var qmp = await QmpAsync(timeout, cancellationToken).ConfigureAwait(false);
        return await qmp.ExecuteAsync(command, arguments, timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What it does now; unknown if it does not answer.</summary>
    public async Task<RunState> StateAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            var status = await ExecuteAsync("query-status", null, timeout, cancellationToken).ConfigureAwait(false);
            return status?["status"]?.GetValue<string>() switch
            {
                "running" => RunState.Running,
                "inmigrate" => RunState.Incoming,
                "prelaunch" => RunState.Prelaunch,
                "paused" or "io-error" or "finish-migrate" or "suspended" or "watchdog" or "debug" => RunState.Paused,
                "shutdown" or "postmigrate" or "guest-panicked" or "internal-error" => RunState.Stopped,
                _ => RunState.Unknown,
            };
        }
        catch (QmpException)
        {
            return RunState.Unknown;
        }
    }

    public void Dispose()
    {
        _qmp?.Dispose();
    }

    private async Task<QmpClient> ConnectAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (process.HasExited)
                throw new QmpException($"The process of {files.Name} ended.", isClosed: true);
            try
            {
                var qmp = await QmpClient.ConnectAsync(files.Socket, timeout, time, Take, cancellationToken).ConfigureAwait(false);
                if (qmp.PeerId == process.Id)
                    return qmp;
                qmp.Dispose();
                throw new QmpException($"The socket {files.Socket} belongs to process {qmp.PeerId}, not to {files.Name} (process {process.Id}).");
            }
            catch (Exception e) when (e is SocketException or QmpException { IsClosed: true })
            {
                if (time.GetElapsedTime(started) >= timeout)
                    throw new QmpException(FormattableString.Invariant($"{files.Name} did not open its socket within {timeout.TotalSeconds:0.#} s."));
            }
            await Task.Delay(ConnectPause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Take(QmpEvent happening)
    {
        if (happening.Name == "SHUTDOWN" && happening.Data["guest"]?.GetValue<bool>() == true)
            _guestShutDown = true;
        Happened?.Invoke(happening);
    }
}
