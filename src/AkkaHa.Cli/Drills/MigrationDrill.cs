using System.Collections.Immutable;
using AkkaHa.Cli.Lab;
using AkkaHa.Core.Moves;
using AkkaHa.Devices.Canary;

namespace AkkaHa.Cli.Drills;

/// <summary>Moves every VM to the next node, one after the other, and demands that none starts anew and that none is ever written by two.</summary>
internal sealed class MigrationDrill(LabCluster lab)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<DrillReport> Run(Action<string> tell, CancellationToken stop)
    {
        var before = await lab.WaitForVms(stop).ConfigureAwait(false);
        var hosts = lab.Plan.Hosts.ToList();
        var boots = lab.Plan.Vms.ToDictionary(vm => vm, vm => CanaryDisk.Read(lab.Plan.Disk(vm)).State?.Boots);
        var date = lab.Time.GetUtcNow();
        var issues = ImmutableList.CreateBuilder<string>();
        var vms = ImmutableList.CreateBuilder<VmRecovery>();
        foreach (var vm in before.Resources.Where(r => r.Node is not null))
        {
            var from = vm.Node!.Value;
            var to = hosts[(hosts.IndexOf(from) + 1) % hosts.Count];
            var began = lab.Time.GetTimestamp();
            await lab.Submit(before.CrmNode!.Value, new MoveResource(vm.Id, to, MoveKind.Migrate, "a drill")).ConfigureAwait(false);
            var after = await lab.WaitFor(
                s => s.Resources.Any(r => r.Id == vm.Id && r.Actual is "started" or "error"), hosts, Patience, $"{vm.Id} to move to {to}", stop).ConfigureAwait(false);
            var found = after.Resources.Single(r => r.Id == vm.Id);
            vms.Add(new VmRecovery(vm.Id, from, found.Node, lab.Time.GetElapsedTime(began)));
            tell($"{vm.Id}: {from} → {found.Node}");
            if (found.Node != to)
                issues.Add($"{vm.Id} did not move from {from} to {to}: it is {found.Actual} on {found.Node?.Value ?? "no node"}. {found.Reason}");
        }

        var (conflicts, wrong) = await CanaryWitness.Question(lab, vms.Where(v => v.To is not null).ToDictionary(v => v.Id, v => v.To!.Value), stop).ConfigureAwait(false);
        // A guest that migrates live goes on naming the node that it was started on.
        issues.AddRange(wrong.Where(w => !lab.Plan.UsesQemu || !w.Contains("expected", StringComparison.Ordinal)));
        if (lab.Plan.UsesQemu)
            issues.AddRange(lab.Plan.Vms.Where(vm => CanaryDisk.Read(lab.Plan.Disk(vm)).State?.Boots != boots[vm]).Select(vm => $"{vm} was started anew instead of moving while it ran"));
        return new DrillReport
        {
            Drill = "migrate",
            Date = date,
            Method = "every VM moved to the next node, one after the other",
            Expected = "every VM runs on the next node, none was started anew, no canary conflict",
            Hypervisor = lab.Plan.Hypervisor,
            FenceDevice = lab.Plan.FenceDevice,
            Timeline = await Timeline.Collect(lab, hosts, date, new Moment(TimeSpan.Zero, "moves-begin", "cluster", "the moves begin")).ConfigureAwait(false),
            Vms = vms.ToImmutable(),
            Failover = null,
            Conflicts = conflicts,
            Issues = issues.ToImmutable(),
        };
    }
}
