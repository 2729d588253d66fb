using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Akka.Embedded;
using Akka.Event;
using Akka.Remote.Embedded;
using Akka.Remote.Network.Tls;

namespace Akka.Remote.Network.Tcp;

/// <summary>Remoting over TCP, with TLS if it is configured.</summary>
internal sealed class TcpNetwork : INetwork
{
    private readonly TcpSettings _settings;
    private readonly RuntimeEnvironment _environment;
    private readonly ILoggingAdapter _log;
    private readonly TlsAuthentication? _tls;

    /// <exception cref="Akka.Configuration.ConfigurationException">TLS is on, but its files are not usable.</exception>
    public TcpNetwork(TcpSettings settings, RuntimeEnvironment environment, ILoggingAdapter log)
    {
        _settings = settings;
        _environment = environment;
        _log = log;
        _tls = settings.EnableSsl ? new TlsAuthentication(TlsSettings.From(settings.Ssl)) : null;
    }

    public INetworkListener Listen(string host, int port, Func<IConnectionHandler?> accept)
    {
        var endPoint = new IPEndPoint(ResolveToBind(host), port);
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Unless told otherwise, .NET binds with SO_REUSEADDR on Unix: a restarted daemon gets its port back at once.
            if (!_settings.ReuseAddress)
                socket.ExclusiveAddressUse = true;
            socket.Bind(endPoint);
            socket.Listen(_settings.Backlog);
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            throw new RemoteTransportException(
                string.Create(CultureInfo.InvariantCulture, $"Remoting cannot listen on {host}:{port}: {refused.Message}. Is another process using the port?"),
                refused);
        }

        var listener = new TcpListeningSocket(socket, _environment, _log, accepted => ServeAsync(accepted, accept));
        listener.Start();
        return listener;
    }

    public void Connect(string host, int port, IConnectionHandler handler) => _environment.Execute(() => _ = DialAsync(host, port, handler));

    private async Task DialAsync(string host, int port, IConnectionHandler handler)
    {
        TcpConnection connection;
        try
        {
            using var timeout = new CancellationTokenSource(_settings.ConnectionTimeout, _environment.Time);
            var socket = await ConnectSocketAsync(host, port, timeout.Token).ConfigureAwait(false);
            connection = await OpenAsync(socket, stream => _tls!.ConnectAsync(stream, host, timeout.Token)).ConfigureAwait(false);
        }
        // Whatever stands in the way of a connection is the answer to the dial, and goes to the one who asked for it.
        catch (Exception failure)
        {
            handler.OnClosed(failure is OperationCanceledException
                ? new RemoteTransportException(string.Create(CultureInfo.InvariantCulture, $"No connection to {host}:{port} within {_settings.ConnectionTimeout.TotalSeconds} s (connection-timeout)"), failure)
                : failure);
            return;
        }

        handler.OnOpened(connection);
        await connection.ReadAsync(handler).ConfigureAwait(false);
    }

    private async Task ServeAsync(Socket socket, Func<IConnectionHandler?> accept)
    {
        if (accept() is not { } handler)
        {
            socket.Dispose();
            return;
        }

        TcpConnection connection;
        var peer = "an unknown peer";
        try
        {
            peer = socket.RemoteEndPoint?.ToString() ?? peer;
            using var timeout = new CancellationTokenSource(_settings.ConnectionTimeout, _environment.Time);
            connection = await OpenAsync(socket, stream => _tls!.AcceptAsync(stream, timeout.Token)).ConfigureAwait(false);
        }
        // A stranger on the port may do anything; none of it may do more than end his own connection.
        catch (Exception failure)
        {
            var cause = failure is OperationCanceledException
                ? string.Create(CultureInfo.InvariantCulture, $"it did not authenticate itself within {_settings.ConnectionTimeout.TotalSeconds} s (connection-timeout)")
                : failure.Message;
            handler.OnClosed(new RemoteTransportException($"{peer}: {cause}", failure));
            return;
        }

        handler.OnOpened(connection);
        await connection.ReadAsync(handler).ConfigureAwait(false);
    }

    private async Task<TcpConnection> OpenAsync(Socket socket, Func<Stream, Task<System.Net.Security.SslStream>> authenticate)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            var peer = socket.RemoteEndPoint?.ToString() ?? "unknown";
            TcpSocketOptions.Apply(socket, _settings);
            Stream carried = stream;
            if (_tls is not null)
            {
                var secured = await authenticate(stream).ConfigureAwait(false);
                peer = $"{peer} ({secured.RemoteCertificate?.Subject ?? "without a certificate"})";
                carried = secured;
            }

            return new TcpConnection(socket, carried, peer, _settings, _environment);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Socket> ConnectSocketAsync(string host, int port, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : Preferred(await Dns.GetHostAddressesAsync(host, cancellation).ConfigureAwait(false));
        Exception? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellation).ConfigureAwait(false);
                return socket;
            }
            catch (Exception failure)
            {
                socket.Dispose();
                if (failure is not SocketException)
                    throw;
                last = failure;
            }
        }

        throw last ?? new RemoteTransportException($"The host name '{host}' has no address.");
    }

    private IPAddress ResolveToBind(string host)
    {
        if (IPAddress.TryParse(host, out var literal))
            return literal;
        try
        {
            return Preferred(Dns.GetHostAddresses(host)).FirstOrDefault()
                ?? throw new RemoteTransportException($"Remoting cannot listen on '{host}': the name has no address.");
        }
        catch (SocketException unknown)
        {
            throw new RemoteTransportException($"Remoting cannot listen on '{host}': {unknown.Message}", unknown);
        }
    }

    private IPAddress[] Preferred(IPAddress[] addresses)
    {
        var family = _settings.UseIpv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        return [.. addresses.OrderBy(address => address.AddressFamily == family ? 0 : 1)];
    }
}
