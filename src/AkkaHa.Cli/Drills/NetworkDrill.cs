using System.Collections.Immutable;
using AkkaHa.Cli.Lab;
using AkkaHa.Core.Model;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cli.Drills;

/// <summary>
/// Breaks the networks of a lab, and demands that the nodes that are cut off are fenced before their VMs run on the others; that nobody
/// else is lost; and that every VM runs when the network is whole again.
/// </summary>
internal sealed class NetworkDrill(LabCluster lab, NetworkFault fault, TimeSpan limit)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public async Task<DrillReport> Run(Action<string> tell, CancellationToken stop)
    {
        var network = lab.Network ?? throw new LabException($"The drill {fault.Name} needs a lab with networks of its own: add --namespaces.");
        if (fault.Victims > 0 && lab.Plan.Nodes.Count() < (2 * fault.Victims) + 1)
            throw new LabException(FormattableString.Invariant($"The drill {fault.Name} cuts {fault.Victims} nodes off, and the others must be a majority: give --nodes {(2 * fault.Victims) + 1} or more."));
        var before = await lab.WaitForVms(stop).ConfigureAwait(false);
        var crm = before.CrmNode!.Value;
        ImmutableList<NodeName> victims = [.. lab.Plan.Hosts.OrderBy(n => n != crm).Take(fault.Victims)];
        ImmutableList<NodeName> others = [.. lab.Plan.Nodes.Except(victims)];
        var issues = ImmutableList.CreateBuilder<string>();
        tell(victims.IsEmpty ? $"{fault.Name}: striking" : $"{fault.Name}: cutting off {string.Join(" and ", victims)}");
        var struckAt = lab.Time.GetUtcNow();
        var began = lab.Time.GetTimestamp();
        await network.ApplyAsync(fault.Faults(lab.Plan, victims), stop).ConfigureAwait(false);
        if (!victims.IsEmpty)
            await Demand(issues, s => lab.AllRun(s) && s.Resources.All(r => r.Node is { } at && !victims.Contains(at)), others, $"all VMs to run on {string.Join(", ", others)}", stop).ConfigureAwait(false);
        if (fault.Duration - lab.Time.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
            await Task.Delay(left, lab.Time, stop).ConfigureAwait(false);
        await network.ApplyAsync([], stop).ConfigureAwait(false);
        tell("the networks are whole again");
        var after = await Demand(issues, s => lab.AllRun(s) && s.Nodes.All(n => victims.Contains(n.Name) || n.Condition == "online"), others, "all VMs to run with the networks whole", stop).ConfigureAwait(false);
        var owners = after?.Resources.Where(r => r.Node is not null).ToDictionary(r => r.Id, r => r.Node!.Value) ?? [];
        await StillWritten(issues, stop).ConfigureAwait(false);
        var (conflicts, wrong) = await CanaryWitness.Question(lab, owners, stop).ConfigureAwait(false);
        issues.AddRange(wrong);
        var timeline = await Timeline.Collect(lab, others, struckAt, new Moment(TimeSpan.Zero, fault.Name, string.Join(",", victims), fault.Description)).ConfigureAwait(false);
        var vms = before.Resources.Where(r => r.Node is { } at && victims.Contains(at)).Select(r => Recovery(r.Id, r.Node!.Value, owners, timeline)).ToImmutableList();
        var failover = vms.IsEmpty || vms.Any(v => v.Recovery is null) ? null : vms.Max(v => v.Recovery);
        Judge(timeline, victims, failover, issues);
        return new DrillReport
        {
            Drill = fault.Name,
            Date = struckAt,
            Method = fault.Description,
            Expected = victims.IsEmpty
                ? "nobody is fenced, no VM starts anew, every VM writes on afterwards; no canary conflict"
                : $"{string.Join(" and ", victims)} proven off before their VMs run on the others, nobody else lost; no canary conflict",
            Hypervisor = lab.Plan.Hypervisor,
            FenceDevice = lab.Plan.FenceDevice,
            Timeline = timeline,
            Vms = vms,
            Failover = failover,
            Conflicts = conflicts,
            Issues = issues.ToImmutable(),
        };
    }

    private async Task<ClusterStatus?> Demand(
        ImmutableList<string>.Builder issues, Func<ClusterStatus, bool> wanted, ImmutableList<NodeName> nodes, string what, CancellationToken stop)
    {
        try
        {
            return await lab.WaitFor(wanted, nodes, Patience, what, stop).ConfigureAwait(false);
        }
        catch (LabException e)
        {
            issues.Add(e.Message);
            return null;
        }
    }

    /// <summary>A guest whose disk was out of reach goes on when what it waits for is sent again, which can take TCP a while.</summary>
    private async Task StillWritten(ImmutableList<string>.Builder issues, CancellationToken stop)
    {
        var began = lab.Time.GetTimestamp();
        var silent = lab.Plan.Vms.ToImmutableSortedSet();
        while (!silent.IsEmpty && lab.Time.GetElapsedTime(began) < Patience)
            silent = silent.Except(await CanaryWitness.WrittenOn(lab, stop).ConfigureAwait(false));
        issues.AddRange(silent.Select(vm => $"{vm} writes nothing any more although the networks are whole"));
    }

    private void Judge(ImmutableList<Moment> timeline, ImmutableList<NodeName> victims, TimeSpan? failover, ImmutableList<string>.Builder issues)
    {
        if (failover > limit)
            issues.Add(FormattableString.Invariant($"the failover took {failover.Value.TotalSeconds:0.00} s; expected at most {limit.TotalSeconds:0.#} s"));
        foreach (var lost in timeline.Where(m => m.Event is EventKinds.NodeLost or EventKinds.FenceStarted && victims.All(v => v.Value != m.Subject)))
            issues.Add($"{lost.Subject} was lost although it can reach a majority: {lost.Text}");
        foreach (var victim in victims)
        {
            if (timeline.All(m => m.Event != EventKinds.FenceConfirmed || m.Subject != victim.Value))
                issues.Add($"{victim} was never proven off");
        }

        if (victims.IsEmpty)
            issues.AddRange(timeline.Where(m => m.Event == EventKinds.ResourcePlaced).Select(m => $"{m.Subject} was placed anew: {m.Text}"));
        else if (timeline.FirstOrDefault(m => m.Event == EventKinds.ResourcePlaced) is { } placed && timeline.All(m => m.Event != EventKinds.FenceConfirmed || m.At > placed.At))
            issues.Add($"{placed.Subject} was placed before any node was proven off");
    }

    private static VmRecovery Recovery(ResourceId vm, NodeName from, Dictionary<ResourceId, NodeName> owners, ImmutableList<Moment> timeline)
    {
        var started = timeline.LastOrDefault(m => m.Event == EventKinds.ResourceStarted && m.Subject == vm.ToString());
        return new VmRecovery(vm, from, owners.TryGetValue(vm, out var to) ? to : null, started?.At);
    }
}
