using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>The serializers of a system, by id and by type.</summary>
public class Serialization
{
    private readonly ConcurrentDictionary<int, Serializer> _byId = new();
    private readonly ConcurrentDictionary<Type, Serializer> _byType = new();

    /// <summary>Called by the runtime.</summary>
    /// <param name="system">The system.</param>
    public Serialization(ExtendedActorSystem system) => System = system;

    /// <summary>The system.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>The path of a reference with an address that others can reach.</summary>
    /// <param name="actorRef">The reference.</param>
    public static string SerializedActorPath(IActorRef actorRef) => actorRef is IInternalActorRef { IsLocal: true } and not Nobody and not MinimalActorRef
        ? actorRef.Path.ToSerializationFormatWithAddress(((IInternalActorRef)actorRef).Provider.DefaultAddress)
        : actorRef.Path.ToSerializationFormat();

    /// <summary>What is written beside the bytes of an object.</summary>
    /// <param name="s">Its serializer.</param>
    /// <param name="msg">The object.</param>
    public static string ManifestFor(Serializer s, object msg)
        => s is SerializerWithStringManifest named ? named.Manifest(msg) : s.IncludeManifest ? msg.GetType().WithoutVersion() : "";

    /// <summary>Adds a serializer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="serializer">The serializer.</param>
    public void AddSerializer(string name, Serializer serializer) => _byId[serializer.Identifier] = serializer;

    /// <summary>Says which serializer writes a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="serializer">The serializer.</param>
    public void AddSerializationMap(Type type, Serializer serializer) => _byType[type] = serializer;

    /// <summary>The serializer of an object.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="defaultSerializerName">Not used.</param>
    public Serializer FindSerializerFor(object obj, string? defaultSerializerName = null) => FindSerializerForType(obj.GetType(), defaultSerializerName);

    /// <summary>The serializer of a type.</summary>
    /// <param name="objectType">The type.</param>
    /// <param name="defaultSerializerName">Not used.</param>
    public Serializer FindSerializerForType(Type objectType, string? defaultSerializerName = null)
        => _byType.FirstOrDefault(entry => entry.Key.IsAssignableFrom(objectType)).Value
            ?? throw new global::System.Runtime.Serialization.SerializationException($"No serializer is configured for [{objectType}].");

    /// <summary>Reads an object.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="serializerId">The id of its serializer.</param>
    /// <param name="manifest">What was written beside them.</param>
    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        if (!_byId.TryGetValue(serializerId, out var serializer))
            throw new global::System.Runtime.Serialization.SerializationException($"Cannot find serializer with id [{serializerId}] (manifest [{manifest}]).");
        return serializer is SerializerWithStringManifest named ? named.FromBinary(bytes, manifest) : serializer.FromBinary(bytes, TypeName.Find(manifest)!);
    }
}
