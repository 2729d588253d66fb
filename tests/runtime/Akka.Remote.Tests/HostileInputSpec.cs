using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Tests.Support;
using Akka.Remote.Wire;
using Google.Protobuf;
using Xunit.Abstractions;
using Envelope = Akka.Remote.Wire.Envelope;

namespace Akka.Remote.Tests;

/// <summary>Whoever can reach the port may send anything; the system goes on as if nothing had happened.</summary>
public class HostileInputSpec(ITestOutputHelper output) : RemoteSpec(output)
{
    [Fact]
    public void A_port_scanner_changes_nothing()
    {
        for (var i = 0; i < 100; i++)
        {
            using var socket = Dial();
        }

        AssertStillWorks();
        Assert.Equal(0, RemotingOf(Sys).Counters.Malformed);
    }

    [Fact]
    public void Random_bytes_close_the_connection_and_change_nothing()
    {
        for (var i = 0; i < 50; i++)
        {
            var garbage = new byte[4096];
            new Random(i).NextBytes(garbage);
            using var socket = Dial();
            Send(socket, garbage);
            AssertClosed(socket);
        }

        AssertStillWorks();
        Assert.True(RemotingOf(Sys).Counters.Malformed > 0);
    }

    [Fact]
    public void A_web_browser_is_closed()
    {
        using var socket = Dial();
        Send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8);
        AssertClosed(socket);
        AssertStillWorks();
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(64 * 1024)]
    public void A_frame_announced_as_huge_before_the_introduction_is_refused_without_allocating_for_it(int announced)
    {
        using var socket = Dial();
        var before = GC.GetTotalAllocatedBytes();
        Send(socket, Length(announced));
        AssertClosed(socket);
        AssertNotAllocated(before);
        AssertStillWorks();
    }

    [Fact]
    public void A_frame_announced_with_2_GB_after_the_introduction_is_refused_without_allocating_for_it()
    {
        using var socket = Introduce();
        var before = GC.GetTotalAllocatedBytes();
        Send(socket, Length(int.MaxValue));
        AssertClosed(socket);
        AssertNotAllocated(before);
        AssertStillWorks();
    }

    [Fact]
    public void A_damaged_envelope_closes_the_connection()
    {
        using var socket = Introduce();
        SendFrame(socket, [(byte)FrameKind.Envelope, 0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]);
        AssertClosed(socket);
        AssertStillWorks();
    }

    [Fact]
    public void A_frame_of_an_unknown_kind_closes_the_connection()
    {
        using var socket = Introduce();
        SendFrame(socket, [200, 1, 2, 3]);
        AssertClosed(socket);
    }

    [Fact]
    public void An_envelope_before_the_introduction_closes_the_connection()
    {
        using var socket = Dial();
        SendFrame(socket, WireProtocol.Frame(FrameKind.Envelope, new Envelope { Recipient = "/user/x" }));
        AssertClosed(socket);
    }

    [Theory]
    [InlineData(4711, "")]
    [InlineData(17, "no such manifest")]
    [InlineData(16, "")]
    [InlineData(6, "")]
    [InlineData(1, "System.Diagnostics.Process, System.Diagnostics.Process")]
    public void A_message_with_an_unknown_serializer_or_manifest_is_counted_and_dropped_and_the_connection_goes_on(int serializerId, string manifest)
    {
        using var socket = Introduce();
        var unknownBefore = RemotingOf(Sys).Counters.UnknownMessages;
        SendFrame(socket, WireProtocol.Frame(FrameKind.Envelope, EnvelopeFor(serializerId, manifest, "x")));
        SendFrame(socket, WireProtocol.Frame(FrameKind.Envelope, EnvelopeFor(17, "S", "a good one")));
        ExpectMsg("a good one", Long);
        Assert.Equal(unknownBefore + 1, RemotingOf(Sys).Counters.UnknownMessages);
    }

    [Fact]
    public void An_envelope_outside_of_a_stream_is_dropped()
    {
        using var socket = Introduce(startStream: false);
        SendFrame(socket, WireProtocol.Frame(FrameKind.Envelope, EnvelopeFor(17, "S", "early")));
        AwaitAssert(() => Assert.Equal(1, RemotingOf(Sys).Counters.StaleFrames), Long);
        ExpectNoMsg(Quiet);
    }

    [Fact]
    public void Another_protocol_version_is_refused_with_the_reason()
    {
        using var socket = Dial();
        SendFrame(socket, WireProtocol.Frame(FrameKind.Hello, HelloFrom("akka.tcp://x@127.0.0.1:9", version: 99)));
        var answer = ReceiveFrame(socket);
        Assert.Equal(FrameKind.Refusal, (FrameKind)answer[0]);
        Assert.Equal(CloseReason.WrongVersion, Refusal.Parser.ParseFrom(answer[1..]).Reason);
        AssertClosed(socket);
    }

    [Fact]
    public void An_incarnation_that_another_one_has_followed_does_not_come_back()
    {
        using var first = Introduce(uid: 1);
        using var second = Introduce(uid: 2);
        AssertClosed(first);
        using var late = Dial();
        SendFrame(late, WireProtocol.Frame(FrameKind.Hello, HelloFrom("akka.tcp://x@127.0.0.1:9", uid: 1)));
        Assert.Equal(CloseReason.Quarantined, Refusal.Parser.ParseFrom(ReceiveFrame(late)[1..]).Reason);
        SendFrame(second, WireProtocol.Frame(FrameKind.Envelope, EnvelopeFor(17, "S", "of the present one")));
        ExpectMsg("of the present one", Long);
    }

    [Fact]
    public void A_system_message_that_comes_twice_is_delivered_once_and_acknowledged_again()
    {
        using var socket = Introduce();
        var stop = new Envelope
        {
            SequenceNumber = 1,
            Recipient = TestActor.Path.ToStringWithoutAddress(),
            SerializerId = 22,
            Payload = new Akka.Remote.Serialization.Proto.SystemMessageData { Kind = Akka.Remote.Serialization.Proto.SystemMessageKind.Suspend }.ToByteString(),
        };
        SendFrame(socket, WireProtocol.Frame(FrameKind.Envelope, stop));
        Assert.Equal(1UL, Acknowledged(socket).Delivered);
        SendFrame(socket, WireProtocol.Frame(FrameKind.Envelope, stop));
        Assert.Equal(1UL, Acknowledged(socket).Delivered);
        ((IInternalActorRef)TestActor).Resume();
        SendFrame(socket, WireProtocol.Frame(FrameKind.Envelope, EnvelopeFor(17, "S", "resumed once, suspended once")));
        ExpectMsg("resumed once, suspended once", Long);
    }

    [Fact]
    public void A_gap_in_the_system_messages_is_reported_and_nothing_behind_it_is_delivered()
    {
        using var socket = Introduce();
        var stop = new Envelope
        {
            SequenceNumber = 2,
            Recipient = TestActor.Path.ToStringWithoutAddress(),
            SerializerId = 22,
            Payload = new Akka.Remote.Serialization.Proto.SystemMessageData { Kind = Akka.Remote.Serialization.Proto.SystemMessageKind.Terminate }.ToByteString(),
        };
        SendFrame(socket, WireProtocol.Frame(FrameKind.Envelope, stop));
        var answer = Acknowledged(socket);
        Assert.Equal((0UL, true), (answer.Delivered, answer.Gap));
        SendFrame(socket, WireProtocol.Frame(FrameKind.Envelope, EnvelopeFor(17, "S", "not ended")));
        ExpectMsg("not ended", Long);
    }

    [Fact]
    public void Whoever_does_not_introduce_himself_in_time_is_closed()
    {
        var there = Start(config: "akka.remote.handshake-timeout = 300 ms");
        using var socket = Dial(there);
        AssertClosed(socket);
        AwaitAssert(() => Assert.Equal(1, RemotingOf(there).Counters.RefusedConnections), Long);
    }

    [Fact]
    public void Many_who_say_nothing_are_bounded()
    {
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < 600; i++)
                sockets.Add(Dial());
            AwaitAssert(() => Assert.True(RemotingOf(Sys).Counters.RefusedConnections > 0), Long);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        AwaitAssert(AssertStillWorks, Long);
    }

    [Fact]
    public void In_untrusted_mode_harmful_messages_and_selections_are_dropped()
    {
        var there = Start(config: "akka.remote { untrusted-mode = on, trusted-selection-paths = [\"/user/echo\"] }");
        var echo = At(there, StartEcho(there));
        StartEcho(there, "hidden");
        echo.Tell(PoisonPill.Instance, TestActor);
        ((IInternalActorRef)echo).Stop();
        Sys.ActorSelection($"{AddressOf(there)}/user/hidden").Tell("not allowed", TestActor);
        Sys.ActorSelection($"{AddressOf(there)}/user/echo").Tell("allowed", TestActor);
        ExpectMsg("allowed", Long);
        echo.Tell("alive", TestActor);
        ExpectMsg("alive", Long);
        ExpectNoMsg(Quiet);
    }

    // Other specs allocate at the same time, but no gigabyte.
    private static void AssertNotAllocated(long before) => Assert.True(GC.GetTotalAllocatedBytes() - before < 1 << 30);

    private static byte[] Length(int length)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        return bytes;
    }

    private static void Send(Socket socket, ReadOnlySpan<byte> bytes) => socket.Send(bytes);

    private static void SendFrame(Socket socket, byte[] frame) => socket.Send([.. Length(frame.Length), .. frame]);

    private static byte[] ReceiveExactly(Socket socket, int count)
    {
        var bytes = new byte[count];
        for (var got = 0; got < count;)
        {
            var read = socket.Receive(bytes.AsSpan(got));
            Assert.NotEqual(0, read);
            got += read;
        }

        return bytes;
    }

    private static byte[] ReceiveFrame(Socket socket) => ReceiveExactly(socket, BinaryPrimitives.ReadInt32BigEndian(ReceiveExactly(socket, 4)));

    /// <summary>The other side ends the connection, whatever it still says before.</summary>
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

    private Socket Dial(ActorSystem? system = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = (int)Long.TotalMilliseconds };
        socket.Connect(IPAddress.Loopback, AddressOf(system ?? Sys).Port!.Value);
        return socket;
    }

    private Hello HelloFrom(string address, uint version = WireProtocol.Version, int uid = 7) =>
        new() { ProtocolVersion = version, Address = address, Uid = uid, TargetAddress = Here.ToString() };

    /// <summary>The next acknowledgement, whatever else is said before.</summary>
    private static Acknowledgement Acknowledged(Socket socket)
    {
        while (true)
        {
            var frame = ReceiveFrame(socket);
            if ((FrameKind)frame[0] == FrameKind.Acknowledgement)
                return Acknowledgement.Parser.ParseFrom(frame.AsSpan(1));
        }
    }

    private Socket Introduce(bool startStream = true, int uid = 7)
    {
        var socket = Dial();
        SendFrame(socket, WireProtocol.Frame(FrameKind.Hello, HelloFrom("akka.tcp://x@127.0.0.1:9", uid: uid)));
        Assert.Equal(FrameKind.Welcome, (FrameKind)ReceiveFrame(socket)[0]);
        if (startStream)
            SendFrame(socket, WireProtocol.Frame(FrameKind.StreamStart, new StreamStart { Generation = 1 }));
        return socket;
    }

    private Envelope EnvelopeFor(int serializerId, string manifest, string payload) => new()
    {
        Recipient = TestActor.Path.ToStringWithoutAddress(),
        SerializerId = serializerId,
        Manifest = manifest,
        Payload = ByteString.CopyFromUtf8(payload),
    };

    private void AssertStillWorks()
    {
        var there = Start($"friend-{Guid.NewGuid():N}");
        At(there, Sys, TestActor).Tell("a friend");
        ExpectMsg("a friend", Long);
    }
}
