using AkkaHa.Cluster.Events;
using AkkaHa.Core.Audit;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.StateLog;
using AkkaHa.Core.Storages;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Crm;

/// <summary>What a committed entry means to people: the event that tells of it.</summary>
internal static class EventTexts
{
    /// <summary>The event of an applied entry; null for one that nobody needs to be told of.</summary>
    public static RecordEvent? Of(LogEntry entry, ClusterState after)
    {
        var epoch = entry.Epoch;
        return entry.Command switch
        {
            AdmitBoot c => new RecordEvent(EventKinds.NodeAdmitted, c.Report.Session.Node.Value, $"boot {c.Report.Session.Boot} may run guests", epoch),
            LoseNode c => new RecordEvent(EventKinds.NodeLost, c.Boot.Node.Value, $"{c.Reason}; what it ran waits for a proof that it is off", epoch),
            StartFence c => new RecordEvent(EventKinds.FenceStarted, c.Boot.Node.Value, $"{c.Boot} is being fenced", epoch),
            ProveBoot c => new RecordEvent(
                EventKinds.FenceConfirmed, c.Proof.Boot.Node.Value, $"{c.Proof.Boot} is proven off by {c.Proof.By}", epoch),
            ApproveFencing c => new RecordEvent(EventKinds.FenceApproved, c.Node.Value, $"{c.Node} may be fenced though many nodes were lost at once", epoch),
            CondemnNode c => new RecordEvent(
                EventKinds.NodeCondemned, c.Session.Node.Value,
                $"{c.Id} cannot be stopped on {c.Session.Node} ({c.Reason}) and its on-stop-failure is fence: its other guests move away, then it is fenced", epoch),
            PardonNode c => new RecordEvent(EventKinds.NodeCondemned, c.Node.Value, $"{c.Node} is not fenced: the guest that could not be stopped there has ended", epoch),
            RearmBoot c => new RecordEvent(EventKinds.Armed, c.Session.Node.Value, $"the guests on {c.Session.Node} go by its lease again", epoch),
            LeaveNode c => new RecordEvent(EventKinds.NodeLeft, c.Report.Session.Node.Value, $"{c.Report.Session.Node} left cleanly: nothing ran there", epoch),
            RecordIncident c => new RecordEvent(EventKinds.Incident, c.Subject, c.Text, epoch),
            PlaceStart c => new RecordEvent(EventKinds.ResourcePlaced, c.Id.ToString(), $"{c.Id} is placed on {c.Session.Node}: {c.Why}", epoch),
            ConfirmStart c => new RecordEvent(EventKinds.ResourceStarted, c.Id.ToString(), $"{c.Id} runs on {c.Session.Node}", epoch),
            RetryError c => new RecordEvent(EventKinds.ResourceRetried, c.Id.ToString(), $"{c.Id} is tried again: what kept it from running can have passed", epoch),
            EndRequest c => new RecordEvent(
                EventKinds.RequestEnded, c.Id.ToString(), $"{c.Id} is ignored no more: the time for that is over", epoch),
            ReleaseGuest c when after.Resources.TryGetValue(c.Id, out var failed) && failed.Actual == ActualState.Error => new RecordEvent(
                EventKinds.ResourceError, c.Id.ToString(), $"{c.Id}: {failed.Reason}", epoch),
            ReleaseGuest c => new RecordEvent(
                EventKinds.ResourceReleased, c.Id.ToString(), $"{c.Id} runs on {c.Session.Node} no more ({c.Cause}){Because(c.Reason)}", epoch),
            MoveResource c => new RecordEvent(EventKinds.ResourceMoving, c.Id.ToString(), $"{c.Id} moves to {c.Target}: {c.Why}", epoch),
            LeaveStorage c => new RecordEvent(
                EventKinds.StorageFailed, c.Id.ToString(), $"{c.Id} is given up: {after.Resources[c.Id].Reason}; it is killed there and {(c.Target is { } to ? $"started on {to}" : "waits for an operator")}", epoch),
            HandOver c => new RecordEvent(
                EventKinds.ResourceHandedOver, c.Id.ToString(), $"{c.Id} stands still and is handed over to {after.Resources[c.Id].Migration?.Target.Node}", epoch),
            AbortMigration c => new RecordEvent(EventKinds.ResourceMoveFailed, c.Id.ToString(), $"the migration of {c.Id} is given up: {c.Reason}", epoch),
            AdoptGuest c => new RecordEvent(EventKinds.ResourceAdopted, c.Id.ToString(), $"{c.Id} runs on {c.Session.Node}, where HA had not started it, and is adopted there", epoch),
            DeclareSplit c => new RecordEvent(EventKinds.SplitBrain, c.Id.ToString(), after.Resources[c.Id].Reason ?? "", epoch),
            SetMaintenance c => new RecordEvent(
                EventKinds.NodeMaintenance, c.Node.Value, c.Enable ? $"{c.Node} is in maintenance: its guests are moved away" : $"the maintenance of {c.Node} has ended", epoch),
            BeginLeave c => new RecordEvent(
                EventKinds.NodeLeaving, c.Node.Value, $"{c.Node} is about to {c.Kind.ToString().ToLowerInvariant()}; policy {after.Nodes[c.Node].Leaving?.Policy.ToString().ToLowerInvariant()}", epoch),
            CancelLeave c => new RecordEvent(EventKinds.NodeLeaving, c.Node.Value, $"{c.Node} stays", epoch),
            ReleaseNode c => new RecordEvent(EventKinds.NodeReleased, c.Node.Value, $"{c.Node} is out of quarantine", epoch),
            SetShutdownPolicy c => new RecordEvent(EventKinds.PolicyChanged, "cluster", $"the shutdown policy is {c.Policy.ToString().ToLowerInvariant()}", epoch),
            SetArmed c => new RecordEvent(EventKinds.Armed, "cluster", c.Armed ? "the cluster is armed" : $"the cluster is disarmed: {c.Why}", epoch),
            Thaw c => new RecordEvent(EventKinds.ResourceThawed, c.Id.ToString(), $"{c.Id} may run again", epoch),
            ParkResource c => new RecordEvent(EventKinds.ResourceError, c.Id.ToString(), c.Reason, epoch),
            _ => after.Incidents.LastOrDefault() is { } incident && incident.Index == entry.Index
                ? new RecordEvent(EventKinds.Incident, incident.Subject, incident.Text, epoch)
                : null,
        };
    }

    private static string Because(string? reason) => reason is null ? "" : $": {reason}";
}
