using System.Buffers;
using System.Buffers.Binary;
using Akka.Remote.Wire;

namespace Akka.Remote.Network.Tcp;

/// <summary>Frames that wait to be written, one behind the other with their lengths, in one pooled array.</summary>
internal sealed class SendBuffer
{
    private const int InitialBytes = 16 * 1024;
    private const int KeptBytes = 1024 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(InitialBytes);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Append(ReadOnlySpan<byte> frame)
    {
        var needed = Length + WireProtocol.LengthPrefixBytes + frame.Length;
        if (needed > _bytes.Length)
            Grow(needed);
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(Length), frame.Length);
        frame.CopyTo(_bytes.AsSpan(Length + WireProtocol.LengthPrefixBytes));
        Length = needed;
    }

    public void Clear()
    {
        Length = 0;
        // A burst is over: give its memory back.
        if (_bytes.Length > KeptBytes)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(InitialBytes);
        }
    }

    public void Release()
    {
        Length = 0;
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
