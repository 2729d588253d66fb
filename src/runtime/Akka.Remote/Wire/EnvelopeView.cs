using System.Buffers.Binary;

namespace Akka.Remote.Wire;

/// <summary>An envelope as it lies in the receive buffer: nothing is copied until it is known to be wanted.</summary>
internal readonly ref struct EnvelopeView
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private EnvelopeView(
        ulong sequenceNumber,
        ReadOnlySpan<byte> recipient,
        ReadOnlySpan<byte> sender,
        int serializerId,
        ReadOnlySpan<byte> manifest,
        ReadOnlySpan<byte> payload)
    {
        SequenceNumber = sequenceNumber;
        Recipient = recipient;
        Sender = sender;
        SerializerId = serializerId;
        Manifest = manifest;
        Payload = payload;
    }

    /// <summary>0 for user messages.</summary>
    public ulong SequenceNumber { get; }

    public ReadOnlySpan<byte> Recipient { get; }

    public ReadOnlySpan<byte> Sender { get; }

    public int SerializerId { get; }

    public ReadOnlySpan<byte> Manifest { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Reads the body of an envelope frame. Fields of later versions are skipped.</summary>
    /// <exception cref="MalformedFrameException">The body is no protobuf, or it names no recipient.</exception>
    public static EnvelopeView Parse(ReadOnlySpan<byte> body)
    {
        ulong sequenceNumber = 0;
        var serializerId = 0;
        ReadOnlySpan<byte> recipient = default, sender = default, manifest = default, payload = default;
        var at = 0;
        while (at < body.Length)
        {
            var tag = ReadVarint(body, ref at);
            switch (tag)
            {
                case 1 << 3 | Fixed64:
                    sequenceNumber = BinaryPrimitives.ReadUInt64LittleEndian(Take(body, ref at, sizeof(ulong)));
                    break;
                case 2 << 3 | LengthDelimited:
                    recipient = ReadBytes(body, ref at);
                    break;
                case 3 << 3 | LengthDelimited:
                    sender = ReadBytes(body, ref at);
                    break;
                case 4 << 3 | Varint:
                    var zigzag = (uint)ReadVarint(body, ref at);
                    serializerId = (int)(zigzag >> 1) ^ -(int)(zigzag & 1);
                    break;
                case 5 << 3 | LengthDelimited:
                    manifest = ReadBytes(body, ref at);
                    break;
                case 6 << 3 | LengthDelimited:
                    payload = ReadBytes(body, ref at);
                    break;
                default:
                    Skip(body, ref at, (int)(tag & 7));
                    break;
            }
        }

        if (recipient.IsEmpty)
            throw new MalformedFrameException("an envelope without a recipient");
        return new EnvelopeView(sequenceNumber, recipient, sender, serializerId, manifest, payload);
    }

    private static void Skip(ReadOnlySpan<byte> body, scoped ref int at, int wireType)
    {
        switch (wireType)
        {
            case Varint:
                ReadVarint(body, ref at);
                break;
            case Fixed64:
                Take(body, ref at, sizeof(ulong));
                break;
            case LengthDelimited:
                ReadBytes(body, ref at);
                break;
            case Fixed32:
                Take(body, ref at, sizeof(uint));
                break;
            default:
                throw new MalformedFrameException($"an envelope with the unknown wire type {wireType}");
        }
    }

    private static ReadOnlySpan<byte> ReadBytes(ReadOnlySpan<byte> body, scoped ref int at)
    {
        var length = ReadVarint(body, ref at);
        if (length > (ulong)(body.Length - at))
            throw new MalformedFrameException("an envelope whose field is longer than the envelope");
        return Take(body, ref at, (int)length);
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> body, scoped ref int at, int length)
    {
        if (length > body.Length - at)
            throw new MalformedFrameException("an envelope that ends within a field");
        var taken = body.Slice(at, length);
        at += length;
        return taken;
    }

    private static ulong ReadVarint(ReadOnlySpan<byte> body, scoped ref int at)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (at >= body.Length)
                throw new MalformedFrameException("an envelope that ends within a number");
            var next = body[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new MalformedFrameException("an envelope with a number of more than 64 bits");
    }
}
