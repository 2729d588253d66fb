using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Storages;

/// <summary>Why a guest cannot be made highly available for the sake of the storages that its disks lie on.</summary>
internal static class StorageRefusals
{
    /// <summary>The reason and the way out; null where nothing speaks against it. A storage that is only down now does not.</summary>
    public static string? Of(ResourceDefinition definition, Observations seen)
    {
        var known = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var report in seen.Reports.Values)
        {
            foreach (var (name, sight) in report.Storages)
                known[name] = known.GetValueOrDefault(name, true) && sight.IsShared;
        }

        // Nodes that look at no storage say nothing about any.
        if (known.Count == 0)
            return null;
        var shared = known.Where(s => s.Value).Select(s => s.Key).ToList();
        foreach (var disk in definition.Disks)
        {
            if (!known.TryGetValue(disk.Storage, out var isShared))
                return $"{definition.Id}: no node has a storage {disk.Storage}; expected one of {string.Join(", ", known.Keys)}.";
            if (!isShared)
            {
                return $"{definition.Id}: its disk {disk.Path} lies on the storage {disk.Storage}, which is not shared, so no other node could start it. "
                    + (shared.Count > 0 ? $"Move the disk to a shared storage ({string.Join(", ", shared)})" : "Move the disk to a shared storage and name that under akkaha.storage")
                    + $", or, if every node sees the same content there, set akkaha.storage.{disk.Storage}.shared = on where its type allows it.";
            }
        }

        return null;
    }
}
