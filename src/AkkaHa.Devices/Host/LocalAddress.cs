using System.Net.Sockets;

namespace AkkaHa.Devices.Host;

/// <summary>Which of this host's addresses others see.</summary>
public static class LocalAddress
{
    /// <summary>The address that this host's traffic to another one comes from. Nothing is sent.</summary>
    /// <exception cref="InvalidOperationException">There is no way to the host.</exception>
    public static string Toward(string host, int port)
    {
        try
        {
            using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(host, port);
            var address = ((System.Net.IPEndPoint)socket.LocalEndPoint!).Address;
            return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        }
        catch (SocketException e)
        {
            throw new InvalidOperationException($"There is no way to {host}: {e.Message}", e);
        }
    }

    /// <summary>Whether a TCP port of a local address can be listened on now.</summary>
    public static bool IsFree(string address, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Parse(address), port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
