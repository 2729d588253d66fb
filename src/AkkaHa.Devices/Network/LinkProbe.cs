using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AkkaHa.Devices.Network;

/// <summary>
/// Sends probes over one link and answers those of others. Its socket is bound to the link's interface: a route that leads a node's
/// traffic over the other link must not make this one look alive.
/// </summary>
/// <param name="own">This host's address on the link.</param>
/// <param name="port">The UDP port.</param>
/// <param name="nonce">Marks the probes of this process: only its own answers count.</param>
/// <param name="onAnswer">Told by whom a probe was answered.</param>
internal sealed class LinkProbe(IPAddress own, int port, ulong nonce, Action<IPAddress> onAnswer) : IDisposable
{
    // A probe: magic, what it is, nonce. The answer is the same with another kind.
    private const uint Magic = 0x414B4C31;
    private const int Size = 16;
    private const uint Question = 1;
    private const uint Answer = 2;
    private const int SolSocket = 1;
    private const int SoBindToDevice = 25;

    private readonly byte[] _question = Packet(Question, nonce);
    private Socket? _socket;

    /// <summary>Why the link cannot be probed; null if it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>Takes the interface that has the address now; tried again by the caller while there is none.</summary>
    public void EnsureOpen()
    {
        if (_socket is not null)
            return;
        if (Interfaces.With(own) is not { } device)
        {
            Problem = $"no interface of this host has the address {own}";
            return;
        }

        var socket = new Socket(own.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.SetRawSocketOption(SolSocket, SoBindToDevice, Encoding.ASCII.GetBytes(device + '\0'));
            socket.Bind(new IPEndPoint(own, port));
            _socket = socket;
            Problem = null;
            _ = ReceiveAsync(socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            Problem = $"UDP port {port} of {own} on {device} cannot be used: {e.Message}";
        }
    }

    /// <summary>Asks a node whether it hears this one on the link; never waits.</summary>
    public void Ask(IPAddress peer) => Send(_socket, _question, new IPEndPoint(peer, port));

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private static byte[] Packet(uint kind, ulong nonce)
    {
        var packet = new byte[Size];
        BinaryPrimitives.WriteUInt32BigEndian(packet, Magic);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), kind);
        BinaryPrimitives.WriteUInt64BigEndian(packet.AsSpan(8), nonce);
        return packet;
    }

    private static void Send(Socket? socket, ReadOnlySpan<byte> packet, EndPoint to)
    {
        try
        {
            socket?.SendTo(packet, SocketFlags.None, to);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // A link that cannot be sent on is one that does not answer.
        }
    }

    private async Task ReceiveAsync(Socket socket)
    {
        var buffer = new byte[Size];
        var anyone = new IPEndPoint(own.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (true)
        {
            try
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anyone).ConfigureAwait(false);
                Take(socket, buffer.AsSpan(0, received.ReceivedBytes), (IPEndPoint)received.RemoteEndPoint);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.MessageSize or SocketError.ConnectionReset or SocketError.ConnectionRefused)
            {
                // A stranger's packet, or word that one of ours was not wanted.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The interface went away, or this is the end: a new socket is made while it is wanted.
                if (ReferenceEquals(Interlocked.CompareExchange(ref _socket, null, socket), socket))
                    socket.Dispose();
                return;
            }
        }
    }

    private void Take(Socket socket, Span<byte> packet, IPEndPoint from)
    {
        if (packet.Length != Size || BinaryPrimitives.ReadUInt32BigEndian(packet) != Magic)
            return;
        var kind = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        if (kind == Question)
        {
            BinaryPrimitives.WriteUInt32BigEndian(packet[4..], Answer);
            Send(socket, packet, from);
        }
        else if (kind == Answer && BinaryPrimitives.ReadUInt64BigEndian(packet[8..]) == nonce)
        {
            onAnswer(from.Address);
        }
    }
}
