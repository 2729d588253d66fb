using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Cluster.Storage;

/// <summary>Asks this node's storage actor to tell the sender how the storages are seen, now and after every change.</summary>
internal sealed record WatchStorages
{
    /// <summary>The one request.</summary>
    public static WatchStorages Instance { get; } = new();
}

/// <summary>How this node sees its storages.</summary>
/// <param name="Sights">Each storage of the node by its name.</param>
internal sealed record StoragesSeen(ImmutableSortedDictionary<string, StorageSight> Sights);
