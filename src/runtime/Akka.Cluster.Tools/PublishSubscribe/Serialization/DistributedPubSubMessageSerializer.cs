using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Serialization;
using Akka.Cluster.Tools.PublishSubscribe.Internal;
using Akka.Cluster.Tools.PublishSubscribe.Serialization.Wire;
using Akka.Remote.Serialization;
using Akka.Serialization;
using Google.Protobuf;

namespace Akka.Cluster.Tools.PublishSubscribe.Serialization;

/// <summary>The messages between mediators, and those that a mediator on another node is asked to deliver, as protobuf.</summary>
public class DistributedPubSubMessageSerializer : SerializerWithStringManifest
{
    private const string StatusManifest = "A";
    private const string DeltaManifest = "B";
    private const string SendManifest = "C";
    private const string SendToAllManifest = "D";
    private const string PublishManifest = "E";
    private const string TopicDeliveryManifest = "F";

    private readonly ExtendedActorSystem _system;

    /// <summary>Called by the runtime.</summary>
    /// <param name="system">The actor system.</param>
    public DistributedPubSubMessageSerializer(ExtendedActorSystem system)
        : base(system) => _system = system;

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        RegistryStatus => StatusManifest,
        RegistryDelta => DeltaManifest,
        Send => SendManifest,
        SendToAll => SendToAllManifest,
        Publish => PublishManifest,
        TopicDelivery => TopicDeliveryManifest,
        _ => throw NoMessage(o),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => ToWire(obj).ToByteArray();

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return manifest switch
            {
                StatusManifest => FromWire(StatusData.Parser.ParseFrom(bytes)),
                DeltaManifest => FromWire(DeltaData.Parser.ParseFrom(bytes)),
                SendManifest => FromWire(SendData.Parser.ParseFrom(bytes)),
                SendToAllManifest => FromWire(SendToAllData.Parser.ParseFrom(bytes)),
                PublishManifest => FromWire(PublishData.Parser.ParseFrom(bytes)),
                TopicDeliveryManifest => FromWire(TopicDeliveryData.Parser.ParseFrom(bytes)),
                _ => throw new SerializationException($"A message of publish and subscribe has the manifest '{manifest}', which this version does not know."),
            };
        }
        catch (Exception malformed) when (malformed is InvalidProtocolBufferException or ArgumentException)
        {
            throw new SerializationException($"A message of publish and subscribe with the manifest '{manifest}' is malformed: {malformed.Message}", malformed);
        }
    }

    private static ArgumentException NoMessage(object o) => new($"{o.GetType()} is no message of publish and subscribe that goes to other nodes.", nameof(o));

    private IMessage ToWire(object message)
    {
        switch (message)
        {
            case RegistryStatus m:
                var status = new StatusData { IsReply = m.IsReply };
                status.Versions.AddRange(m.Versions.OrderBy(v => v.Key).Select(v => new VersionData { Owner = AddressWire.ToWire(v.Key), Version = v.Value }));
                return status;
            case RegistryDelta m:
                var delta = new DeltaData();
                delta.Buckets.AddRange(m.Buckets.Select(ToWire));
                return delta;
            case Send m:
                return new SendData { Path = m.Path, Message = NestedMessages.Write(_system, m.Message), LocalAffinity = m.LocalAffinity };
            case SendToAll m:
                return new SendToAllData { Path = m.Path, Message = NestedMessages.Write(_system, m.Message), ExcludeSelf = m.ExcludeSelf };
            case Publish m:
                return new PublishData { Topic = m.Topic, Message = NestedMessages.Write(_system, m.Message), OneToEachGroup = m.SendOneMessageToEachGroup };
            case TopicDelivery m:
                return new TopicDeliveryData { Topic = m.Topic, Group = m.Group ?? "", Message = NestedMessages.Write(_system, m.Message) };
            default:
                throw NoMessage(message);
        }
    }

    private static BucketData ToWire(BucketDelta bucket)
    {
        var data = new BucketData { Owner = AddressWire.ToWire(bucket.Owner), Version = bucket.Version };
        data.Entries.AddRange(bucket.Entries.Select(e => new EntryData
        {
            Kind = (int)e.Key.Kind,
            Name = e.Key.Name,
            Group = e.Key.Group,
            Version = e.Version,
            Actor = e.Ref is null ? "" : Akka.Serialization.Serialization.SerializedActorPath(e.Ref),
        }));
        return data;
    }

    private static RegistryStatus FromWire(StatusData data) =>
        new(data.Versions.ToImmutableDictionary(v => AddressWire.FromWire(v.Owner), v => v.Version), data.IsReply);

    private RegistryDelta FromWire(DeltaData data) => new(data.Buckets
        .Select(b => new BucketDelta(AddressWire.FromWire(b.Owner), b.Version, b.Entries.Select(FromWire).ToImmutableList()))
        .ToImmutableList());

    private RegistryEntry FromWire(EntryData data) => Enum.IsDefined((ServiceKind)data.Kind)
        ? new(
            new ServiceKey((ServiceKind)data.Kind, data.Name, data.Group),
            data.Version,
            data.Actor.Length == 0 ? null : _system.Provider.ResolveActorRef(data.Actor))
        : throw new ArgumentException($"An entry has the kind {data.Kind}, which this version does not know.", nameof(data));

    private Send FromWire(SendData data) => new(data.Path, NestedMessages.Read(_system, data.Message), data.LocalAffinity);

    private SendToAll FromWire(SendToAllData data) => new(data.Path, NestedMessages.Read(_system, data.Message), data.ExcludeSelf);

    private Publish FromWire(PublishData data) => new(data.Topic, NestedMessages.Read(_system, data.Message), data.OneToEachGroup);

    private TopicDelivery FromWire(TopicDeliveryData data) => new(data.Topic, data.Group.Length == 0 ? null : data.Group, NestedMessages.Read(_system, data.Message));
}
