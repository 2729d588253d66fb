using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Event;
using Akka.Remote.Tests.Support;
using Akka.TestKit;
using Xunit.Abstractions;
using static Akka.Remote.Tests.Support.TlsConfig;

namespace Akka.Remote.Tests;

/// <summary>While two systems talk TLS, a stranger comes to the port of one of them: nothing but counters and a log line changes.</summary>
public class StrangersSpec : RemoteSpec
{
    private readonly Certificates _ca = new("cluster CA");
    private readonly Certificates _otherCa = new("another CA");
    private readonly ActorSystem _node;
    private readonly TestProbe _friend;
    private readonly IActorRef _echo;
    private readonly ConcurrentQueue<LogEvent> _log = [];
    private readonly ConcurrentQueue<object> _changes = [];
    private int _exchanged;

    public StrangersSpec(ITestOutputHelper output)
        : base(output)
    {
        _node = Start("node", $"{Ssl(_ca.IssuePkcs12("node", Password), _ca)}\nakka.remote.dot-netty.tcp.connection-timeout = 5s");
        var friends = Start("friend", Ssl(_ca.IssuePkcs12("friend", Password), _ca));
        _friend = Probe(friends);
        _echo = At(friends, _node, StartEcho(_node));
        Exchange();
        Witness(_log, typeof(Warning), typeof(Error));
        Witness(_changes, typeof(RemotingLifecycleEvent), typeof(DeadLetter));
    }

    private long Refused => RemotingOf(_node).Counters.RefusedConnections;

    private long Malformed => RemotingOf(_node).Counters.Malformed;

    [Fact]
    public void A_port_scanner()
    {
        for (var i = 0; i < 200; i++)
        {
            using var socket = Dial();
            // Every second one resets the connection.
            if (i % 2 == 0)
                socket.LingerState = new LingerOption(true, 0);
        }

        Exchange();
        AssertNothingElseChanged();
    }

    [Fact]
    public void A_port_scanner_that_says_nothing()
    {
        var sockets = Enumerable.Range(0, 20).Select(_ => Dial()).ToList();
        sockets.ForEach(AssertClosed);
        sockets.ForEach(socket => socket.Dispose());

        AwaitAssert(() => Assert.Equal(20, Refused), Long);
        AssertOneLine("it did not authenticate itself within 5 s");
    }

    [Fact]
    public void Random_bytes()
    {
        for (var i = 0; i < 50; i++)
        {
            var garbage = new byte[4096];
            new Random(i).NextBytes(garbage);
            using var socket = Dial();
            socket.Send(garbage);
            AssertClosed(socket);
        }

        AwaitAssert(() => Assert.Equal(50, Refused), Long);
        AssertOneLine("127.0.0.1");
    }

    [Fact]
    public void An_expired_certificate()
    {
        AssertTurnedAway(_ca.IssuePkcs12("late", Password, TimeSpan.FromHours(-1)));
        AssertOneLine("The certificate 'CN=late' is refused");
    }

    [Fact]
    public void A_certificate_of_another_CA()
    {
        AssertTurnedAway(_otherCa.IssuePkcs12("intruder", Password));
        AssertOneLine("The certificate 'CN=intruder' is refused");
    }

    [Fact]
    public void A_frame_announced_as_2_GB_by_one_with_a_good_certificate()
    {
        using var socket = Dial();
        using var tls = Secure(socket, _ca.IssuePkcs12("greedy", Password));
        var announced = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(announced, int.MaxValue);
        var before = GC.GetTotalAllocatedBytes();
        tls.Write(announced);
        AssertEnds(tls);

        AwaitAssert(() => Assert.Equal(1, Malformed), Long);
        // Other specs allocate at the same time, but no gigabyte.
        Assert.True(GC.GetTotalAllocatedBytes() - before < 1 << 30);
        AssertOneLine("a frame announced with 2147483647 bytes");
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _ca.Dispose();
        _otherCa.Dispose();
    }

    private static void AssertClosed(Socket socket)
    {
        var rest = new byte[4096];
        try
        {
            while (socket.Receive(rest) > 0)
            {
            }
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset)
        {
        }
    }

    private static void AssertEnds(SslStream tls)
    {
        var rest = new byte[4096];
        try
        {
            while (tls.Read(rest) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Closed without a word.
        }
    }

    private static SslStream Secure(Socket socket, string certificate)
    {
        var tls = new SslStream(new NetworkStream(socket), false, (_, _, _, _) => true);
        tls.AuthenticateAsClient("node", [X509CertificateLoader.LoadPkcs12FromFile(certificate, Password)], checkCertificateRevocation: false);
        return tls;
    }

    private void AssertTurnedAway(string certificate)
    {
        using var socket = Dial();
        try
        {
            using var tls = Secure(socket, certificate);
            // With TLS 1.3 the refusal comes after the client's own part is through.
            AssertEnds(tls);
        }
        catch (IOException)
        {
            // Refused while the two introduced themselves.
        }

        AwaitAssert(() => Assert.Equal(1, Refused), Long);
    }

    private Socket Dial()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = (int)Long.TotalMilliseconds };
        socket.Connect(IPAddress.Loopback, AddressOf(_node).Port!.Value);
        return socket;
    }

    /// <summary>Ten messages go and come back, in order, without one missing.</summary>
    private void Exchange()
    {
        for (var i = 0; i < 10; i++)
            _echo.Tell(_exchanged + i, _friend.Ref);
        for (var i = 0; i < 10; i++)
            _friend.ExpectMsg(_exchanged++, Long);
    }

    private void AssertOneLine(string said)
    {
        AwaitAssert(() => Assert.NotEmpty(_log), Long);
        var line = Assert.Single(_log);
        Assert.Contains(said, line.Message.ToString());
        Assert.Equal(LogLevel.WarningLevel, line.LogLevel());
        Exchange();
        AssertNothingElseChanged();
    }

    private void AssertNothingElseChanged()
    {
        Assert.DoesNotContain(_log, line => line is Error);
        Assert.Empty(_changes);
        // The friend alone is known, over the connection that stood before.
        Assert.Equal(1, RemotingOf(_node).AssociationCount);
        AwaitAssert(() => Assert.Equal(1, RemotingOf(_node).ConnectionCount), Long);
    }

    private void Witness<T>(ConcurrentQueue<T> seen, params Type[] kinds)
    {
        var witness = _node.ActorOf(Props.Create(() => new Recorder<T>(seen)));
        foreach (var kind in kinds)
            _node.EventStream.Subscribe(witness, kind);
    }

    private sealed class Recorder<T> : ReceiveActor
    {
        public Recorder(ConcurrentQueue<T> seen) => Receive<T>(seen.Enqueue);
    }
}
