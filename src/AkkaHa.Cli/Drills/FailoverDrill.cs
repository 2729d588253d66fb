using System.Collections.Immutable;
using AkkaHa.Cli.Lab;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cli.Drills;

/// <summary>Breaks the node that hosts the CRM and demands that every VM runs again on the survivors, fenced first, in time, and once.</summary>
internal sealed class FailoverDrill(LabCluster lab, NodeFault fault, TimeSpan limit)
{
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(90);

    public async Task<DrillReport> Run(Action<string> tell, CancellationToken stop)
    {
        var before = await lab.WaitForVms(stop).ConfigureAwait(false);
        var victim = before.CrmNode!.Value;
        var from = before.Resources.Where(r => r.Node == victim).Select(r => r.Id).ToImmutableSortedSet();
        var survivors = lab.Plan.Nodes.Where(n => n != victim).ToList();
        var date = lab.Time.GetUtcNow();
        tell($"{fault.Name}: {victim} hosts the CRM and {from.Count} VMs; striking");
        var struckAt = lab.Time.GetUtcNow();
        await fault.Strike(lab.Machine(victim), stop).ConfigureAwait(false);
        var issues = ImmutableList.CreateBuilder<string>();
        ClusterStatus? after = null;
        try
        {
            after = await lab.WaitFor(
                s => lab.AllRun(s) && s.Resources.All(r => r.Node != victim) && s.Nodes.Any(n => n.Name == victim && n.Condition == "offline"),
                survivors, GiveUpAfter, $"all VMs to run on {string.Join(" and ", survivors)}", stop).ConfigureAwait(false);
        }
        catch (LabException e)
        {
            issues.Add(e.Message);
        }

        var owners = after?.Resources.Where(r => r.Node is not null).ToDictionary(r => r.Id, r => r.Node!.Value) ?? [];
        var (conflicts, wrong) = await CanaryWitness.Question(lab, owners, stop).ConfigureAwait(false);
        issues.AddRange(wrong);
        var timeline = await Timeline.Collect(
            lab, survivors, struckAt, new Moment(TimeSpan.Zero, fault.Event, victim.Value, fault.Method)).ConfigureAwait(false);
        var vms = from.Select(vm => Recovery(vm, victim, owners, timeline)).ToImmutableList();
        var failover = vms.IsEmpty || vms.Any(v => v.Recovery is null) ? null : vms.Max(v => v.Recovery);
        Judge(timeline, victim, failover, issues);
        if (await lab.Machine(victim).StatusAsync(stop).ConfigureAwait(false) != PowerState.Off)
            issues.Add($"{victim} still has power although it was fenced");
        return new DrillReport
        {
            Drill = fault.Name,
            Date = date,
            Method = fault.Method,
            Expected = FormattableString.Invariant($"every VM of {victim} runs on a survivor within {limit.TotalSeconds:0.#} s; {victim} is proven off first; no canary conflict"),
            Hypervisor = lab.Plan.Hypervisor,
            FenceDevice = lab.Plan.FenceDevice,
            Timeline = timeline,
            Vms = vms,
            Failover = failover,
            Conflicts = conflicts,
            Issues = issues.ToImmutable(),
        };
    }

    private void Judge(ImmutableList<Moment> timeline, NodeName victim, TimeSpan? failover, ImmutableList<string>.Builder issues)
    {
        if (failover > limit)
            issues.Add(FormattableString.Invariant($"the failover took {failover.Value.TotalSeconds:0.00} s; expected at most {limit.TotalSeconds:0.#} s"));
        var proof = timeline.FirstOrDefault(m => m.Event == EventKinds.FenceConfirmed && m.Subject == victim.Value);
        var placed = timeline.FirstOrDefault(m => m.Event == EventKinds.ResourcePlaced);
        if (proof is null)
            issues.Add($"{victim} was never proven off");
        else if (placed is not null && placed.At < proof.At)
            issues.Add($"{placed.Subject} was placed before {victim} was proven off");
    }

    private static VmRecovery Recovery(ResourceId vm, NodeName from, Dictionary<ResourceId, NodeName> owners, ImmutableList<Moment> timeline)
    {
        var started = timeline.LastOrDefault(m => m.Event == EventKinds.ResourceStarted && m.Subject == vm.ToString());
        return new VmRecovery(vm, from, owners.TryGetValue(vm, out var to) ? to : null, started?.At);
    }
}
