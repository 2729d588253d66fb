using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;
using AkkaHa.Core.Storages;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Protocol.Wire;

/// <summary>What concerns storages, between records and the wire.</summary>
internal static class StorageMapping
{
    public static IReadOnlyList<Codec> Codecs { get; } =
    [
        Codec.Of<StorageStatusRequest, StorageStatusRequestPb>(
            "op.storage?", _ => new StorageStatusRequestPb(), StorageStatusRequestPb.Parser, _ => StorageStatusRequest.Instance),
        Codec.Of<StorageStatusReport, StorageStatusReportPb>("op.storage", ToWire, StorageStatusReportPb.Parser, w => new StorageStatusReport(
            ModelMapping.Node(w.AnsweredBy), [.. w.Storages.Select(FromWire)], [.. w.Silent.Select(ModelMapping.Node)])),
        Codec.Of<OwnStoragesRequest, OwnStoragesRequestPb>(
            "storage.own?", _ => new OwnStoragesRequestPb(), OwnStoragesRequestPb.Parser, _ => OwnStoragesRequest.Instance),
        Codec.Of<OwnStorages, OwnStoragesPb>(
            "storage.own", m => new OwnStoragesPb { Node = m.Node.Value, Storages = { m.Storages.Select(ToWire) } }, OwnStoragesPb.Parser,
            w => new OwnStorages(ModelMapping.Node(w.Node), [.. w.Storages.Select(FromWire)])),
    ];

    public static LogCommandPb? ToWire(LogCommand command) => command is LeaveStorage c
        ? new LogCommandPb { LeaveStorage = new LeaveStoragePb { Id = c.Id.ToString(), Storage = c.Storage, Target = c.Target?.Value ?? "" } }
        : null;

    public static LogCommand? FromWire(LogCommandPb? wire) => wire?.CommandCase == LogCommandPb.CommandOneofCase.LeaveStorage
        ? new LeaveStorage(ResourceId.Parse(wire.LeaveStorage.Id), wire.LeaveStorage.Storage, ModelMapping.NodeOrNull(wire.LeaveStorage.Target))
        : null;

    private static StorageStatusReportPb ToWire(StorageStatusReport report) => new()
    {
        AnsweredBy = report.AnsweredBy.Value,
        Storages = { report.Storages.Select(ToWire) },
        Silent = { report.Silent.Select(n => n.Value) },
    };

    private static StorageStatusPb ToWire(StorageStatus status)
    {
        var wire = new StorageStatusPb
        {
            Node = status.Node.Value,
            Storage = status.Storage,
            Type = status.Type,
            Shared = status.IsShared,
            LastError = status.LastError,
        };
        if (status.IsAvailable is { } available)
            wire.Available = available;
        if (status.Latency is { } latency)
            wire.LatencyTicks = latency.Ticks;
        if (status.UsedBytes is { } used)
            wire.UsedBytes = used;
        if (status.TotalBytes is { } total)
            wire.TotalBytes = total;
        return wire;
    }

    private static StorageStatus FromWire(StorageStatusPb wire) => new(ModelMapping.Node(wire.Node), wire.Storage, wire.Type, wire.Shared)
    {
        IsAvailable = wire.HasAvailable ? wire.Available : null,
        Latency = TimeMapping.Duration(wire.HasLatencyTicks, wire.LatencyTicks),
        UsedBytes = wire.HasUsedBytes ? wire.UsedBytes : null,
        TotalBytes = wire.HasTotalBytes ? wire.TotalBytes : null,
        LastError = wire.LastError,
    };
}
