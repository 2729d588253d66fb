namespace AkkaHa.Core.Model;

/// <summary>How a node sees one of its storages.</summary>
/// <param name="IsUp">Whether it reaches it.</param>
/// <param name="IsShared">Whether every node that has it sees the same content: only then can another node start what lies on it.</param>
/// <param name="HasFailed">Whether it has not reached it for so long that what runs on it is given up: a short outage only keeps new guests away.</param>
public readonly record struct StorageSight(bool IsUp, bool IsShared = true, bool HasFailed = false);
