using System.Collections.Immutable;
using AkkaHa.Cli.Lab;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Canary;

namespace AkkaHa.Cli.Drills;

/// <summary>What the guests' own disks testify: who writes each, and whether two ever did at once.</summary>
internal static class CanaryWitness
{
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(1);

    /// <summary>Reads every disk twice, a while apart: each must be written on by exactly the node that is said to run its VM.</summary>
    /// <returns>The conflicts that the guests counted, and what is wrong.</returns>
    public static async Task<(long Conflicts, ImmutableList<string> Issues)> Question(
        LabCluster lab, IReadOnlyDictionary<ResourceId, NodeName> owners, CancellationToken stop)
    {
        var before = Read(lab);
        await Task.Delay(Watch, lab.Time, stop).ConfigureAwait(false);
        var after = Read(lab);
        var issues = ImmutableList.CreateBuilder<string>();
        foreach (var vm in lab.Plan.Vms)
        {
            if (after[vm].State is not { } state)
            {
                issues.Add($"{vm}: its disk was never written on");
                continue;
            }

            if (state.Conflicts > 0)
                issues.Add(FormattableString.Invariant($"{vm}: its guest found {state.Conflicts} times that somebody else had written on its disk"));
            if (!owners.TryGetValue(vm, out var owner))
                continue;
            if (state.Counter == before[vm].State?.Counter)
                issues.Add($"{vm}: nobody writes on its disk although it is said to run on {owner}");
            var writers = after[vm].Writers.Where(w => w.LastCounter > (before[vm].State?.Counter ?? 0)).Select(w => w.Writer).Distinct().ToList();
            if (writers.Any(w => w != owner.Value))
                issues.Add($"{vm}: {string.Join(" and ", writers)} write on its disk; expected {owner} alone");
        }

        return (after.Values.Sum(r => (long)(r.State?.Conflicts ?? 0)), issues.ToImmutable());
    }

    /// <summary>The guests whose disks are written on now, by whomever.</summary>
    public static async Task<ImmutableList<ResourceId>> WrittenOn(LabCluster lab, CancellationToken stop)
    {
        var before = Read(lab);
        await Task.Delay(Watch, lab.Time, stop).ConfigureAwait(false);
        var after = Read(lab);
        return [.. lab.Plan.Vms.Where(vm => after[vm].State?.Counter != before[vm].State?.Counter)];
    }

    private static Dictionary<ResourceId, CanaryReport> Read(LabCluster lab) => lab.Plan.Vms.ToDictionary(vm => vm, vm => CanaryDisk.Read(lab.Plan.Disk(vm)));
}
