using AkkaHa.Core.Audit;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Protocol.Wire;

/// <summary>The commands of maintenance and of the auditor between the core and the wire.</summary>
internal static class MaintenanceMapping
{
    public static LogCommandPb? ToWire(LogCommand command) => command switch
    {
        SetMaintenance c => new LogCommandPb { SetMaintenance = new SetMaintenancePb { Node = c.Node.Value, Enable = c.Enable } },
        BeginLeave c => new LogCommandPb { BeginLeave = new BeginLeavePb { Node = c.Node.Value, Kind = (int)c.Kind } },
        CancelLeave c => new LogCommandPb { CancelLeave = new CancelLeavePb { Node = c.Node.Value } },
        SetShutdownPolicy c => new LogCommandPb { SetShutdownPolicy = new SetShutdownPolicyPb { Policy = (int)c.Policy } },
        Thaw c => new LogCommandPb { Thaw = new ThawPb { Id = c.Id.ToString() } },
        ForgetReturn c => new LogCommandPb { ForgetReturn = new ForgetReturnPb { Id = c.Id.ToString() } },
        ReleaseNode c => new LogCommandPb { ReleaseNode = new ReleaseNodePb { Node = c.Node.Value } },
        DeclareSplit c => new LogCommandPb { DeclareSplit = new DeclareSplitPb { Id = c.Id.ToString(), Copies = { c.Copies.Select(s => s.ToWire()) } } },
        SetArmed c => new LogCommandPb { SetArmed = new SetArmedPb { Armed = c.Armed, Why = c.Why } },
        _ => null,
    };

    public static LogCommand? FromWire(LogCommandPb? wire) => wire?.CommandCase switch
    {
        LogCommandPb.CommandOneofCase.SetMaintenance => new SetMaintenance(ModelMapping.Node(wire.SetMaintenance.Node), wire.SetMaintenance.Enable),
        LogCommandPb.CommandOneofCase.BeginLeave => new BeginLeave(
            ModelMapping.Node(wire.BeginLeave.Node), ModelMapping.Enum<LeaveKind>(wire.BeginLeave.Kind)),
        LogCommandPb.CommandOneofCase.CancelLeave => new CancelLeave(ModelMapping.Node(wire.CancelLeave.Node)),
        LogCommandPb.CommandOneofCase.SetShutdownPolicy => new SetShutdownPolicy(ModelMapping.Enum<ShutdownPolicy>(wire.SetShutdownPolicy.Policy)),
        LogCommandPb.CommandOneofCase.Thaw => new Thaw(ResourceId.Parse(wire.Thaw.Id)),
        LogCommandPb.CommandOneofCase.ForgetReturn => new ForgetReturn(ResourceId.Parse(wire.ForgetReturn.Id)),
        LogCommandPb.CommandOneofCase.ReleaseNode => new ReleaseNode(ModelMapping.Node(wire.ReleaseNode.Node)),
        LogCommandPb.CommandOneofCase.DeclareSplit => new DeclareSplit(
            ResourceId.Parse(wire.DeclareSplit.Id), [.. wire.DeclareSplit.Copies.Select(s => s.FromWire())]),
        LogCommandPb.CommandOneofCase.SetArmed => new SetArmed(wire.SetArmed.Armed, wire.SetArmed.Why),
        _ => null,
    };

    public static LeavingPb ToWire(this Leaving leaving) => new() { Kind = (int)leaving.Kind, Policy = (int)leaving.Policy };

    public static Leaving FromWire(this LeavingPb wire) => new(ModelMapping.Enum<LeaveKind>(wire.Kind), ModelMapping.Enum<ShutdownPolicy>(wire.Policy));
}
