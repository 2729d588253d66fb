using System.Net;
using System.Net.Sockets;
using Akka.Configuration;
using Akka.Remote.Network.Tcp;

namespace Akka.Remote.Tests.Network;

public class TcpSocketOptionsSpec
{
    private const int IpProtoTcp = 6;
    private const int TcpThinLinearTimeouts = 16;
    private const int TcpUserTimeout = 18;
    private const int TcpRtoMaxMs = 44;
    private const int TcpRtoMinUs = 45;

    private static TcpSettings Settings(string more = "") => new(ConfigurationFactory.ParseString(more)
        .WithFallback(ConfigurationFactory.FromResource<RemoteSettings>("Akka.Remote.reference.conf").GetConfig("akka.remote.dot-netty.tcp")));

    [Fact]
    public void The_configured_bounds_of_TCPs_patience_are_set_where_the_kernel_has_them()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        TcpSocketOptions.Apply(socket, Settings("tcp-user-timeout = 12 s, tcp-rto-max = 3 s"));
        Assert.True(socket.NoDelay);
        Assert.Equal(12_000, Raw(socket, TcpUserTimeout));
        Assert.Equal(1, Raw(socket, TcpThinLinearTimeouts));
        if (OperatingSystem.IsOSPlatformVersionAtLeast("linux", 6, 15))
        {
            Assert.Equal(3000, Raw(socket, TcpRtoMaxMs));
            // The kernel counts in its own ticks, which are milliseconds.
            Assert.InRange(Raw(socket, TcpRtoMinUs), 45_000, 55_000);
        }
    }

    [Theory]
    [InlineData("port = 70000", "port")]
    [InlineData("maximum-frame-size = 100b", "maximum-frame-size")]
    [InlineData("send-queue-bytes = 1k", "send-queue-bytes")]
    [InlineData("backlog = 0", "backlog")]
    public void A_setting_out_of_its_range_is_refused_by_its_name(string wrong, string key) =>
        Assert.Contains(key, Assert.Throws<ConfigurationException>(() => Settings(wrong)).Message);

    [Fact]
    public void The_bound_and_the_public_name_may_differ()
    {
        var settings = Settings("hostname = public.example, bind-hostname = 127.0.0.1");
        Assert.Equal(("127.0.0.1", "public.example"), (settings.BindHostname, settings.PublicHostname));
        settings = Settings("hostname = 10.0.0.1, public-hostname = public.example");
        Assert.Equal(("10.0.0.1", "public.example"), (settings.BindHostname, settings.PublicHostname));
        settings = Settings();
        Assert.Equal((IPAddress.Any.ToString(), Dns.GetHostName()), (settings.BindHostname, settings.PublicHostname));
    }

    private static int Raw(Socket socket, int option)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        socket.GetRawSocketOption(IpProtoTcp, option, value);
        return BitConverter.ToInt32(value);
    }
}
