using System.Collections.Immutable;
using AkkaHa.Cli.Lab;
using AkkaHa.Core.Moves;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cli.Drills;

/// <summary>
/// Cuts the power of the CRM's node while a VM moves between the two others: the next CRM brings the migration to an end, one way or the other.
/// The move must take long enough to be cut in its middle (<c>--migration-bandwidth</c>).
/// </summary>
internal sealed class MigrationCutDrill(LabCluster lab)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public async Task<DrillReport> Run(Action<string> tell, CancellationToken stop)
    {
        var before = await lab.WaitForVms(stop).ConfigureAwait(false);
        var crm = before.CrmNode!.Value;
        var survivors = lab.Plan.Hosts.Where(n => n != crm).ToList();
        var moved = before.Resources.First(r => r.Node is { } at && at != crm);
        var target = survivors.First(n => n != moved.Node);
        var date = lab.Time.GetUtcNow();
        var issues = ImmutableList.CreateBuilder<string>();
        await lab.Submit(crm, new MoveResource(moved.Id, target, MoveKind.Migrate, "a drill")).ConfigureAwait(false);
        var during = await lab.WaitFor(
            s => s.Resources.Any(r => r.Id == moved.Id && r.Actual != "started"), lab.Plan.Hosts, Patience, $"{moved.Id} to begin to move", stop).ConfigureAwait(false);
        tell($"{moved.Id} moves from {moved.Node} to {target} ({during.Resources.Single(r => r.Id == moved.Id).Actual}); cutting the CRM's node {crm}");
        var struckAt = lab.Time.GetUtcNow();
        await lab.Machine(crm).PowerOffAsync(stop).ConfigureAwait(false);
        ClusterStatus? after = null;
        try
        {
            after = await lab.WaitFor(s => lab.AllRun(s) && s.Resources.All(r => r.Node is { } at && at != crm), survivors, Patience, "all VMs to run on the survivors", stop)
                .ConfigureAwait(false);
        }
        catch (LabException e)
        {
            issues.Add(e.Message);
        }

        var owners = after?.Resources.Where(r => r.Node is not null).ToDictionary(r => r.Id, r => r.Node!.Value) ?? [];
        var restarted = owners.Where(o => o.Key != moved.Id).ToDictionary(o => o.Key, o => o.Value);
        var (conflicts, wrong) = await CanaryWitness.Question(lab, restarted, stop).ConfigureAwait(false);
        issues.AddRange(wrong);
        var timeline = await Timeline.Collect(lab, survivors, struckAt, new Moment(TimeSpan.Zero, "power-cut", crm.Value, "the CRM's node is cut during a migration")).ConfigureAwait(false);
        tell($"{moved.Id} ended on {owners.GetValueOrDefault(moved.Id)}");
        return new DrillReport
        {
            Drill = "migrate-cut",
            Date = date,
            Method = "SIGKILL of the machine that hosts the CRM while a VM moves between the two others",
            Expected = "all VMs run on the survivors, the moving one on either of its two nodes; no canary conflict",
            Hypervisor = lab.Plan.Hypervisor,
            FenceDevice = lab.Plan.FenceDevice,
            Timeline = timeline,
            Vms = [.. owners.Select(o => new VmRecovery(o.Key, before.Resources.First(r => r.Id == o.Key).Node!.Value, o.Value, null))],
            Failover = null,
            Conflicts = conflicts,
            Issues = issues.ToImmutable(),
        };
    }
}
