using System.Buffers.Binary;
using System.Text;

namespace AkkaHa.Devices.Canary;

/// <summary>
/// One state sector as the canary guest writes it: at 512 (LBA 1) its present state, at LBA 8 to 1031 a ring of the last 1024 states.
/// Little-endian: 0 <c>HAVM</c>, 4 counter, 8 writer (16 bytes), 24 clean flag, 28 conflicts, 32 boots.
/// </summary>
/// <param name="Counter">Increased with every write.</param>
/// <param name="Writer">Who wrote it: the node.</param>
/// <param name="IsClean">Whether the guest shut down in order.</param>
/// <param name="Conflicts">How often a guest found that somebody else had written in between: proof of two running copies.</param>
/// <param name="Boots">How often the guest has started from this disk.</param>
public sealed record CanaryState(uint Counter, string Writer, bool IsClean, uint Conflicts, uint Boots)
{
    /// <summary>Bytes in a sector.</summary>
    public const int SectorSize = 512;

    /// <summary>Where the present state is, in sectors.</summary>
    public const int StateSector = 1;

    /// <summary>Where the ring begins, in sectors.</summary>
    public const int RingSector = 8;

    /// <summary>Sectors in the ring.</summary>
    public const int RingLength = 1024;

    /// <summary>The smallest disk that holds it all.</summary>
    public const long DiskSize = (RingSector + RingLength) * (long)SectorSize;

    /// <summary>The longest writer.</summary>
    public const int WriterLength = 15;

    private static ReadOnlySpan<byte> Magic => "HAVM"u8;

    /// <summary>Where in the ring the state with this counter is written, in sectors.</summary>
    public static long RingSectorOf(uint counter) => RingSector + (counter & (RingLength - 1));

    /// <summary>Reads a sector; null if no canary has written it.</summary>
    public static CanaryState? Read(ReadOnlySpan<byte> sector)
    {
        if (!sector[..4].SequenceEqual(Magic))
            return null;
        var writer = sector.Slice(8, WriterLength + 1);
        var end = writer.IndexOf((byte)0);
        return new CanaryState(
            BinaryPrimitives.ReadUInt32LittleEndian(sector[4..]),
            Encoding.ASCII.GetString(end < 0 ? writer : writer[..end]),
            sector[24] == 1,
            BinaryPrimitives.ReadUInt32LittleEndian(sector[28..]),
            BinaryPrimitives.ReadUInt32LittleEndian(sector[32..]));
    }

    /// <summary>Writes a sector.</summary>
    public void Write(Span<byte> sector)
    {
        sector[..SectorSize].Clear();
        Magic.CopyTo(sector);
        BinaryPrimitives.WriteUInt32LittleEndian(sector[4..], Counter);
        Encoding.ASCII.GetBytes(Writer.AsSpan(0, Math.Min(Writer.Length, WriterLength)), sector[8..]);
        sector[24] = IsClean ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32LittleEndian(sector[28..], Conflicts);
        BinaryPrimitives.WriteUInt32LittleEndian(sector[32..], Boots);
    }
}
