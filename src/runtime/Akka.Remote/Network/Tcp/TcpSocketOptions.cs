using System.Buffers.Binary;
using System.Net.Sockets;

namespace Akka.Remote.Network.Tcp;

/// <summary>
/// Sets a socket up. Some options exist only on newer kernels or on Linux; those are best effort, since without them
/// remoting is slower to see a loss but not wrong.
/// </summary>
internal static class TcpSocketOptions
{
    // From <netinet/tcp.h> of Linux; .NET has no names for them.
    private const int LinuxIpProtoTcp = 6;
    private const int LinuxTcpThinLinearTimeouts = 16;
    private const int LinuxTcpUserTimeout = 18;
    private const int LinuxTcpRtoMaxMs = 44;
    private const int LinuxTcpRtoMinUs = 45;
    private const int LinuxTcpDelayedAckMaxUs = 46;

    private const int KeepAliveIdleSeconds = 10;
    private const int KeepAliveIntervalSeconds = 5;
    private const int KeepAliveProbes = 4;

    public static void Apply(Socket socket, TcpSettings settings)
    {
        socket.NoDelay = settings.NoDelay;
        if (settings.SendBufferBytes > 0)
            socket.SendBufferSize = settings.SendBufferBytes;
        if (settings.ReceiveBufferBytes > 0)
            socket.ReceiveBufferSize = settings.ReceiveBufferBytes;
        if (settings.KeepAlive)
        {
            BestEffort(() =>
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveIdleSeconds);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalSeconds);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
            });
        }

        if (!OperatingSystem.IsLinux())
            return;
        if (settings.UserTimeout > TimeSpan.Zero)
            SetRaw(socket, LinuxTcpUserTimeout, (int)settings.UserTimeout.TotalMilliseconds);
        if (settings.MaximumRetransmissionPause > TimeSpan.Zero)
            SetRaw(socket, LinuxTcpRtoMaxMs, (int)settings.MaximumRetransmissionPause.TotalMilliseconds);
        if (settings.MinimumRetransmissionPause > TimeSpan.Zero)
        {
            SetRaw(socket, LinuxTcpRtoMinUs, (int)settings.MinimumRetransmissionPause.TotalMicroseconds);
            // Acknowledgements that wait longer than that would make the other end send again what has arrived.
            SetRaw(socket, LinuxTcpDelayedAckMaxUs, (int)settings.MinimumRetransmissionPause.TotalMicroseconds / 2);
        }

        if (settings.ThinLinearTimeouts)
            SetRaw(socket, LinuxTcpThinLinearTimeouts, 1);
    }

    private static void SetRaw(Socket socket, int option, int value) => BestEffort(() =>
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        if (BitConverter.IsLittleEndian)
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        else
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        socket.SetRawSocketOption(LinuxIpProtoTcp, option, bytes);
    });

    private static void BestEffort(Action set)
    {
        try
        {
            set();
        }
        catch (SocketException)
        {
            // The kernel does not have the option.
        }
    }
}
