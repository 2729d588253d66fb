using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Serialization;
using Akka.Util;
using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests.Serialization;

public sealed class ClusterMessageSerializerSpecs : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("serialization", "akka { loglevel = OFF, stdout-loglevel = OFF }");
    private readonly ClusterMessageSerializer _serializer;

    public ClusterMessageSerializerSpecs() => _serializer = new ClusterMessageSerializer((ExtendedActorSystem)_system);

    public void Dispose() => ((ExtendedActorSystem)_system).Abort();

    [Fact]
    public void Every_message_comes_back_as_it_was_sent()
    {
        foreach (var message in new object[]
        {
            InitJoin.Instance, new InitJoinAck(Node(1).Address), new InitJoinNack(Node(2, -7).Address), new ExitingConfirmed(Node(3, int.MinValue)),
            new Heartbeat(Node(1).Address, 17, long.MaxValue), new HeartbeatRsp(Node(1, 99), 17, -1),
        })
            Assert.Equal(message, Sent(message));

        var join = (Join)Sent(new Join(Node(4), ["voter", "arbiter"], AppVersion.Create("1.2-RC3")));
        Assert.Equal((Node(4), "1.2-RC3"), (join.Node, join.AppVersion.Version));
        Assert.True(join.Roles.SetEquals(["arbiter", "voter"]));
        var status = new GossipStatus(Node(1), VectorClock.Create().Increment(Gossip.ClockNameOf(Node(1))), "seen");
        Assert.Equal(status, Sent(status));
    }

    [Fact]
    public void Every_gossip_comes_back_as_it_was_sent() => Properties.Hold(random =>
    {
        var gossip = GossipHistory.Grow(random).Holder(random);
        var envelope = (GossipEnvelope)Sent(new GossipEnvelope(Node(1), Node(2), gossip, 0));
        AssertSame(gossip, envelope.Gossip);
        Assert.NotEqual(0, envelope.ArrivedAt);
        AssertSame(gossip, ((Welcome)Sent(new Welcome(Node(1), gossip))).Gossip);
    });

    [Fact]
    public void A_manifest_that_is_not_known_is_refused_and_names_no_type()
    {
        foreach (var manifest in new[] { "", "X", typeof(GossipEnvelope).AssemblyQualifiedName!, "System.IO.FileInfo" })
            Assert.Throws<SerializationException>(() => _serializer.FromBinary([], manifest));
    }

    [Fact]
    public void Whatever_bytes_come_they_are_a_message_or_refused() => Properties.Hold(
        random =>
        {
            var manifests = new[] { "IJA", "IJN", "J", "W", "GE", "GS", "EC", "HB", "HBR" };
            var bytes = random.Next(2) == 0 ? new byte[random.Next(60)] : _serializer.ToBinary(new Welcome(Node(1), GossipHistory.Grow(random).Holder(random)));
            if (bytes.All(b => b == 0)) random.NextBytes(bytes);
            else bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
            try
            {
                _serializer.FromBinary(bytes, manifests[random.Next(manifests.Length)]);
            }
            catch (SerializationException)
            {
            }
        },
        2000);

    private static void AssertSame(Gossip expected, Gossip actual)
    {
        Assert.True(expected.HasSameContentAs(actual), $"{expected}\n{actual}");
        Assert.True(expected.Version.IsSameAs(actual.Version));
        Assert.True(expected.Seen.SetEquals(actual.Seen));
    }

    private object Sent(object message) => _serializer.FromBinary(_serializer.ToBinary(message), _serializer.Manifest(message));
}
