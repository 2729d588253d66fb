using System.Buffers.Binary;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>Strings (UTF-8), numbers (little endian) and truth values.</summary>
public sealed class PrimitiveSerializers : SerializerWithStringManifest
{
    private const string StringManifest = "S";
    private const string Int32Manifest = "I";
    private const string Int64Manifest = "L";
    private const string BooleanManifest = "B";

    /// <summary>Makes the serializer of a system.</summary>
    public PrimitiveSerializers(ExtendedActorSystem system, Config config)
        : base(system) => _ = config;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        switch (obj)
        {
            case string text:
                return Encoding.UTF8.GetBytes(text);
            case int number:
                var four = new byte[sizeof(int)];
                BinaryPrimitives.WriteInt32LittleEndian(four, number);
                return four;
            case long number:
                var eight = new byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(eight, number);
                return eight;
            case bool truth:
                return [truth ? (byte)1 : (byte)0];
            default:
                throw new ArgumentException($"{obj.GetType()} is no primitive that can be serialized.", nameof(obj));
        }
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        StringManifest => Encoding.UTF8.GetString(bytes),
        Int32Manifest => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        Int64Manifest => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        BooleanManifest => bytes.Length == 1 && bytes[0] != 0,
        _ => throw new UnknownMessageException($"'{manifest}' is no manifest of a primitive."),
    };

    /// <inheritdoc/>
    public override string Manifest(object obj) => obj switch
    {
        string => StringManifest,
        int => Int32Manifest,
        long => Int64Manifest,
        bool => BooleanManifest,
        _ => throw new ArgumentException($"{obj.GetType()} is no primitive that can be serialized.", nameof(obj)),
    };
}
