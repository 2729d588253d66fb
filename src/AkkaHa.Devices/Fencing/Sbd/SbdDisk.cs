using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Fencing.Sbd;

/// <summary>
/// One SBD disk, in the on-disk format of the <c>sbd</c> tool: sector 0 the header, then for each slot a sector with its owner and one
/// with its mailbox. Every write is read back.
/// </summary>
public sealed class SbdDisk(string path, TimeSpan ioTimeout, TimeProvider time)
{
    private readonly SectorFile _file = new(path, ioTimeout, time);

    /// <summary>The disk.</summary>
    public string Path => path;

    /// <summary>Writes a new header and empty slots; what was on the disk is lost.</summary>
    /// <exception cref="IOException">The disk cannot be written.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public async Task<SbdHeader> CreateAsync(SbdHeader wanted, CancellationToken cancellationToken = default)
    {
        var header = wanted with { SectorSize = await _file.SectorSizeAsync(cancellationToken).ConfigureAwait(false) };
        await _file.WriteAsync(SlotOffset(0, header.SectorSize), new byte[2 * SbdHeader.Slots * header.SectorSize], cancellationToken).ConfigureAwait(false);
        // The header last: a disk that was torn in between is none.
        await WriteAndCompareAsync(0, header.ToSector(), cancellationToken).ConfigureAwait(false);
        return header;
    }

    /// <summary>Reads the header.</summary>
    /// <exception cref="IOException">The disk cannot be read, or is no SBD disk.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public async Task<SbdHeader> ReadHeaderAsync(CancellationToken cancellationToken = default)
    {
        var size = await _file.SectorSizeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var header = SbdHeader.Parse(await _file.ReadAsync(0, size, cancellationToken).ConfigureAwait(false));
            return header.SectorSize == size ? header
                : throw new FormatException(FormattableString.Invariant($"an SBD header for sectors of {header.SectorSize} bytes; it has sectors of {size}"));
        }
        catch (FormatException e)
        {
            throw new IOException($"{path} has {e.Message}.", e);
        }
    }

    /// <summary>The slots that are taken.</summary>
    /// <exception cref="IOException">The disk cannot be read, or is no SBD disk.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public async Task<IReadOnlyList<SbdSlot>> ListAsync(CancellationToken cancellationToken = default)
    {
        var header = await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        var size = header.SectorSize;
        var all = await _file.ReadAsync(size, 2 * SbdHeader.Slots * size, cancellationToken).ConfigureAwait(false);
        return [.. Enumerable.Range(0, SbdHeader.Slots)
            .Where(slot => all[2 * slot * size] != 0)
            .Select(slot => new SbdSlot(slot, SbdText.Read(all.AsSpan((2 * slot * size) + 1)), SbdMessage.Parse(all.AsSpan(((2 * slot) + 1) * size))))];
    }

    /// <summary>The node's slot; null if it has none.</summary>
    /// <exception cref="IOException">The disk cannot be read, or is no SBD disk.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public async Task<SbdSlot?> FindAsync(string node, CancellationToken cancellationToken = default) =>
        (await ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(slot => slot.Node.Equals(node, StringComparison.OrdinalIgnoreCase));

    /// <summary>One slot with its mailbox; null if it is not taken.</summary>
    /// <exception cref="IOException">The disk cannot be read, or is no SBD disk.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public async Task<SbdSlot?> ReadSlotAsync(int slot, CancellationToken cancellationToken = default)
    {
        var header = await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        var size = header.SectorSize;
        var both = await _file.ReadAsync(SlotOffset(slot, size), 2 * size, cancellationToken).ConfigureAwait(false);
        return both[0] == 0 ? null : new SbdSlot(slot, SbdText.Read(both.AsSpan(1)), SbdMessage.Parse(both.AsSpan(size)));
    }

    /// <summary>The node's slot, taken if it had none.</summary>
    /// <exception cref="IOException">The disk cannot be read or written, is no SBD disk, or is full.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public async Task<SbdSlot> AllocateAsync(string node, CancellationToken cancellationToken = default)
    {
        var header = await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var slots = await ListAsync(cancellationToken).ConfigureAwait(false);
            if (slots.FirstOrDefault(slot => slot.Node.Equals(node, StringComparison.OrdinalIgnoreCase)) is { } own)
                return own;
            var taken = slots.Select(slot => slot.Index).ToHashSet();
            var free = Enumerable.Range(0, SbdHeader.Slots).Where(slot => !taken.Contains(slot)).Append(-1).First();
            if (free < 0)
                throw new IOException($"{path} has no free slot for {node}.");
            var sector = new byte[header.SectorSize];
            sector[0] = 1;
            SbdText.Write(sector.AsSpan(1), node);
            await _file.WriteAsync(MailboxOffset(free, header.SectorSize), new byte[header.SectorSize], cancellationToken).ConfigureAwait(false);
            await _file.WriteAsync(SlotOffset(free, header.SectorSize), sector, cancellationToken).ConfigureAwait(false);
            // Another node may have taken the same one in this moment: whoever wrote last has it, the other looks on.
            await Task.Delay(header.Allocate, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes a mailbox and reads it back.</summary>
    /// <exception cref="IOException">The disk cannot be read or written, or something else stands there afterwards.</exception>
    /// <exception cref="TimeoutException">It does not answer; the message may still arrive.</exception>
    public async Task SendAsync(int slot, SbdMessage message, CancellationToken cancellationToken = default)
    {
        var header = await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        await WriteAndCompareAsync(MailboxOffset(slot, header.SectorSize), message.ToSector(header.SectorSize), cancellationToken).ConfigureAwait(false);
    }

    private static long SlotOffset(int slot, int sectorSize) => (1 + (2 * slot)) * (long)sectorSize;

    private static long MailboxOffset(int slot, int sectorSize) => (2 + (2 * slot)) * (long)sectorSize;

    private async Task WriteAndCompareAsync(long offset, byte[] sector, CancellationToken cancellationToken)
    {
        await _file.WriteAsync(offset, sector, cancellationToken).ConfigureAwait(false);
        var found = await _file.ReadAsync(offset, sector.Length, cancellationToken).ConfigureAwait(false);
        if (!found.AsSpan().SequenceEqual(sector))
            throw new IOException($"{path}: what was written is not what is read back; another node may have written at the same moment.");
    }
}
