using AkkaHa.Core.Failures;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Protocol.Wire;

/// <summary>Log commands between the core and the wire.</summary>
internal static class CommandMapping
{
    public static LogEntryPb ToWire(this LogEntry entry) =>
        new() { Index = entry.Index, Epoch = entry.Epoch.ToWire(), Command = entry.Command.ToWire() };

    public static LogEntry FromWire(this LogEntryPb wire) => new(wire.Index, wire.Epoch.FromWire(), wire.Command.FromWire());

    public static LogCommandPb ToWire(this LogCommand command) => command switch
    {
        NoOp => new LogCommandPb { NoOp = new NoOpPb() },
        Genesis c => new LogCommandPb { Genesis = new GenesisPb { ClusterId = c.ClusterId.ToWire(), Voters = { c.Voters.Values.Select(ModelMapping.ToWire) } } },
        SetConfiguration c => new LogCommandPb
        {
            SetConfiguration = new SetConfigurationPb { Generation = c.Generation, Voters = { c.Voters.Values.Select(ModelMapping.ToWire) } },
        },
        AdmitBoot c => new LogCommandPb { AdmitBoot = new AdmitBootPb { Report = c.Report.ToWire() } },
        OpenSession c => new LogCommandPb { OpenSession = new OpenSessionPb { Report = c.Report.ToWire() } },
        LoseNode c => new LogCommandPb { LoseNode = new LoseNodePb { Boot = c.Boot.ToWire(), Reason = c.Reason } },
        StartFence c => new LogCommandPb { StartFence = new StartFencePb { Boot = c.Boot.ToWire() } },
        ProveBoot c => new LogCommandPb
        {
            ProveBoot = new ProveBootPb
            {
                Boot = c.Proof.Boot.ToWire(),
                Kind = (int)c.Proof.Kind,
                By = c.Proof.By,
                DenialIndex = c.Proof.DenialIndex,
            },
        },
        AddResource c => new LogCommandPb { AddResource = new AddResourcePb { Definition = c.Definition.ToWire(), Requested = (int)c.Requested } },
        RemoveResource c => new LogCommandPb { RemoveResource = new RemoveResourcePb { Id = c.Id.ToString() } },
        SetRequested c => new LogCommandPb { SetRequested = new SetRequestedPb { Id = c.Id.ToString(), Requested = (int)c.Requested } },
        PlaceStart c => new LogCommandPb { PlaceStart = new PlaceStartPb { Id = c.Id.ToString(), Session = c.Session.ToWire(), Why = c.Why } },
        ConfirmStart c => new LogCommandPb
        {
            ConfirmStart = new ConfirmStartPb { Id = c.Id.ToString(), Session = c.Session.ToWire(), Token = c.Token.ToWire() },
        },
        OrderStop c => new LogCommandPb { OrderStop = new OrderStopPb { Id = c.Id.ToString() } },
        ReleaseGuest c => new LogCommandPb { ReleaseGuest = Release(c) },
        ParkResource c => new LogCommandPb { ParkResource = new ParkResourcePb { Id = c.Id.ToString(), Reason = c.Reason } },
        ClearError c => new LogCommandPb { ClearError = new ClearErrorPb { Id = c.Id.ToString() } },
        _ => throw new Core.InvariantViolation($"the log command {command.GetType().Name} has no wire form"),
    };

    public static LogCommand FromWire(this LogCommandPb? wire) => wire?.CommandCase switch
    {
        LogCommandPb.CommandOneofCase.NoOp => new NoOp(),
        LogCommandPb.CommandOneofCase.Genesis => new Genesis(ModelMapping.Uuid(wire.Genesis.ClusterId), wire.Genesis.Voters.FromWire()),
        LogCommandPb.CommandOneofCase.SetConfiguration => new SetConfiguration(wire.SetConfiguration.Generation, wire.SetConfiguration.Voters.FromWire()),
        LogCommandPb.CommandOneofCase.AdmitBoot => new AdmitBoot(wire.AdmitBoot.Report.FromWire()),
        LogCommandPb.CommandOneofCase.OpenSession => new OpenSession(wire.OpenSession.Report.FromWire()),
        LogCommandPb.CommandOneofCase.LoseNode => new LoseNode(wire.LoseNode.Boot.FromWire(), wire.LoseNode.Reason),
        LogCommandPb.CommandOneofCase.StartFence => new StartFence(wire.StartFence.Boot.FromWire()),
        LogCommandPb.CommandOneofCase.ProveBoot => new ProveBoot(new Proof(
            wire.ProveBoot.Boot.FromWire(), ModelMapping.Enum<ProofKind>(wire.ProveBoot.Kind), wire.ProveBoot.By, wire.ProveBoot.DenialIndex)),
        LogCommandPb.CommandOneofCase.AddResource => new AddResource(
            wire.AddResource.Definition.FromWire(), ModelMapping.Enum<RequestedState>(wire.AddResource.Requested)),
        LogCommandPb.CommandOneofCase.RemoveResource => new RemoveResource(ResourceId.Parse(wire.RemoveResource.Id)),
        LogCommandPb.CommandOneofCase.SetRequested => new SetRequested(
            ResourceId.Parse(wire.SetRequested.Id), ModelMapping.Enum<RequestedState>(wire.SetRequested.Requested)),
        LogCommandPb.CommandOneofCase.PlaceStart => new PlaceStart(
            ResourceId.Parse(wire.PlaceStart.Id), wire.PlaceStart.Session.FromWire(), wire.PlaceStart.Why),
        LogCommandPb.CommandOneofCase.ConfirmStart => new ConfirmStart(
            ResourceId.Parse(wire.ConfirmStart.Id), wire.ConfirmStart.Session.FromWire(), wire.ConfirmStart.Token.FromWire()),
        LogCommandPb.CommandOneofCase.OrderStop => new OrderStop(ResourceId.Parse(wire.OrderStop.Id)),
        LogCommandPb.CommandOneofCase.ReleaseGuest => new ReleaseGuest(
            ResourceId.Parse(wire.ReleaseGuest.Id), wire.ReleaseGuest.Session.FromWire(), wire.ReleaseGuest.UpTo.FromWire(),
            ModelMapping.Enum<ReleaseCause>(wire.ReleaseGuest.Cause), wire.ReleaseGuest.HasReason ? wire.ReleaseGuest.Reason : null),
        LogCommandPb.CommandOneofCase.ParkResource => new ParkResource(ResourceId.Parse(wire.ParkResource.Id), wire.ParkResource.Reason),
        LogCommandPb.CommandOneofCase.ClearError => new ClearError(ResourceId.Parse(wire.ClearError.Id)),
        _ => throw ModelMapping.Missing("command, or it is of a newer version"),
    };

    private static ReleaseGuestPb Release(ReleaseGuest command)
    {
        var wire = new ReleaseGuestPb
        {
            Id = command.Id.ToString(),
            Session = command.Session.ToWire(),
            UpTo = command.UpTo.ToWire(),
            Cause = (int)command.Cause,
        };
        if (command.Reason is not null)
            wire.Reason = command.Reason;
        return wire;
    }
}
