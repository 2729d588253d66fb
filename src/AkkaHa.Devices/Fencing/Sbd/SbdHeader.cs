using System.Buffers.Binary;

namespace AkkaHa.Devices.Fencing.Sbd;

/// <summary>What the first sector of an SBD disk says (version 2.1, as the <c>sbd</c> tool writes it).</summary>
/// <param name="Uuid">The disk's own id.</param>
/// <param name="SectorSize">Bytes in a sector.</param>
public sealed record SbdHeader(Guid Uuid, int SectorSize)
{
    /// <summary>Slots on a disk.</summary>
    public const int Slots = 255;

    private const byte Version = 2;
    private const byte MinorVersion = 1;

    /// <summary>The watchdog timeout of every node that watches this disk.</summary>
    public TimeSpan Watchdog { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Waited after taking a free slot, before looking whether another node took it, too.</summary>
    public TimeSpan Allocate { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks into the own mailbox.</summary>
    public TimeSpan Loop { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After this a message that was written has been obeyed by a healthy watcher, or the watchdog of a sick one has fired.</summary>
    public TimeSpan MessageWait { get; init; } = TimeSpan.FromSeconds(10);

    private static ReadOnlySpan<byte> Magic => "SBD_SBD_"u8;

    /// <summary>Reads a sector.</summary>
    /// <exception cref="FormatException">It is no header, or one of another version.</exception>
    public static SbdHeader Parse(ReadOnlySpan<byte> sector)
    {
        if (!sector[..8].SequenceEqual(Magic))
            throw new FormatException("no SBD header; initialise it with 'akkaha fence sbd create' or 'sbd create'");
        if (sector[8] != Version || sector[9] != Slots)
            throw new FormatException(FormattableString.Invariant($"an SBD header of version {sector[8]} with {sector[9]} slots; version {Version} with {Slots} is expected"));
        var seconds = new int[5];
        for (var i = 0; i < seconds.Length; i++)
            seconds[i] = BinaryPrimitives.ReadInt32BigEndian(sector[(12 + (4 * i))..]);
        return new SbdHeader(new Guid(sector.Slice(33, 16), bigEndian: true), seconds[0])
        {
            Watchdog = TimeSpan.FromSeconds(seconds[1]),
            Allocate = TimeSpan.FromSeconds(seconds[2]),
            Loop = TimeSpan.FromSeconds(seconds[3]),
            MessageWait = TimeSpan.FromSeconds(seconds[4]),
        };
    }

    /// <summary>The sector that says this.</summary>
    public byte[] ToSector()
    {
        var sector = new byte[SectorSize];
        Magic.CopyTo(sector);
        sector[8] = Version;
        sector[9] = Slots;
        BinaryPrimitives.WriteInt32BigEndian(sector.AsSpan(12), SectorSize);
        BinaryPrimitives.WriteInt32BigEndian(sector.AsSpan(16), (int)Watchdog.TotalSeconds);
        BinaryPrimitives.WriteInt32BigEndian(sector.AsSpan(20), (int)Allocate.TotalSeconds);
        BinaryPrimitives.WriteInt32BigEndian(sector.AsSpan(24), (int)Loop.TotalSeconds);
        BinaryPrimitives.WriteInt32BigEndian(sector.AsSpan(28), (int)MessageWait.TotalSeconds);
        sector[32] = MinorVersion;
        Uuid.TryWriteBytes(sector.AsSpan(33), bigEndian: true, out _);
        return sector;
    }
}
