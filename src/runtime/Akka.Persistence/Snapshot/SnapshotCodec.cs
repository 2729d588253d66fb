using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Akka.Persistence.Snapshot;

/// <summary>A snapshot as bytes: SHA-256 of the rest, serializer id, length of the manifest, manifest, payload. Numbers are little-endian.</summary>
internal sealed class SnapshotCodec(Akka.Serialization.Serialization serialization)
{
    private const int HeaderLength = SHA256.HashSizeInBytes + sizeof(int) + sizeof(int);

    public byte[] Write(object snapshot)
    {
        var serializer = serialization.FindSerializerFor(snapshot);
        var manifest = Encoding.UTF8.GetBytes(Akka.Serialization.Serialization.ManifestFor(serializer, snapshot));
        var payload = serializer.ToBinary(snapshot);
        var bytes = new byte[HeaderLength + manifest.Length + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(SHA256.HashSizeInBytes), serializer.Identifier);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(SHA256.HashSizeInBytes + sizeof(int)), manifest.Length);
        manifest.CopyTo(bytes, HeaderLength);
        payload.CopyTo(bytes, HeaderLength + manifest.Length);
        SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes), bytes);
        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes are not those that were written.</exception>
    public object Read(byte[] bytes)
    {
        if (bytes.Length < HeaderLength || !SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes)))
            throw new InvalidDataException("its checksum is wrong, so the file is torn or was changed.");
        var serializerId = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(SHA256.HashSizeInBytes));
        var manifestLength = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(SHA256.HashSizeInBytes + sizeof(int)));
        var manifest = Encoding.UTF8.GetString(bytes, HeaderLength, manifestLength);
        return serialization.Deserialize(bytes[(HeaderLength + manifestLength)..], serializerId, manifest);
    }
}
