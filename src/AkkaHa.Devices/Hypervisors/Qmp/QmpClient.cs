using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Qmp;

/// <summary>The other side refused a command, closed the connection or did not answer in time.</summary>
public sealed class QmpException(string message, bool isClosed = false) : Exception(message)
{
    /// <summary>Whether the connection is gone, and most likely the guest with it.</summary>
    public bool IsClosed { get; } = isClosed;
}

/// <summary>Something a guest's process told without being asked.</summary>
/// <param name="Name">For example <c>SHUTDOWN</c>.</param>
/// <param name="Data">What came with it.</param>
public sealed record QmpEvent(string Name, JsonObject Data);

/// <summary>
/// A connection in the QEMU Machine Protocol over a Unix socket. Commands may overlap; replies are matched by id, events come between
/// them. The end of the connection is told at once.
/// </summary>
public sealed class QmpClient : IDisposable
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly TimeProvider _time;
    private readonly Action<QmpEvent> _onEvent;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonNode?>> _pending = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastId;

    private QmpClient(Socket socket, int peerId, TimeProvider time, Action<QmpEvent> onEvent)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _time = time;
        _onEvent = onEvent;
        PeerId = peerId;
    }

    /// <summary>The process at the other end, as the kernel says (<c>SO_PEERCRED</c>).</summary>
    public int PeerId { get; }

    /// <summary>Ends with the connection.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Connects and negotiates.</summary>
    /// <param name="path">The Unix socket.</param>
    /// <param name="timeout">For the whole negotiation.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onEvent">Called for each event on the connection's own task; must only pass it on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SocketException">Nobody listens there (yet).</exception>
    /// <exception cref="QmpException">The other side hung up or did not answer in time.</exception>
    public static async Task<QmpClient> ConnectAsync(
        string path, TimeSpan timeout, TimeProvider time, Action<QmpEvent> onEvent, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        QmpClient client;
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            Span<byte> credentials = stackalloc byte[12];
            socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials);
            client = new QmpClient(socket, BinaryPrimitives.ReadInt32LittleEndian(credentials), time, onEvent);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        try
        {
            _ = client.ReadAsync();
            if (!await client._greeted.Task.IsCompletedWithinAsync(timeout, time, cancellationToken).ConfigureAwait(false))
                throw new QmpException($"No greeting came on {path}; it may have another client.");
            await client._greeted.Task.ConfigureAwait(false);
            await client.ExecuteAsync("qmp_capabilities", null, timeout, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Gives a command and waits for its answer.</summary>
    /// <exception cref="QmpException">It was refused, the connection ended, or no answer came in time.</exception>
    public async Task<JsonNode?> ExecuteAsync(
        string command, JsonObject? arguments, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = answer;
        try
        {
            if (_closed.Task.IsCompleted)
                throw Ended();
            var request = new JsonObject { ["execute"] = command, ["id"] = id };
            if (arguments is not null)
                request["arguments"] = arguments.DeepClone();
            await WriteAsync(request.ToJsonString() + "\n", cancellationToken).ConfigureAwait(false);
            if (!await answer.Task.IsCompletedWithinAsync(timeout, _time, cancellationToken).ConfigureAwait(false))
                throw new QmpException(FormattableString.Invariant($"'{command}' got no answer within {timeout.TotalSeconds:0.###} s."));
            return await answer.Task.ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw Ended();
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    /// <summary>Hangs up.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private static QmpException Ended() => new("The connection to the guest's process ended.", isClosed: true);

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            using var reader = new StreamReader(_stream, Encoding.UTF8, leaveOpen: true);
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                if (JsonNode.Parse(line) is JsonObject message)
                    Take(message);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or JsonException)
        {
            // The end of the connection; what waits for an answer is told below.
        }
        finally
        {
            _greeted.TrySetException(Ended());
            _ = _greeted.Task.Exception;
            _closed.TrySetResult();
            foreach (var waiting in _pending.Values)
                waiting.TrySetException(Ended());
        }
    }

    private void Take(JsonObject message)
    {
        if (message.ContainsKey("QMP"))
            _greeted.TrySetResult();
        else if (message["event"] is { } name)
            _onEvent(new QmpEvent(name.GetValue<string>(), message["data"] as JsonObject ?? []));
        else if (message["id"] is { } id && _pending.TryGetValue(id.GetValue<string>(), out var waiting))
        {
            if (message["error"] is JsonObject error)
                waiting.TrySetException(new QmpException(error["desc"]?.GetValue<string>() ?? error.ToJsonString()));
            else
                waiting.TrySetResult(message["return"]?.DeepClone());
        }
    }
}
