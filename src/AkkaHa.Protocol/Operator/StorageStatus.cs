using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Protocol.Operator;

/// <summary>Asks a node how the storages stand on every node.</summary>
public sealed record StorageStatusRequest
{
    /// <summary>The one request.</summary>
    public static StorageStatusRequest Instance { get; } = new();
}

/// <summary>How a storage stands on one node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Storage">The storage.</param>
/// <param name="Type">Its type in the configuration.</param>
/// <param name="IsShared">Whether every node that has it sees the same content.</param>
public sealed record StorageStatus(NodeName Node, string Storage, string Type, bool IsShared)
{
    /// <summary>Whether the node reaches it; null before its first probe.</summary>
    public bool? IsAvailable { get; init; }

    /// <summary>How long the newest good probe took; null before one.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>How much of it is used, in bytes; null where that is not known.</summary>
    public long? UsedBytes { get; init; }

    /// <summary>Its size in bytes; null where that is not known.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>The newest error, kept when it works again; empty if there was none.</summary>
    public string LastError { get; init; } = "";
}

/// <summary>How the storages stand.</summary>
/// <param name="AnsweredBy">The node that collected it.</param>
/// <param name="Storages">One entry for each storage of each node that answered, by node and name.</param>
/// <param name="Silent">The nodes that did not answer in time.</param>
public sealed record StorageStatusReport(NodeName AnsweredBy, ImmutableList<StorageStatus> Storages, ImmutableSortedSet<NodeName> Silent);

/// <summary>Asks a node for its own storages.</summary>
public sealed record OwnStoragesRequest
{
    /// <summary>The one request.</summary>
    public static OwnStoragesRequest Instance { get; } = new();
}

/// <summary>A node's own storages.</summary>
/// <param name="Node">The node.</param>
/// <param name="Storages">How they stand there.</param>
public sealed record OwnStorages(NodeName Node, ImmutableList<StorageStatus> Storages);
