using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;

namespace AkkaHa.Protocol.Wire;

/// <summary>The log commands about resources that have more than a few words to say.</summary>
internal static class ResourceCommandMapping
{
    public static AddResourcePb ToWire(AddResource command) =>
        new() { Definition = command.Definition.ToWire(), Requested = (int)command.Requested, Node = command.Node?.Value ?? "" };

    public static AddResource FromWire(AddResourcePb wire) =>
        new(wire.Definition.FromWire(), ModelMapping.Enum<RequestedState>(wire.Requested)) { Node = ModelMapping.NodeOrNull(wire.Node) };

    public static SetRequestedPb ToWire(SetRequested command)
    {
        var wire = new SetRequestedPb { Id = command.Id.ToString(), Requested = (int)command.Requested };
        if (command.Until is { } until)
            wire.UntilTicks = until.UtcTicks;
        if (command.StopWithin is { } within)
            wire.StopWithinTicks = within.Ticks;
        if (command.Digest is { } digest)
            wire.Digest = digest;
        return wire;
    }

    public static SetRequested FromWire(SetRequestedPb wire) =>
        new(ResourceId.Parse(wire.Id), ModelMapping.Enum<RequestedState>(wire.Requested))
        {
            Until = TimeMapping.Time(wire.HasUntilTicks, wire.UntilTicks),
            StopWithin = TimeMapping.Duration(wire.HasStopWithinTicks, wire.StopWithinTicks),
            Digest = wire.HasDigest ? wire.Digest : null,
        };

    public static SetResourcePb ToWire(SetResource command)
    {
        var wire = new SetResourcePb { Definition = command.Definition.ToWire() };
        if (command.Requested is { } requested)
            wire.Requested = (int)requested;
        if (command.Until is { } until)
            wire.UntilTicks = until.UtcTicks;
        if (command.StopWithin is { } within)
            wire.StopWithinTicks = within.Ticks;
        if (command.Digest is { } digest)
            wire.Digest = digest;
        return wire;
    }

    public static SetResource FromWire(SetResourcePb wire) => new(wire.Definition.FromWire())
    {
        Requested = wire.HasRequested ? ModelMapping.Enum<RequestedState>(wire.Requested) : null,
        Until = TimeMapping.Time(wire.HasUntilTicks, wire.UntilTicks),
        StopWithin = TimeMapping.Duration(wire.HasStopWithinTicks, wire.StopWithinTicks),
        Digest = wire.HasDigest ? wire.Digest : null,
    };

    public static ConfirmStartPb ToWire(ConfirmStart command)
    {
        var wire = new ConfirmStartPb { Id = command.Id.ToString(), Session = command.Session.ToWire(), Token = command.Token.ToWire() };
        if (command.At is { } at)
            wire.AtTicks = at.UtcTicks;
        return wire;
    }

    public static ConfirmStart FromWire(ConfirmStartPb wire) =>
        new(ResourceId.Parse(wire.Id), wire.Session.FromWire(), wire.Token.FromWire()) { At = TimeMapping.Time(wire.HasAtTicks, wire.AtTicks) };

    public static ReleaseGuestPb ToWire(ReleaseGuest command)
    {
        var wire = new ReleaseGuestPb
        {
            Id = command.Id.ToString(),
            Session = command.Session.ToWire(),
            UpTo = command.UpTo.ToWire(),
            Cause = (int)command.Cause,
            Failure = (int)command.Failure,
        };
        if (command.Reason is not null)
            wire.Reason = command.Reason;
        if (command.At is { } at)
            wire.AtTicks = at.UtcTicks;
        return wire;
    }

    public static ReleaseGuest FromWire(ReleaseGuestPb wire) =>
        new(ResourceId.Parse(wire.Id), wire.Session.FromWire(), wire.UpTo.FromWire(),
            ModelMapping.Enum<ReleaseCause>(wire.Cause), wire.HasReason ? wire.Reason : null)
        {
            Failure = ModelMapping.Enum<FailureCause>(wire.Failure),
            At = TimeMapping.Time(wire.HasAtTicks, wire.AtTicks),
        };

    public static ReleaseUnheardPb ToWire(ReleaseUnheard command)
    {
        var wire = new ReleaseUnheardPb { Id = command.Id.ToString(), AsOf = command.AsOf };
        wire.Sessions.AddRange(command.Sessions.Select(s => s.ToWire()));
        return wire;
    }

    public static ReleaseUnheard FromWire(ReleaseUnheardPb wire) =>
        new(ResourceId.Parse(wire.Id), [.. wire.Sessions.Select(s => s.FromWire())], wire.AsOf);
}
