using Akka.Actor;

namespace Akka.Remote.Serialization;

/// <summary>
/// The way between messages and bytes. Bytes from elsewhere become messages only through serializers that are
/// registered here under their id: no type is ever looked up by a name that a peer has sent.
/// </summary>
internal static class RegisteredSerializers
{
    /// <exception cref="System.Runtime.Serialization.SerializationException">No serializer is registered for the message.</exception>
    public static (int SerializerId, string Manifest, byte[] Payload) Serialize(ExtendedActorSystem system, object message)
    {
        var serializer = system.Serialization.FindSerializerFor(message);
        return (serializer.Identifier, Akka.Serialization.Serialization.ManifestFor(serializer, message), serializer.ToBinary(message));
    }

    /// <exception cref="System.Runtime.Serialization.SerializationException">The serializer is not registered here, or does not know the manifest.</exception>
    public static object Deserialize(ExtendedActorSystem system, int serializerId, string manifest, byte[] payload) =>
        system.Serialization.Deserialize(payload, serializerId, manifest);
}
