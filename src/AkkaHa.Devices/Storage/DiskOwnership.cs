using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Devices.Storage;

/// <summary>Makes this boot the owner of a guest's disks before it runs here.</summary>
public interface IDiskOwnership
{
    /// <summary>Compares and swaps the record beside each of the guest's disks.</summary>
    /// <returns>The first refusal; null where every record that can be kept is this boot's now.</returns>
    /// <param name="definition">The guest.</param>
    /// <param name="token">The token of the start or of the arrival.</param>
    /// <param name="cancellationToken">Ends the attempt; what hangs in the kernel is left behind.</param>
    Task<OwnershipOutcome?> TakeAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default);
}

/// <summary>
/// The records of this node's storages. A storage without files keeps none, and neither does one that is not shared: nobody else could write there.
/// </summary>
/// <param name="self">This boot.</param>
/// <param name="storages">The storages that this node has.</param>
/// <param name="timeout">How long a storage may take.</param>
/// <param name="time">The clock.</param>
public sealed class DiskOwnership(Boot self, IEnumerable<StorageDefinition> storages, TimeSpan timeout, TimeProvider time) : IDiskOwnership
{
    private readonly ImmutableSortedDictionary<string, OwnershipFile> _records = storages.Where(s => s is { HasFiles: true, IsShared: true })
        .ToImmutableSortedDictionary(s => s.Name, s => new OwnershipFile(s, timeout, time), StringComparer.Ordinal);

    /// <inheritdoc />
    public async Task<OwnershipOutcome?> TakeAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default)
    {
        var record = new OwnershipRecord(token, self, time.GetUtcNow());
        foreach (var storage in definition.Disks.Select(d => d.Storage).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!_records.TryGetValue(storage, out var records))
                continue;
            var outcome = await records.TakeAsync(definition.Id, record, cancellationToken).ConfigureAwait(false);
            if (outcome.Verdict != OwnershipVerdict.Taken)
                return outcome;
        }

        return null;
    }
}
