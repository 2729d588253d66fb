using AkkaHa.Core.Model;

namespace AkkaHa.Protocol.Wire;

/// <summary>The committed state of a resource between the core and snapshots.</summary>
internal static class ResourceRecordMapping
{
    public static ResourceRecordPb ToWire(this ResourceRecord resource)
    {
        var wire = new ResourceRecordPb
        {
            Definition = resource.Definition.ToWire(),
            Requested = (int)resource.Requested,
            Actual = (int)resource.Actual,
            Owner = resource.Owner?.ToWire(),
            Token = resource.Token.ToWire(),
            FailedStarts = resource.FailedStarts,
            Removed = resource.Removed,
            UnheardSince = resource.UnheardSince,
            LastNode = resource.LastNode?.Value ?? "",
            Migration = resource.Migration?.ToWire(),
            PreferredNode = resource.PreferredNode?.Value ?? "",
            ReturnTo = resource.ReturnTo?.Value ?? "",
            FailedMoves = resource.FailedMoves,
            FailedTarget = resource.FailedTarget?.Value ?? "",
            Split = resource.IsSplit,
            ChangedIndex = resource.ChangedIndex,
            Relocations = resource.Relocations,
            Retries = resource.Retries,
        };
        wire.MayRun.AddRange(resource.MayRun.Select(b => b.ToWire()));
        wire.Unheard.AddRange(resource.Unheard.Select(b => b.ToWire()));
        wire.FailedNodes.AddRange(resource.FailedNodes.Select(n => n.Value));
        if (resource.Reason is not null)
            wire.Reason = resource.Reason;
        if (resource.RequestEnd is { } end)
        {
            wire.RequestUntilTicks = end.Until.UtcTicks;
            wire.RequestThen = (int)end.Then;
        }

        if (resource.LostStorage is not null)
            wire.LostStorage = resource.LostStorage;
        if (resource.StopWithin is { } within)
            wire.StopWithinTicks = within.Ticks;
        if (resource.FailedAt is { } failed)
            wire.FailedAtTicks = failed.UtcTicks;
        if (resource.RetryAt is { } retry)
            wire.RetryAtTicks = retry.UtcTicks;
        if (resource.WaitsSince is { } waits)
            wire.WaitsSinceTicks = waits.UtcTicks;
        if (resource.StartedAt is { } started)
            wire.StartedAtTicks = started.UtcTicks;
        return wire;
    }

    public static ResourceRecord FromWire(this ResourceRecordPb wire) => new(
        wire.Definition.FromWire(), ModelMapping.Enum<RequestedState>(wire.Requested), ModelMapping.Enum<ActualState>(wire.Actual))
    {
        Owner = wire.Owner?.FromWire(),
        Token = wire.Token.FromWire(),
        MayRun = [.. wire.MayRun.Select(b => b.FromWire())],
        Unheard = [.. wire.Unheard.Select(b => b.FromWire())],
        UnheardSince = wire.UnheardSince,
        LastNode = ModelMapping.NodeOrNull(wire.LastNode),
        Migration = wire.Migration?.FromWire(),
        PreferredNode = ModelMapping.NodeOrNull(wire.PreferredNode),
        ReturnTo = ModelMapping.NodeOrNull(wire.ReturnTo),
        FailedMoves = wire.FailedMoves,
        FailedTarget = ModelMapping.NodeOrNull(wire.FailedTarget),
        IsSplit = wire.Split,
        ChangedIndex = wire.ChangedIndex,
        RequestEnd = wire.HasRequestUntilTicks
            ? new RequestEnd(TimeMapping.Time(wire.RequestUntilTicks), ModelMapping.Enum<RequestedState>(wire.RequestThen))
            : null,
        StopWithin = TimeMapping.Duration(wire.HasStopWithinTicks, wire.StopWithinTicks),
        FailedStarts = wire.FailedStarts,
        Relocations = wire.Relocations,
        FailedNodes = [.. wire.FailedNodes.Select(ModelMapping.Node)],
        FailedAt = TimeMapping.Time(wire.HasFailedAtTicks, wire.FailedAtTicks),
        Retries = wire.Retries,
        RetryAt = TimeMapping.Time(wire.HasRetryAtTicks, wire.RetryAtTicks),
        WaitsSince = TimeMapping.Time(wire.HasWaitsSinceTicks, wire.WaitsSinceTicks),
        StartedAt = TimeMapping.Time(wire.HasStartedAtTicks, wire.StartedAtTicks),
        Reason = wire.HasReason ? wire.Reason : null,
        Removed = wire.Removed,
        LostStorage = wire.HasLostStorage ? wire.LostStorage : null,
    };
}
