using AkkaHa.Core.Failures;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Rules;
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
        LoseNode c => new LogCommandPb
        {
            LoseNode = new LoseNodePb { Boot = c.Boot.ToWire(), Reason = c.Reason, AtTicks = c.At.UtcTicks, Quarantines = c.Quarantines, Fences = c.Fences },
        },
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
        LeaveNode c => new LogCommandPb { LeaveNode = new LeaveNodePb { Report = c.Report.ToWire() } },
        ApproveFencing c => new LogCommandPb { ApproveFencing = new ApproveFencingPb { Node = c.Node.Value } },
        CondemnNode c => new LogCommandPb
        {
            CondemnNode = new CondemnNodePb { Id = c.Id.ToString(), Session = c.Session.ToWire(), Reason = c.Reason, AtTicks = c.At.UtcTicks },
        },
        PardonNode c => new LogCommandPb { PardonNode = new PardonNodePb { Node = c.Node.Value } },
        RearmBoot c => new LogCommandPb { RearmBoot = new RearmBootPb { Session = c.Session.ToWire(), ArmedAt = c.ArmedAt } },
        RecordIncident c => new LogCommandPb { RecordIncident = new RecordIncidentPb { Subject = c.Subject, Text = c.Text } },
        AddResource c => new LogCommandPb { AddResource = ResourceCommandMapping.ToWire(c) },
        RemoveResource c => new LogCommandPb { RemoveResource = new RemoveResourcePb { Id = c.Id.ToString(), Purge = c.Purge } },
        SetRequested c => new LogCommandPb { SetRequested = ResourceCommandMapping.ToWire(c) },
        SetResource c => new LogCommandPb { SetResource = ResourceCommandMapping.ToWire(c) },
        PlaceStart c => new LogCommandPb { PlaceStart = new PlaceStartPb { Id = c.Id.ToString(), Session = c.Session.ToWire(), Why = c.Why } },
        ConfirmStart c => new LogCommandPb { ConfirmStart = ResourceCommandMapping.ToWire(c) },
        OrderStop c => new LogCommandPb { OrderStop = new OrderStopPb { Id = c.Id.ToString() } },
        ReleaseGuest c => new LogCommandPb { ReleaseGuest = ResourceCommandMapping.ToWire(c) },
        ReleaseUnheard c => new LogCommandPb { ReleaseUnheard = ResourceCommandMapping.ToWire(c) },
        AdoptGuest c => new LogCommandPb
        {
            AdoptGuest = new AdoptGuestPb { Id = c.Id.ToString(), Session = c.Session.ToWire(), Token = c.Token.ToWire() },
        },
        ParkResource c => new LogCommandPb { ParkResource = new ParkResourcePb { Id = c.Id.ToString(), Reason = c.Reason } },
        RetryError c => new LogCommandPb { RetryError = new RetryErrorPb { Id = c.Id.ToString(), DueTicks = c.Due.UtcTicks } },
        EndRequest c => new LogCommandPb { EndRequest = new EndRequestPb { Id = c.Id.ToString(), UntilTicks = c.Until.UtcTicks } },
        BeginWait c => new LogCommandPb { BeginWait = new BeginWaitPb { Id = c.Id.ToString(), AtTicks = c.At.UtcTicks } },
        ClearError c => new LogCommandPb { ClearError = new ClearErrorPb { Id = c.Id.ToString() } },
        PutGroup c => RuleMapping.ToWire(c),
        RemoveGroup c => new LogCommandPb { RemoveGroup = new RemoveGroupPb { Name = c.Name.Value } },
        PutAffinity c => new LogCommandPb { PutAffinity = new PutAffinityPb { Rule = c.Rule.ToWire() } },
        RemoveAffinity c => new LogCommandPb { RemoveAffinity = new RemoveAffinityPb { Name = c.Name.Value } },
        MoveResource c => new LogCommandPb
        {
            MoveResource = new MoveResourcePb { Id = c.Id.ToString(), Target = c.Target.Value, Kind = (int)c.Kind, Why = c.Why, Evacuation = c.IsEvacuation, Forced = c.IsForced },
        },
        HandOver c => new LogCommandPb { HandOver = new HandOverPb { Id = c.Id.ToString() } },
        AbortMigration c => new LogCommandPb
        {
            AbortMigration = new AbortMigrationPb { Id = c.Id.ToString(), SourceAnswer = c.SourceAnswer.ToWire(), Reason = c.Reason },
        },
        _ => MaintenanceMapping.ToWire(command) ?? StorageMapping.ToWire(command) ?? throw new Core.InvariantViolation($"the log command {command.GetType().Name} has no wire form"),
    };

    public static LogCommand FromWire(this LogCommandPb? wire) => wire?.CommandCase switch
    {
        LogCommandPb.CommandOneofCase.NoOp => new NoOp(),
        LogCommandPb.CommandOneofCase.Genesis => new Genesis(ModelMapping.Uuid(wire.Genesis.ClusterId), wire.Genesis.Voters.FromWire()),
        LogCommandPb.CommandOneofCase.SetConfiguration => new SetConfiguration(wire.SetConfiguration.Generation, wire.SetConfiguration.Voters.FromWire()),
        LogCommandPb.CommandOneofCase.AdmitBoot => new AdmitBoot(wire.AdmitBoot.Report.FromWire()),
        LogCommandPb.CommandOneofCase.OpenSession => new OpenSession(wire.OpenSession.Report.FromWire()),
        LogCommandPb.CommandOneofCase.LoseNode => new LoseNode(wire.LoseNode.Boot.FromWire(), wire.LoseNode.Reason)
        {
            At = TimeMapping.Time(wire.LoseNode.AtTicks),
            Quarantines = wire.LoseNode.Quarantines,
            Fences = wire.LoseNode.Fences,
        },
        LogCommandPb.CommandOneofCase.StartFence => new StartFence(wire.StartFence.Boot.FromWire()),
        LogCommandPb.CommandOneofCase.ProveBoot => new ProveBoot(new Proof(
            wire.ProveBoot.Boot.FromWire(), ModelMapping.Enum<ProofKind>(wire.ProveBoot.Kind), wire.ProveBoot.By, wire.ProveBoot.DenialIndex)),
        LogCommandPb.CommandOneofCase.LeaveNode => new LeaveNode(wire.LeaveNode.Report.FromWire()),
        LogCommandPb.CommandOneofCase.ApproveFencing => new ApproveFencing(ModelMapping.Node(wire.ApproveFencing.Node)),
        LogCommandPb.CommandOneofCase.CondemnNode => new CondemnNode(
            ResourceId.Parse(wire.CondemnNode.Id), wire.CondemnNode.Session.FromWire(), wire.CondemnNode.Reason, TimeMapping.Time(wire.CondemnNode.AtTicks)),
        LogCommandPb.CommandOneofCase.PardonNode => new PardonNode(ModelMapping.Node(wire.PardonNode.Node)),
        LogCommandPb.CommandOneofCase.RearmBoot => new RearmBoot(wire.RearmBoot.Session.FromWire(), wire.RearmBoot.ArmedAt),
        LogCommandPb.CommandOneofCase.RecordIncident => new RecordIncident(wire.RecordIncident.Subject, wire.RecordIncident.Text),
        LogCommandPb.CommandOneofCase.AddResource => ResourceCommandMapping.FromWire(wire.AddResource),
        LogCommandPb.CommandOneofCase.RemoveResource => new RemoveResource(ResourceId.Parse(wire.RemoveResource.Id)) { Purge = wire.RemoveResource.Purge },
        LogCommandPb.CommandOneofCase.SetRequested => ResourceCommandMapping.FromWire(wire.SetRequested),
        LogCommandPb.CommandOneofCase.SetResource => ResourceCommandMapping.FromWire(wire.SetResource),
        LogCommandPb.CommandOneofCase.PlaceStart => new PlaceStart(
            ResourceId.Parse(wire.PlaceStart.Id), wire.PlaceStart.Session.FromWire(), wire.PlaceStart.Why),
        LogCommandPb.CommandOneofCase.ConfirmStart => ResourceCommandMapping.FromWire(wire.ConfirmStart),
        LogCommandPb.CommandOneofCase.OrderStop => new OrderStop(ResourceId.Parse(wire.OrderStop.Id)),
        LogCommandPb.CommandOneofCase.ReleaseGuest => ResourceCommandMapping.FromWire(wire.ReleaseGuest),
        LogCommandPb.CommandOneofCase.ReleaseUnheard => ResourceCommandMapping.FromWire(wire.ReleaseUnheard),
        LogCommandPb.CommandOneofCase.AdoptGuest => new AdoptGuest(
            ResourceId.Parse(wire.AdoptGuest.Id), wire.AdoptGuest.Session.FromWire(), wire.AdoptGuest.Token.FromWire()),
        LogCommandPb.CommandOneofCase.ParkResource => new ParkResource(ResourceId.Parse(wire.ParkResource.Id), wire.ParkResource.Reason),
        LogCommandPb.CommandOneofCase.RetryError => new RetryError(ResourceId.Parse(wire.RetryError.Id), TimeMapping.Time(wire.RetryError.DueTicks)),
        LogCommandPb.CommandOneofCase.EndRequest => new EndRequest(ResourceId.Parse(wire.EndRequest.Id), TimeMapping.Time(wire.EndRequest.UntilTicks)),
        LogCommandPb.CommandOneofCase.BeginWait => new BeginWait(ResourceId.Parse(wire.BeginWait.Id), TimeMapping.Time(wire.BeginWait.AtTicks)),
        LogCommandPb.CommandOneofCase.ClearError => new ClearError(ResourceId.Parse(wire.ClearError.Id)),
        LogCommandPb.CommandOneofCase.PutGroup => RuleMapping.FromWire(wire.PutGroup),
        LogCommandPb.CommandOneofCase.RemoveGroup => new RemoveGroup(new GroupName(wire.RemoveGroup.Name)),
        LogCommandPb.CommandOneofCase.PutAffinity => new PutAffinity(wire.PutAffinity.Rule.FromWire()),
        LogCommandPb.CommandOneofCase.RemoveAffinity => new RemoveAffinity(new RuleName(wire.RemoveAffinity.Name)),
        LogCommandPb.CommandOneofCase.MoveResource => new MoveResource(
            ResourceId.Parse(wire.MoveResource.Id), ModelMapping.Node(wire.MoveResource.Target), ModelMapping.Enum<MoveKind>(wire.MoveResource.Kind),
            wire.MoveResource.Why)
        {
            IsEvacuation = wire.MoveResource.Evacuation,
            IsForced = wire.MoveResource.Forced,
        },
        LogCommandPb.CommandOneofCase.HandOver => new HandOver(ResourceId.Parse(wire.HandOver.Id)),
        LogCommandPb.CommandOneofCase.AbortMigration => new AbortMigration(
            ResourceId.Parse(wire.AbortMigration.Id), wire.AbortMigration.SourceAnswer.FromWire(), wire.AbortMigration.Reason),
        _ => MaintenanceMapping.FromWire(wire) ?? StorageMapping.FromWire(wire) ?? throw ModelMapping.Missing("command, or it is of a newer version"),
    };
}
