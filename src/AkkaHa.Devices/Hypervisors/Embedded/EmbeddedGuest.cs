using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using AkkaHa.Devices.Canary;
using AkkaHa.Devices.Processes;
using Microsoft.Win32.SafeHandles;

namespace AkkaHa.Devices.Hypervisors.Embedded;

/// <summary>
/// The main loop of an embedded guest's process. It does what the canary guest does under QEMU: holds its disk locked, starts paused, and
/// when continued writes its counter into the disk until it is asked to shut down. It speaks the part of QMP its driver needs.
/// </summary>
public sealed class EmbeddedGuest
{
    /// <summary>What it says when somebody else holds the disk.</summary>
    internal const string LockRefused = "Failed to get \"write\" lock";

    // The canary's two ticks of the PC's clock.
    private static readonly TimeSpan WritePause = TimeSpan.FromMilliseconds(110);

    private readonly Options _options;
    private readonly TimeProvider _time;
    private readonly SafeFileHandle _disk;
    private readonly Lock _state = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly HashSet<Channel<string>> _clients = [];
    private TaskCompletionSource _continued = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _running;
    private bool _everRan;
    private bool _powerButton;
    private int _resetButton;

    private sealed record Options(string Name, Guid Uuid, string PidFile, string Socket, string Serial, string Disk, string Node);

    private EmbeddedGuest(Options options, SafeFileHandle disk, TimeProvider time)
    {
        _options = options;
        _disk = disk;
        _time = time;
    }

    /// <summary>
    /// Runs a guest to its end; called by the hidden sub-command that <see cref="EmbeddedSettings.Command"/> names, with the arguments the
    /// driver gives.
    /// </summary>
    /// <returns>The exit code: 0 after a shutdown, 1 if it could not start, 2 for wrong arguments.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TimeProvider time)
    {
        if (Parse(arguments) is not { } options)
        {
            await Console.Error.WriteLineAsync("usage: -name vm-N -uuid U -pidfile P -qmp SOCKET -serial FILE -disk FILE -node NODE").ConfigureAwait(false);
            return 2;
        }
        try
        {
            // Order matters: the pidfile first, so that a second start fails before it touches the live one's socket.
            using var pidFile = File.OpenHandle(options.PidFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (!FileLock.TryTake(pidFile))
                throw new IOException($"Cannot lock pid file {options.PidFile}: the guest already lives here.");
            RandomAccess.SetLength(pidFile, 0);
            RandomAccess.Write(pidFile, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"), 0);
            using var disk = File.OpenHandle(options.Disk, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.WriteThrough);
            if (!FileLock.TryTake(disk))
                throw new IOException($"{options.Disk}: {LockRefused}. Is another process using the image?");
            await new EmbeddedGuest(options, disk, time).LiveAsync().ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or ExternalException)
        {
            await Console.Error.WriteLineAsync($"{options.Name}: {e.Message}").ConfigureAwait(false);
            return 1;
        }
    }

    private static Options? Parse(IReadOnlyList<string> arguments)
    {
        var values = arguments.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        string Of(string name) => values.GetValueOrDefault(name, "");
        if (!Guid.TryParse(Of("-uuid"), out var uuid))
            return null;
        var options = new Options(Of("-name"), uuid, Of("-pidfile"), Of("-qmp"), Of("-serial"), Of("-disk"), Of("-node"));
        return options is { Name.Length: > 0, PidFile.Length: > 0, Socket.Length: > 0, Disk.Length: > 0 } ? options : null;
    }

    private async Task LiveAsync()
    {
        File.Delete(_options.Socket);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_options.Socket));
        listener.Listen(8);
        var accepting = AcceptAsync(listener);
        try
        {
            await _continued.Task.WaitAsync(_ending.Token).ConfigureAwait(false);
            await WriteForEverAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to quit: like a machine that loses its power.
        }
        await _ending.CancelAsync().ConfigureAwait(false);
        listener.Dispose();
        await accepting.ConfigureAwait(false);
    }

