using System.Collections.Immutable;
using AkkaHa.Cli.Lab;
using AkkaHa.Core.Maintenance;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cli.Drills;

/// <summary>Takes the node that hosts the CRM into maintenance, demands that it is emptied while everything goes on, and ends it again.</summary>
internal sealed class MaintenanceDrill(LabCluster lab)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public async Task<DrillReport> Run(Action<string> tell, CancellationToken stop)
    {
        var before = await lab.WaitForVms(stop).ConfigureAwait(false);
        var node = before.CrmNode!.Value;
        var hosts = lab.Plan.Hosts.ToList();
        var date = lab.Time.GetUtcNow();
        var began = lab.Time.GetTimestamp();
        var issues = ImmutableList.CreateBuilder<string>();
        ClusterStatus? empty = null;
        await lab.Submit(node, new SetMaintenance(node, true)).ConfigureAwait(false);
        tell($"{node} is in maintenance");
        try
        {
            empty = await lab.WaitFor(s => lab.AllRun(s) && s.Resources.All(r => r.Node != node), hosts, Patience, $"{node} to be empty", stop).ConfigureAwait(false);
        }
        catch (LabException e)
        {
            issues.Add(e.Message);
        }

        var took = lab.Time.GetElapsedTime(began);
        if (empty is not null && empty.Nodes.Single(n => n.Name == node).Condition != "maintenance")
            issues.Add($"the status does not tell that {node} is in maintenance");
        var (conflicts, wrong) = await CanaryWitness.Question(lab, ImmutableDictionary<Core.Model.ResourceId, Core.Model.NodeName>.Empty, stop).ConfigureAwait(false);
        issues.AddRange(wrong);
        await lab.Submit(node, new SetMaintenance(node, false)).ConfigureAwait(false);
        await lab.WaitFor(s => s.Nodes.Single(n => n.Name == node).Condition == "online", hosts, Patience, $"{node} to be online again", stop).ConfigureAwait(false);
        return new DrillReport
        {
            Drill = "maintenance",
            Date = date,
            Method = $"maintenance of {node}, which hosts the CRM, begun and ended",
            Expected = "the node is emptied while every VM goes on; no canary conflict",
            Hypervisor = lab.Plan.Hypervisor,
            FenceDevice = lab.Plan.FenceDevice,
            Timeline = await Timeline.Collect(lab, hosts, date, new Moment(TimeSpan.Zero, "maintenance-begin", node.Value, "the maintenance begins")).ConfigureAwait(false),
            Vms = [.. before.Resources.Where(r => r.Node == node).Select(r => new VmRecovery(r.Id, node, empty?.Resources.Single(e => e.Id == r.Id).Node, took))],
            Failover = null,
            Conflicts = conflicts,
            Issues = issues.ToImmutable(),
        };
    }
}
