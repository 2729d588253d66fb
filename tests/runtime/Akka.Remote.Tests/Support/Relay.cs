using System.Net;
using System.Net.Sockets;

namespace Akka.Remote.Tests.Support;

/// <summary>A port that passes everything on to another, until it is told to cut or to hold.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _sockets = [];
    private readonly CancellationTokenSource _end = new();
    private volatile TaskCompletionSource _go = Released();
    private volatile bool _refusing;

    public Relay()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public int Target { get; set; }

    /// <summary>Breaks all connections that stand.</summary>
    public void Cut()
    {
        lock (_sockets)
        {
            foreach (var socket in _sockets)
                socket.Dispose();
            _sockets.Clear();
        }
    }

    /// <summary>Closes every new connection at once, until told otherwise.</summary>
    public void Refuse(bool refusing) => _refusing = refusing;

    /// <summary>Passes nothing on until released; connections stand.</summary>
    public void Hold() => _go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _go.TrySetResult();

    public void Dispose()
    {
        _end.Cancel();
        Release();
        _listener.Stop();
        Cut();
    }

    private static TaskCompletionSource Released()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var incoming = await _listener.AcceptSocketAsync(_end.Token);
                if (_refusing)
                {
                    incoming.Dispose();
                    continue;
                }

                _ = CarryAsync(incoming);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    // A connection that is cut while it is being made must not end the listening for others.
    private async Task CarryAsync(Socket incoming)
    {
        var outgoing = new Socket(SocketType.Stream, ProtocolType.Tcp);
        lock (_sockets)
            _sockets.AddRange([incoming, outgoing]);
        try
        {
            await outgoing.ConnectAsync(IPAddress.Loopback, Target, _end.Token);
            await Task.WhenAll(PassAsync(incoming, outgoing), PassAsync(outgoing, incoming));
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            incoming.Dispose();
            outgoing.Dispose();
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var read = await from.ReceiveAsync(buffer, _end.Token);
                await _go.Task;
                if (read == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }

                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _end.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
