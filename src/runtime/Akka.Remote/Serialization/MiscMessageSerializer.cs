using Akka.Actor;
using Akka.Remote.Serialization.Proto;
using Akka.Serialization;
using Google.Protobuf;

namespace Akka.Remote.Serialization;

/// <summary>The messages of the actor library itself that users send to other systems.</summary>
public sealed class MiscMessageSerializer : SerializerWithStringManifest
{
    private const string IdentifyManifest = "ID";
    private const string ActorIdentityManifest = "AID";
    private const string ActorRefManifest = "AR";
    private const string PoisonPillManifest = "PP";
    private const string KillManifest = "K";
    private const string SuccessManifest = "SS";
    private const string FailureManifest = "SF";
    private const string AddressManifest = "A";
    private const string DoneManifest = "D";
    private const string HeartbeatManifest = "RWHB";
    private const string HeartbeatRspManifest = "RWHR";

    private readonly ExtendedActorSystem _system;

    /// <summary>Makes the serializer of a system.</summary>
    public MiscMessageSerializer(ExtendedActorSystem system)
        : base(system) => _system = system;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => obj switch
    {
        Identify identify => new Identification { MessageId = NestedOrNull(identify.MessageId) }.ToByteArray(),
        ActorIdentity identity => new Identity
        {
            CorrelationId = NestedOrNull(identity.MessageId),
            Path = identity.Subject is null ? string.Empty : Akka.Serialization.Serialization.SerializedActorPath(identity.Subject),
        }.ToByteArray(),
        IActorRef actor => new ActorReference { Path = Akka.Serialization.Serialization.SerializedActorPath(actor) }.ToByteArray(),
        PoisonPill or Kill or Done or RemoteWatcher.Heartbeat => [],
        Status.Success success => new StatusMessage { Success = NestedOrNull(success.Status) }.ToByteArray(),
        Status.Failure failure => new StatusMessage { Failure = RemoteFailureException.TextOf(failure.Cause), State = NestedOrNull(failure.State) }.ToByteArray(),
        Address address => new AddressMessage
        {
            Protocol = address.Protocol,
            System = address.System,
            Host = address.Host ?? string.Empty,
            Port = (uint)(address.Port ?? 0),
        }.ToByteArray(),
        RemoteWatcher.HeartbeatRsp answer => new HeartbeatAnswer { Uid = answer.AddressUid }.ToByteArray(),
        _ => throw NotMine(obj),
    };

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        IdentifyManifest => new Identify(ObjectOf(Identification.Parser.ParseFrom(bytes).MessageId)),
        ActorIdentityManifest => ToActorIdentity(Identity.Parser.ParseFrom(bytes)),
        ActorRefManifest => _system.Provider.ResolveActorRef(ActorReference.Parser.ParseFrom(bytes).Path),
        PoisonPillManifest => PoisonPill.Instance,
        KillManifest => Kill.Instance,
        DoneManifest => Done.Instance,
        SuccessManifest => new Status.Success(ObjectOf(StatusMessage.Parser.ParseFrom(bytes).Success)),
        FailureManifest => ToFailure(StatusMessage.Parser.ParseFrom(bytes)),
        AddressManifest => ToAddress(AddressMessage.Parser.ParseFrom(bytes)),
        HeartbeatManifest => RemoteWatcher.Heartbeat.Instance,
        HeartbeatRspManifest => new RemoteWatcher.HeartbeatRsp(HeartbeatAnswer.Parser.ParseFrom(bytes).Uid),
        _ => throw new UnknownMessageException($"'{manifest}' is no manifest of {nameof(MiscMessageSerializer)}."),
    };

    /// <inheritdoc/>
    public override string Manifest(object obj) => obj switch
    {
        Identify => IdentifyManifest,
        ActorIdentity => ActorIdentityManifest,
        IActorRef => ActorRefManifest,
        PoisonPill => PoisonPillManifest,
        Kill => KillManifest,
        Done => DoneManifest,
        Status.Success => SuccessManifest,
        Status.Failure => FailureManifest,
        Address => AddressManifest,
        RemoteWatcher.Heartbeat => HeartbeatManifest,
        RemoteWatcher.HeartbeatRsp => HeartbeatRspManifest,
        _ => throw NotMine(obj),
    };

    private static ArgumentException NotMine(object message) => new($"{message.GetType()} is no message of {nameof(MiscMessageSerializer)}.", nameof(message));

    private static Status.Failure ToFailure(StatusMessage message, object? state) =>
        state is null ? new Status.Failure(new RemoteFailureException(message.Failure)) : new Status.Failure(new RemoteFailureException(message.Failure), state);

    private static Address ToAddress(AddressMessage message) => new(
        message.Protocol,
        message.System,
        message.Host.Length == 0 ? null : message.Host,
        message.Port == 0 ? null : (int)message.Port);

    private Status.Failure ToFailure(StatusMessage message) => ToFailure(message, ObjectOf(message.State));

    private ActorIdentity ToActorIdentity(Identity identity) =>
        new(ObjectOf(identity.CorrelationId), identity.Path.Length == 0 ? null : _system.Provider.ResolveActorRef(identity.Path));

    private NestedMessage? NestedOrNull(object? message) => message is null ? null : NestedMessages.Write(_system, message);

    // An absent message id is null on both sides; the constructors take it as it is.
    private object ObjectOf(NestedMessage? nested) => nested is null ? null! : NestedMessages.Read(_system, nested);
}
