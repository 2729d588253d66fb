using System.Collections.Immutable;
using AkkaHa.Cli.Lab;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Canary;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cli.Drills;

/// <summary>
/// Cuts the power of all nodes but a minority and demands that the rest starts nothing, says why, and has killed what it ran when its lease has ended.
/// </summary>
/// <param name="lab">The lab.</param>
/// <param name="watch">How long to look on after the loss of the majority was told; longer than a lease.</param>
internal sealed class NoQuorumDrill(LabCluster lab, TimeSpan watch)
{
    public async Task<DrillReport> Run(Action<string> tell, CancellationToken stop)
    {
        var before = await lab.WaitForVms(stop).ConfigureAwait(false);
        var survivor = lab.Plan.Nodes.First(n => n != before.CrmNode);
        var victims = lab.Plan.Nodes.Where(n => n != survivor).ToList();
        var own = before.Resources.Where(r => r.Node == survivor).Select(r => r.Id).ToImmutableSortedSet();
        tell($"no-quorum: cutting {string.Join(" and ", victims)}; {survivor} is left");
        var struckAt = lab.Time.GetUtcNow();
        await Task.WhenAll(victims.Select(v => lab.Machine(v).PowerOffAsync(stop))).ConfigureAwait(false);
        var issues = ImmutableList.CreateBuilder<string>();
        Moment? told = null;
        try
        {
            var status = await lab.WaitFor(
                s => !s.IsQuorate && s.WaitsFor.Contains("no quorum", StringComparison.Ordinal), [survivor],
                TimeSpan.FromSeconds(60), $"{survivor} to say that it has no quorum", stop).ConfigureAwait(false);
            told = new Moment(lab.Time.GetUtcNow() - struckAt, "no-quorum", survivor.Value, status.WaitsFor);
        }
        catch (LabException e)
        {
            issues.Add(e.Message);
        }

        await Task.Delay(watch, lab.Time, stop).ConfigureAwait(false);
        foreach (var vm in lab.Plan.Vms.Where(vm => !own.Contains(vm)))
        {
            if (CanaryDisk.Read(lab.Plan.Disk(vm)).State?.Writer == survivor.Value)
                issues.Add($"{vm} was started on {survivor}, which has no quorum");
        }

        var timeline = await Timeline.Collect(
            lab, [survivor], struckAt, new Moment(TimeSpan.Zero, "power-cut", string.Join(",", victims), "SIGKILL of the machines")).ConfigureAwait(false);
        if (told is not null)
            timeline = timeline.Add(told);
        foreach (var moment in timeline.Where(m => m.Event is EventKinds.ResourcePlaced or EventKinds.FenceStarted))
            issues.Add($"{survivor} acted without quorum: {moment.Text}");
        foreach (var vm in await CanaryWitness.WrittenOn(lab, stop).ConfigureAwait(false))
            issues.Add($"{vm} still runs on {survivor}, whose lease has ended without a majority to renew it");
        var (conflicts, wrong) = await CanaryWitness.Question(lab, ImmutableDictionary<ResourceId, NodeName>.Empty, stop).ConfigureAwait(false);
        issues.AddRange(wrong);
        return new DrillReport
        {
            Drill = "no-quorum",
            Date = struckAt,
            Method = "SIGKILL of all machines but one",
            Expected = $"{survivor} starts and fences nothing, kills what it runs when its lease ends, and its status says that it has no quorum",
            Hypervisor = lab.Plan.Hypervisor,
            FenceDevice = lab.Plan.FenceDevice,
            Timeline = timeline,
            Vms = [],
            Failover = null,
            Conflicts = conflicts,
            Issues = issues.ToImmutable(),
        };
    }
}
