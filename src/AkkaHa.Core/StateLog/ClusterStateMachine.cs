using AkkaHa.Core.Audit;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.Rules;
using AkkaHa.Core.Storages;

namespace AkkaHa.Core.StateLog;

/// <summary>
/// Applies log entries to the cluster's state. It is total and deterministic: every replica that applies the same entries holds the same state,
/// and an entry that does not fit the state it meets is refused rather than half applied.
/// </summary>
public static class ClusterStateMachine
{
    /// <summary>Applies the next entry.</summary>
    /// <exception cref="InvariantViolation">The entry is not the next one: entries were lost or applied twice.</exception>
    public static Applied Apply(ClusterState state, LogEntry entry)
    {
        if (entry.Index != state.AppliedIndex + 1)
            throw new InvariantViolation($"entry {entry.Index} does not follow the applied entry {state.AppliedIndex}");
        var applied = entry.Command switch
        {
            NoOp => state,
            Genesis c => state with
            {
                ClusterId = c.ClusterId,
                Configuration = new Configuration(1, entry.Index, c.Voters) { ClusterId = c.ClusterId },
            },
            SetConfiguration c => state with
            {
                Configuration = new Configuration(c.Generation, entry.Index, c.Voters) { ClusterId = state.ClusterId },
            },
            AdmitBoot c => NodeTransitions.Apply(state, entry, c),
            OpenSession c => NodeTransitions.Apply(state, entry, c),
            LoseNode c => NodeTransitions.Apply(state, entry, c),
            LeaveNode c => NodeTransitions.Apply(state, entry, c),
            RecordIncident c => state.Incidents.Any(i => i.Subject == c.Subject && i.Text == c.Text)
                ? new Applied(state, $"{c.Subject}: that is recorded already.")
                : state.WithIncident(entry.Index, c.Subject, c.Text),
            StartFence c => NodeTransitions.Apply(state, entry, c),
            ProveBoot c => NodeTransitions.Apply(state, entry, c),
            ApproveFencing c => NodeTransitions.Apply(state, c),
            CondemnNode c => NodeTransitions.Apply(state, c),
            PardonNode c => NodeTransitions.Apply(state, c),
            RearmBoot c => NodeTransitions.Apply(state, entry, c),
            AddResource c => OperatorTransitions.Apply(state, entry, c),
            RemoveResource c => OperatorTransitions.Apply(state, c),
            SetRequested c => OperatorTransitions.Apply(state, entry, c),
            SetResource c => OperatorTransitions.Apply(state, entry, c),
            ClearError c => OperatorTransitions.Apply(state, c),
            PlaceStart c => ResourceTransitions.Apply(state, entry, c),
            ConfirmStart c => ResourceTransitions.Apply(state, c),
            OrderStop c => ResourceTransitions.Apply(state, entry, c),
            ReleaseGuest c => ResourceTransitions.Apply(state, entry, c),
            ReleaseUnheard c => ResourceTransitions.Apply(state, c),
            AdoptGuest c => ResourceTransitions.Apply(state, entry, c),
            ParkResource c => ResourceTransitions.Apply(state, c),
            RetryError c => ResourceTransitions.Apply(state, c),
            EndRequest c => ResourceTransitions.Apply(state, entry, c),
            BeginWait c => ResourceTransitions.Apply(state, c),
            PutGroup c => RuleTransitions.Apply(state, c),
            RemoveGroup c => RuleTransitions.Apply(state, c),
            PutAffinity c => RuleTransitions.Apply(state, c),
            RemoveAffinity c => RuleTransitions.Apply(state, c),
            MoveResource c => MoveTransitions.Apply(state, entry, c),
            HandOver c => MoveTransitions.Apply(state, entry, c),
            AbortMigration c => MoveTransitions.Apply(state, entry, c),
            LeaveStorage c => StorageTransitions.Apply(state, entry, c),
            DeclareSplit c => AuditTransitions.Apply(state, entry, c),
            SetMaintenance c => MaintenanceTransitions.Apply(state, c),
            BeginLeave c => MaintenanceTransitions.Apply(state, c),
            CancelLeave c => MaintenanceTransitions.Apply(state, c),
            SetShutdownPolicy c => MaintenanceTransitions.Apply(state, c),
            Thaw c => MaintenanceTransitions.Apply(state, c),
            ForgetReturn c => MaintenanceTransitions.Apply(state, c),
            ReleaseNode c => MaintenanceTransitions.Apply(state, c),
            SetArmed c => MaintenanceTransitions.Apply(state, entry, c),
            _ => throw new InvariantViolation($"the state machine does not know the command {entry.Command.GetType().Name}"),
        };
        return applied with { State = applied.State with { AppliedIndex = entry.Index } };
    }
}
