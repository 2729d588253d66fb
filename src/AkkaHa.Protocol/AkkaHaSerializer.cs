using System.Collections.Frozen;
using Akka.Actor;
using Akka.Serialization;
using AkkaHa.Protocol.Wire;

namespace AkkaHa.Protocol;

/// <summary>
/// Writes and reads every AkkaHa message and journal event as protobuf. What is read is chosen by manifest from a fixed list;
/// an unknown manifest or a malformed body is an error, and no type named by a peer is ever looked up.
/// </summary>
public sealed class AkkaHaSerializer : SerializerWithStringManifest
{
    /// <summary>The serializer's number on the wire and in journals.</summary>
    public const int Id = 7300;

    private static readonly FrozenDictionary<Type, Codec> _byType = Codecs.All.ToFrozenDictionary(c => c.Type);
    private static readonly FrozenDictionary<string, Codec> _byManifest = Codecs.All.ToFrozenDictionary(c => c.Manifest);

    /// <summary>Made by the actor system.</summary>
    public AkkaHaSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <summary>The HOCON that registers this serializer and binds all its types.</summary>
    public static string Configuration { get; } = string.Join('\n',
    [
        "akka.actor {",
        "  serializers.akkaha = \"AkkaHa.Protocol.AkkaHaSerializer, AkkaHa.Protocol\"",
        "  serialization-bindings {",
        .. Codecs.All.Select(c => $"    \"{c.Type.FullName}, {c.Type.Assembly.GetName().Name}\" = akkaha"),
        "  }",
        "}",
    ]);

    /// <inheritdoc />
    public override int Identifier => Id;

    /// <inheritdoc />
    public override string Manifest(object o) => Find(o).Manifest;

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => Find(obj).Write(obj);

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, string manifest) =>
        _byManifest.TryGetValue(manifest, out var codec)
            ? codec.Read(bytes)
            : throw new FormatException($"'{manifest}' is no AkkaHa message of this version");

    private static Codec Find(object message) =>
        _byType.TryGetValue(message.GetType(), out var codec)
            ? codec
            : throw new ArgumentException($"{message.GetType().FullName} is no AkkaHa message", nameof(message));
}
