using System.Collections.Immutable;
using System.Security.Cryptography;
using AkkaHa.Cli.Lab;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Devices.Canary;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cli.Drills;

/// <summary>
/// Moves a VM from node to node many times, and in every second round cuts the power of the source or of the destination at a random
/// moment: the VM must run at the end of each round, and no two may ever have written on its disk.
/// </summary>
internal sealed class MigrationSoak(LabCluster lab, int rounds)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // Before the first round nobody knows how long a migration takes here; later the longest that was seen counts.
    private TimeSpan _longest = TimeSpan.FromSeconds(2);

    private enum Cut
    {
        None,
        Source,
        Destination,
    }

    public async Task<DrillReport> Run(Action<string> tell, CancellationToken stop)
    {
        await lab.WaitForVms(stop).ConfigureAwait(false);
        var date = lab.Time.GetUtcNow();
        var issues = ImmutableList.CreateBuilder<string>();
        var vms = ImmutableList.CreateBuilder<VmRecovery>();
        var timeline = ImmutableList.CreateBuilder<Moment>();
        for (var round = 0; round < rounds && issues.Count == 0; round++)
        {
            var cut = (round % 4) switch { 1 => Cut.Source, 3 => Cut.Destination, _ => Cut.None };
            var vm = lab.Plan.Vms.ElementAt(round % lab.Plan.VmCount);
            try
            {
                var result = await Round(vm, cut, stop).ConfigureAwait(false);
                vms.Add(result.Recovery);
                var text = FormattableString.Invariant($"round {round + 1} of {rounds}: {result.Text}");
                timeline.Add(new Moment(lab.Time.GetUtcNow() - date, $"cut-{cut.ToString().ToLowerInvariant()}", vm.ToString(), text));
                tell(text);
                issues.AddRange(result.Issues.Select(issue => FormattableString.Invariant($"round {round + 1}: {issue}")));
            }
            catch (LabException e)
            {
                issues.Add(FormattableString.Invariant($"round {round + 1} (cut: {cut}): {e.Message}"));
            }
        }

        var (conflicts, wrong) = await CanaryWitness.Question(lab, ImmutableDictionary<ResourceId, NodeName>.Empty, stop).ConfigureAwait(false);
        issues.AddRange(wrong);
        return new DrillReport
        {
            Drill = "soak-migrate",
            Date = date,
            Method = FormattableString.Invariant($"{rounds} migrations in a row; in every second round the power of the source or of the destination is cut at a random moment"),
            Expected = "the VM runs at the end of every round, is not started anew where nothing was cut, and no canary finds a conflict",
            Hypervisor = lab.Plan.Hypervisor,
            FenceDevice = lab.Plan.FenceDevice,
            Timeline = timeline.ToImmutable(),
            Vms = vms.ToImmutable(),
            Failover = null,
            Conflicts = conflicts,
            Issues = issues.ToImmutable(),
        };
    }

    private async Task<(VmRecovery Recovery, string Text, ImmutableList<string> Issues)> Round(ResourceId vm, Cut cut, CancellationToken stop)
    {
        var hosts = lab.Plan.Hosts.ToList();
        var before = await Whole("all nodes to be online and all VMs to run before the round", stop).ConfigureAwait(false);
        var source = before.Resources.Single(r => r.Id == vm).Node!.Value;
        var target = hosts[(hosts.IndexOf(source) + 1) % hosts.Count];
        var boots = CanaryDisk.Read(lab.Plan.Disk(vm)).State?.Boots;
        var began = lab.Time.GetTimestamp();
        await lab.Submit(before.CrmNode!.Value, new MoveResource(vm, target, MoveKind.Migrate, "a soak")).ConfigureAwait(false);
        if (cut == Cut.None)
        {
            var moved = await lab.WaitFor(s => s.Resources.Any(r => r.Id == vm && r.Actual == "started" && r.Node == target), hosts, Patience, $"{vm} to move to {target}", stop)
                .ConfigureAwait(false);
            var took = lab.Time.GetElapsedTime(began);
            _longest = took > _longest ? took : _longest;
            var written = await Written(vm, stop).ConfigureAwait(false);
            var anew = lab.Plan.UsesQemu && CanaryDisk.Read(lab.Plan.Disk(vm)).State?.Boots != boots;
            return (
                new VmRecovery(vm, source, moved.Resources.Single(r => r.Id == vm).Node, took),
                FormattableString.Invariant($"{vm} moved from {source} to {target} in {took.TotalSeconds:0.00} s"),
                [.. written, .. anew ? [$"{vm} was started anew instead of moving while it ran"] : Array.Empty<string>()]);
        }

        var moment = TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)_longest.TotalMilliseconds + 1));
        await Task.Delay(moment, lab.Time, stop).ConfigureAwait(false);
        var victim = cut == Cut.Source ? source : target;
        await lab.Machine(victim).PowerOffAsync(stop).ConfigureAwait(false);
        var struck = lab.Time.GetTimestamp();
        var survivors = hosts.Where(n => n != victim).ToList();
        var after = await lab.WaitFor(
            s => lab.AllRun(s) && s.Resources.All(r => r.Node is { } at && at != victim), survivors, Patience, $"{vm} to run without {victim}", stop).ConfigureAwait(false);
        var recovery = lab.Time.GetElapsedTime(struck);
        var at = after.Resources.Single(r => r.Id == vm).Node;
        var issues = await Written(vm, stop).ConfigureAwait(false);
        await lab.Machine(victim).PowerOnAsync(stop).ConfigureAwait(false);
        return (
            new VmRecovery(vm, source, at, recovery),
            FormattableString.Invariant($"{vm} was on its way from {source} to {target} for {moment.TotalSeconds:0.00} s when {victim} lost its power; it ran on {at} {recovery.TotalSeconds:0.00} s later"),
            issues);
    }

    private Task<ClusterStatus> Whole(string what, CancellationToken stop) => lab.WaitFor(
        s => lab.AllRun(s) && s.CrmNode is not null && s.Nodes.Count(n => n.Condition == "online") == lab.Plan.Nodes.Count(), lab.Plan.Hosts, Patience, what, stop);

    private async Task<ImmutableList<string>> Written(ResourceId vm, CancellationToken stop)
    {
        var (conflicts, wrong) = await CanaryWitness.Question(lab, ImmutableDictionary<ResourceId, NodeName>.Empty, stop).ConfigureAwait(false);
        var silent = conflicts == 0 && !(await CanaryWitness.WrittenOn(lab, stop).ConfigureAwait(false)).Contains(vm);
        return silent ? wrong.Add($"{vm} is said to run, but nobody writes on its disk") : wrong;
    }
}
