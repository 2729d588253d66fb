using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Serialization.Wire;
using Akka.Embedded;
using Akka.Serialization;
using Akka.Util;
using Google.Protobuf;

namespace Akka.Cluster.Serialization;

/// <summary>
/// All messages between the nodes of a cluster, as protobuf. A manifest is one of a fixed list of short names and chooses what
/// is read; nothing that a peer sends names a type.
/// </summary>
internal sealed class ClusterMessageSerializer : SerializerWithStringManifest
{
    private const string InitJoinManifest = "IJ";
    private const string InitJoinAckManifest = "IJA";
    private const string InitJoinNackManifest = "IJN";
    private const string JoinManifest = "J";
    private const string WelcomeManifest = "W";
    private const string GossipEnvelopeManifest = "GE";
    private const string GossipStatusManifest = "GS";
    private const string ExitingConfirmedManifest = "EC";
    private const string HeartbeatManifest = "HB";
    private const string HeartbeatRspManifest = "HBR";

    private readonly TimeProvider _time;

    public ClusterMessageSerializer(ExtendedActorSystem system)
        : base(system) => _time = RuntimeEnvironment.Of(system).Time;

    public override int Identifier => 5;

    public override string Manifest(object o) => o switch
    {
        Heartbeat => HeartbeatManifest,
        HeartbeatRsp => HeartbeatRspManifest,
        GossipEnvelope => GossipEnvelopeManifest,
        GossipStatus => GossipStatusManifest,
        InitJoin => InitJoinManifest,
        InitJoinAck => InitJoinAckManifest,
        InitJoinNack => InitJoinNackManifest,
        Join => JoinManifest,
        Welcome => WelcomeManifest,
        ExitingConfirmed => ExitingConfirmedManifest,
        _ => throw NotAClusterMessage(o),
    };

    public override byte[] ToBinary(object obj) => obj switch
    {
        InitJoin => [],
        _ => ToWire(obj).ToByteArray(),
    };

    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return manifest switch
            {
                HeartbeatManifest => FromWire(HeartbeatData.Parser.ParseFrom(bytes)),
                HeartbeatRspManifest => FromWire(HeartbeatRspData.Parser.ParseFrom(bytes)),
                GossipEnvelopeManifest => FromWire(GossipEnvelopeData.Parser.ParseFrom(bytes), _time.GetTimestamp()),
                GossipStatusManifest => FromWire(GossipStatusData.Parser.ParseFrom(bytes)),
                InitJoinManifest => InitJoin.Instance,
                InitJoinAckManifest => new InitJoinAck(AddressWire.FromWire(AddressData.Parser.ParseFrom(bytes))),
                InitJoinNackManifest => new InitJoinNack(AddressWire.FromWire(AddressData.Parser.ParseFrom(bytes))),
                JoinManifest => FromWire(JoinData.Parser.ParseFrom(bytes)),
                WelcomeManifest => FromWire(WelcomeData.Parser.ParseFrom(bytes)),
                ExitingConfirmedManifest => new ExitingConfirmed(AddressWire.FromWire(NodeData.Parser.ParseFrom(bytes))),
                _ => throw new SerializationException($"A cluster message has the manifest '{manifest}', which this version does not know."),
            };
        }
        catch (Exception malformed) when (malformed is InvalidProtocolBufferException or ArgumentException)
        {
            throw new SerializationException($"A cluster message with the manifest '{manifest}' is malformed: {malformed.Message}", malformed);
        }
    }

    private static IMessage ToWire(object message)
    {
        switch (message)
        {
            case Heartbeat m:
                return new HeartbeatData { From = AddressWire.ToWire(m.From), SequenceNr = m.SequenceNr, CreationTime = m.CreationTime };
            case HeartbeatRsp m:
                return new HeartbeatRspData { From = AddressWire.ToWire(m.From), SequenceNr = m.SequenceNr, CreationTime = m.CreationTime };
            case GossipEnvelope m:
                return new GossipEnvelopeData { From = AddressWire.ToWire(m.From), To = AddressWire.ToWire(m.To), Gossip = GossipWire.ToWire(m.Gossip) };
            case GossipStatus m:
                return new GossipStatusData { From = AddressWire.ToWire(m.From), Version = GossipWire.ToWire(m.Version), SeenDigest = m.SeenDigest };
            case InitJoinAck m:
                return AddressWire.ToWire(m.Address);
            case InitJoinNack m:
                return AddressWire.ToWire(m.Address);
            case Join m:
                var join = new JoinData { Node = AddressWire.ToWire(m.Node), AppVersion = m.AppVersion.Version };
                join.Roles.AddRange(m.Roles.Order(StringComparer.Ordinal));
                return join;
            case Welcome m:
                return new WelcomeData { From = AddressWire.ToWire(m.From), Gossip = GossipWire.ToWire(m.Gossip) };
            case ExitingConfirmed m:
                return AddressWire.ToWire(m.Node);
            default:
                throw NotAClusterMessage(message);
        }
    }

    private static Heartbeat FromWire(HeartbeatData data) => new(AddressWire.FromWire(data.From), data.SequenceNr, data.CreationTime);

    private static HeartbeatRsp FromWire(HeartbeatRspData data) => new(AddressWire.FromWire(data.From), data.SequenceNr, data.CreationTime);

    private static GossipEnvelope FromWire(GossipEnvelopeData data, long arrivedAt) =>
        new(AddressWire.FromWire(data.From), AddressWire.FromWire(data.To), GossipWire.FromWire(Required(data.Gossip)), arrivedAt);

    private static GossipStatus FromWire(GossipStatusData data) =>
        new(AddressWire.FromWire(data.From), GossipWire.FromWire(Required(data.Version)), data.SeenDigest);

    private static Join FromWire(JoinData data) =>
        new(AddressWire.FromWire(data.Node), data.Roles.ToImmutableHashSet(), AppVersion.Create(data.AppVersion));

    private static Welcome FromWire(WelcomeData data) => new(AddressWire.FromWire(data.From), GossipWire.FromWire(Required(data.Gossip)));

    private static T Required<T>(T? part)
        where T : class => part ?? throw new ArgumentException("A part that every such message has is missing.", nameof(part));

    private static ArgumentException NotAClusterMessage(object message) =>
        new($"{message.GetType()} is no message of the cluster and cannot be serialized as one.", nameof(message));
}