    private async Task WriteForEverAsync()
    {
        using var serial = new StreamWriter(new FileStream(_options.Serial, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true, NewLine = "\n" };
        var sector = new byte[CanaryState.SectorSize];
        var state = ReadState(sector) ?? new CanaryState(0, "", false, 0, 0);
        state = state with { Boots = state.Boots + 1, IsClean = false };
        await serial.WriteAsync("BOOT ").ConfigureAwait(false);
        while (true)
        {
            state = state with { Counter = state.Counter + 1, Writer = Writer };
            state.Write(sector);
            RandomAccess.Write(_disk, sector, CanaryState.StateSector * (long)CanaryState.SectorSize);
            RandomAccess.Write(_disk, sector, CanaryState.RingSectorOf(state.Counter) * CanaryState.SectorSize);
            await serial.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{state.Writer} {state.Counter:X8}")).ConfigureAwait(false);

            await Task.Delay(WritePause, _time, _ending.Token).ConfigureAwait(false);
            await WhilePausedAsync().ConfigureAwait(false);
            if (Volatile.Read(ref _powerButton))
            {
                await ShutDownAsync(state, sector, serial).ConfigureAwait(false);
                return;
            }
            if (Interlocked.Exchange(ref _resetButton, 0) != 0)
            {
                state = state with { Boots = state.Boots + 1 };
                await serial.WriteAsync("BOOT ").ConfigureAwait(false);
                continue;
            }
            // Somebody else wrote since this guest's last write?
            var found = ReadState(sector);
            if (found is null || found.Counter != state.Counter || found.Writer != state.Writer)
            {
                state = (found ?? state) with { Conflicts = (found ?? state).Conflicts + 1 };
                await serial.WriteAsync("CONFLICT ").ConfigureAwait(false);
            }
        }
    }

    private string Writer => _options.Node.Length <= CanaryState.WriterLength ? _options.Node : _options.Node[..CanaryState.WriterLength];

    private CanaryState? ReadState(byte[] sector)
    {
        RandomAccess.Read(_disk, sector, CanaryState.StateSector * (long)CanaryState.SectorSize);
        return CanaryState.Read(sector);
    }

    private async Task ShutDownAsync(CanaryState state, byte[] sector, StreamWriter serial)
    {
        (state with { IsClean = true }).Write(sector);
        RandomAccess.Write(_disk, sector, CanaryState.StateSector * (long)CanaryState.SectorSize);
        await serial.WriteLineAsync("BYE").ConfigureAwait(false);
        Tell("SHUTDOWN", new JsonObject { ["guest"] = true, ["reason"] = "guest-shutdown" });
    }

    private Task WhilePausedAsync()
    {
        lock (_state)
            return _running ? Task.CompletedTask : _continued.Task.WaitAsync(_ending.Token);
    }

    private async Task AcceptAsync(Socket listener)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await listener.AcceptAsync(_ending.Token).ConfigureAwait(false)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The guest ends. Its last events go out before the connections close.
        }
        foreach (var client in Clients())
            client.Writer.TryComplete();
        await Task.WhenAll(serving).ConfigureAwait(false);
    }

    private async Task ServeAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        var outbox = Channel.CreateBounded<string>(64);
        lock (_clients)
            _clients.Add(outbox);
        outbox.Writer.TryWrite("""{"QMP":{"version":{"qemu":{"major":0,"minor":0,"micro":0},"package":"akkaha-embedded"},"capabilities":[]}}""");
        var reading = ReadAsync(stream, outbox);
        try
        {
            await foreach (var line in outbox.Reader.ReadAllAsync().ConfigureAwait(false))
                await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n")).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The client hung up.
        }
        lock (_clients)
            _clients.Remove(outbox);
        stream.Close();
        await reading.ConfigureAwait(false);
    }

    private async Task ReadAsync(NetworkStream stream, Channel<string> outbox)
    {
        try
        {
            using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                if (JsonNode.Parse(line) is JsonObject request)
                    outbox.Writer.TryWrite(Answer(request).ToJsonString());
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or System.Text.Json.JsonException)
        {
            // The client hung up, or does not speak the protocol.
        }
        outbox.Writer.TryComplete();
    }

    private JsonObject Answer(JsonObject request)
    {
        var answer = new JsonObject { ["id"] = request["id"]?.DeepClone() };
        switch (request["execute"]?.GetValue<string>())
        {
            case "qmp_capabilities":
                answer["return"] = new JsonObject();
                break;
            case "query-status":
                lock (_state)
                    answer["return"] = new JsonObject { ["running"] = _running, ["status"] = _running ? "running" : _everRan ? "paused" : "prelaunch" };
                break;
            case "query-name":
                answer["return"] = new JsonObject { ["name"] = _options.Name };
                break;
            case "query-uuid":
                answer["return"] = new JsonObject { ["UUID"] = _options.Uuid.ToString() };
                break;
            case "cont":
                Continue();
                answer["return"] = new JsonObject();
                break;
            case "stop":
                Pause();
                answer["return"] = new JsonObject();
                break;
            case "system_powerdown":
                Volatile.Write(ref _powerButton, true);
                answer["return"] = new JsonObject();
                break;
            case "system_reset":
                Interlocked.Exchange(ref _resetButton, 1);
                answer["return"] = new JsonObject();
                break;
            case "quit":
                answer["return"] = new JsonObject();
                _ = _ending.CancelAsync();
                break;
            case var unknown:
                answer["error"] = new JsonObject { ["class"] = "CommandNotFound", ["desc"] = $"The command {unknown} has not been found" };
                break;
        }
        return answer;
    }

    private void Continue()
    {
        lock (_state)
        {
            if (_running)
                return;
            _running = _everRan = true;
            _continued.TrySetResult();
        }
        Tell("RESUME", []);
    }

    private void Pause()
    {
        lock (_state)
        {
            if (!_running)
                return;
            _running = false;
            _continued = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        Tell("STOP", []);
    }

    private void Tell(string name, JsonObject data)
    {
        foreach (var client in Clients())
            client.Writer.TryWrite(new JsonObject { ["event"] = name, ["data"] = data.DeepClone() }.ToJsonString());
    }

    private Channel<string>[] Clients()
    {
        lock (_clients)
            return [.. _clients];
    }
}
