using Akka.Actor;
using Akka.Remote.Serialization.Proto;
using Google.Protobuf;

namespace Akka.Remote.Serialization;

/// <summary>Messages within messages: written with the serializer that is registered for them, read by its id and manifest alone.</summary>
internal static class NestedMessages
{
    public static NestedMessage Write(ExtendedActorSystem system, object message)
    {
        var (serializerId, manifest, payload) = RegisteredSerializers.Serialize(system, message);
        return new NestedMessage { SerializerId = serializerId, Manifest = manifest, Payload = UnsafeByteOperations.UnsafeWrap(payload) };
    }

    /// <exception cref="System.Runtime.Serialization.SerializationException">There is none, or its serializer or manifest is not registered here.</exception>
    public static object Read(ExtendedActorSystem system, NestedMessage? nested) => nested is null
        ? throw new UnknownMessageException("It carries no message.")
        : RegisteredSerializers.Deserialize(system, nested.SerializerId, nested.Manifest, nested.Payload.ToByteArray());
}
