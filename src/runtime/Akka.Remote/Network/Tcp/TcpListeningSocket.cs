using System.Net;
using System.Net.Sockets;
using Akka.Embedded;
using Akka.Event;
using Akka.Remote.Embedded;

namespace Akka.Remote.Network.Tcp;

/// <summary>Accepts connections until it is closed.</summary>
internal sealed class TcpListeningSocket(Socket socket, RuntimeEnvironment environment, ILoggingAdapter log, Func<Socket, Task> serve) : INetworkListener
{
    // Without file descriptors every accept fails at once; the pause keeps that from becoming a busy loop.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(200);

    private volatile bool _closed;

    public int Port { get; } = ((IPEndPoint)socket.LocalEndPoint!).Port;

    public void Start() => environment.Execute(() => _ = AcceptAsync());

    public void Close()
    {
        _closed = true;
        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        var failing = false;
        while (!_closed)
        {
            try
            {
                var accepted = await socket.AcceptAsync().ConfigureAwait(false);
                failing = false;
                // Elsewhere: a connection that always has something to read must not keep others from being accepted.
                environment.Execute(() => _ = serve(accepted));
            }
            catch (Exception ended) when (_closed && ended is (ObjectDisposedException or SocketException))
            {
                return;
            }
            catch (SocketException failure)
            {
                if (!failing)
                    log.Warning("Remoting could not accept a connection on port {0}: {1}. It goes on trying.", Port, failure.Message);
                failing = true;
                await Task.Delay(PauseAfterFailure, environment.Time).ConfigureAwait(false);
            }
        }
    }
}
