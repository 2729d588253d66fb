using System.Buffers.Binary;
using System.Text;

namespace Akka.Remote.Wire;

/// <summary>
/// Writes an envelope frame as protobuf by hand. The generated class would allocate strings and byte strings for every
/// message; this buffer belongs to a thread and is used again. The fixed-size sequence number comes first, so that it
/// can be set when its place in the order is known.
/// </summary>
internal sealed class EnvelopeWriter
{
    private const int InitialBytes = 4 * 1024;
    private const int KeptBytes = 256 * 1024;
    private const int SequenceNumberOffset = 2;
    private const byte SequenceNumberTag = 1 << 3 | 1;
    private const byte RecipientTag = 2 << 3 | 2;
    private const byte SenderTag = 3 << 3 | 2;
    private const byte SerializerIdTag = 4 << 3;
    private const byte ManifestTag = 5 << 3 | 2;
    private const byte PayloadTag = 6 << 3 | 2;
    private const int MaximumVarintBytes = 5;

    [ThreadStatic]
    private static EnvelopeWriter? _ofThread;

    private byte[] _buffer = new byte[InitialBytes];
    private int _length;

    /// <summary>The frame that was written last by this thread.</summary>
    public ReadOnlySpan<byte> Frame => _buffer.AsSpan(0, _length);

    public static EnvelopeWriter OfThread => _ofThread ??= new EnvelopeWriter();

    /// <summary>Sets the sequence number of a frame that was written as a system message.</summary>
    public static void SetSequenceNumber(Span<byte> frame, ulong sequenceNumber) =>
        BinaryPrimitives.WriteUInt64LittleEndian(frame[SequenceNumberOffset..], sequenceNumber);

    public void Write(
        bool isSystemMessage,
        ReadOnlySpan<byte> recipient,
        ReadOnlySpan<byte> sender,
        int serializerId,
        string manifest,
        ReadOnlySpan<byte> payload)
    {
        var manifestBytes = manifest.Length == 0 ? 0 : Encoding.UTF8.GetByteCount(manifest);
        EnsureRoom(16 + 5 * (1 + MaximumVarintBytes) + recipient.Length + sender.Length + manifestBytes + payload.Length);
        var buffer = _buffer;
        buffer[0] = (byte)FrameKind.Envelope;
        var at = 1;
        if (isSystemMessage)
        {
            buffer[at] = SequenceNumberTag;
            at += 1 + sizeof(ulong);
        }

        at = WriteBytes(buffer, at, RecipientTag, recipient);
        if (!sender.IsEmpty)
            at = WriteBytes(buffer, at, SenderTag, sender);
        buffer[at++] = SerializerIdTag;
        at = WriteVarint(buffer, at, (uint)((serializerId << 1) ^ (serializerId >> 31)));
        if (manifestBytes > 0)
        {
            buffer[at++] = ManifestTag;
            at = WriteVarint(buffer, at, (uint)manifestBytes);
            at += Encoding.UTF8.GetBytes(manifest, buffer.AsSpan(at));
        }

        at = WriteBytes(buffer, at, PayloadTag, payload);
        _length = at;
    }

    /// <summary>Gives a large buffer back after one large message.</summary>
    public void Release()
    {
        if (_buffer.Length > KeptBytes)
            _buffer = new byte[InitialBytes];
    }

    private static int WriteBytes(byte[] buffer, int at, byte tag, ReadOnlySpan<byte> bytes)
    {
        buffer[at++] = tag;
        at = WriteVarint(buffer, at, (uint)bytes.Length);
        bytes.CopyTo(buffer.AsSpan(at));
        return at + bytes.Length;
    }

    private static int WriteVarint(byte[] buffer, int at, uint value)
    {
        while (value >= 0x80)
        {
            buffer[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        buffer[at++] = (byte)value;
        return at;
    }

    private void EnsureRoom(int bytes)
    {
        if (_buffer.Length < bytes)
            _buffer = new byte[Math.Max(bytes, _buffer.Length * 2)];
    }
}
