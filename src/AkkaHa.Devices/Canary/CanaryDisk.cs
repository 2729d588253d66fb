namespace AkkaHa.Devices.Canary;

/// <summary>A stretch of states that one writer wrote without another in between.</summary>
/// <param name="Writer">The node.</param>
/// <param name="FirstCounter">The first state of the stretch that the ring still holds.</param>
/// <param name="LastCounter">The last one.</param>
public sealed record CanaryStretch(string Writer, uint FirstCounter, uint LastCounter);

/// <summary>What a canary's disk tells: who wrote, how often, and whether two ever wrote at once.</summary>
/// <param name="State">The present state; null if no canary ever ran from it.</param>
/// <param name="Writers">The writers in their order, as far back as the ring goes.</param>
public sealed record CanaryReport(CanaryState? State, IReadOnlyList<CanaryStretch> Writers);

/// <summary>Makes and reads the disks of canary guests.</summary>
public static class CanaryDisk
{
    private const long SizeBytes = 1024 * 1024;
    private const string BootSectorResource = "AkkaHa.Devices.Canary.canary.bin";

    /// <summary>The assembled guest: one boot sector.</summary>
    public static byte[] BootSector()
    {
        using var resource = typeof(CanaryDisk).Assembly.GetManifestResourceStream(BootSectorResource)
            ?? throw new InvalidOperationException($"The resource {BootSectorResource} is missing from the assembly.");
        var sector = new byte[CanaryState.SectorSize];
        resource.ReadExactly(sector);
        return sector;
    }

    /// <summary>Makes a disk of 1 MiB that boots the canary; a file that is there is replaced.</summary>
    public static void Create(string path)
    {
        using var disk = new FileStream(path, FileMode.Create, FileAccess.Write);
        disk.Write(BootSector());
        disk.SetLength(SizeBytes);
        disk.Flush(flushToDisk: true);
    }

    /// <summary>Reads a disk; it may be in use.</summary>
    /// <exception cref="IOException">The disk cannot be read or is too small.</exception>
    public static CanaryReport Read(string path)
    {
        using var disk = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[CanaryState.DiskSize];
        for (var done = 0; done < bytes.Length;)
        {
            var count = RandomAccess.Read(disk, bytes.AsSpan(done), done);
            if (count == 0)
                throw new EndOfStreamException($"{path} is too small for a canary's disk: {done} bytes, expected {bytes.Length}.");
            done += count;
        }
        var state = CanaryState.Read(Sector(bytes, CanaryState.StateSector));
        return new CanaryReport(state, state is null ? [] : Stretches(bytes, state));
    }

    private static ReadOnlySpan<byte> Sector(byte[] disk, long index) =>
        disk.AsSpan((int)(index * CanaryState.SectorSize), CanaryState.SectorSize);

    private static List<CanaryStretch> Stretches(byte[] disk, CanaryState present)
    {
        var stretches = new List<CanaryStretch>();
        var first = present.Counter >= CanaryState.RingLength ? present.Counter - CanaryState.RingLength + 1 : 1;
        for (var counter = first; counter <= present.Counter; counter++)
        {
            // A guest writes its state, then the ring: between the two the newest state is in its own sector alone.
            var state = counter == present.Counter ? present : CanaryState.Read(Sector(disk, CanaryState.RingSectorOf(counter)));
            if (state is null || state.Counter != counter)
                continue;
            if (stretches.Count > 0 && stretches[^1].Writer == state.Writer)
                stretches[^1] = stretches[^1] with { LastCounter = counter };
            else
                stretches.Add(new CanaryStretch(state.Writer, counter, counter));
        }
        return stretches;
    }
}
