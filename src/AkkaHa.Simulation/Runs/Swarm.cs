using System.Collections.Immutable;
using System.Globalization;
using AkkaHa.Simulation.Faults;

namespace AkkaHa.Simulation.Runs;

/// <summary>What the runs of a swarm have in common; what is null is drawn by each seed for itself.</summary>
public sealed record SwarmOptions
{
    /// <summary>How many nodes.</summary>
    public int? Nodes { get; init; }

    /// <summary>How many VMs.</summary>
    public int? Vms { get; init; }

    /// <summary>How long faults happen.</summary>
    public double SafetySeconds { get; init; } = 300;

    /// <summary>The kinds of faults to draw from; all if empty.</summary>
    public ImmutableArray<FaultKind> Faults { get; init; } = [];
}

/// <summary>
/// Draws a run from a seed. Each seed has its own mix of faults: one that has a little of everything seldom gets where two kinds alone lead.
/// </summary>
public static class Swarm
{
    private static readonly ImmutableArray<FaultKind> All = [.. Enum.GetValues<FaultKind>()];

    /// <summary>The plan of a seed.</summary>
    public static RunPlan Draw(long seed, SwarmOptions options)
    {
        var chance = new Chance(seed, "swarm");
        var nodes = options.Nodes ?? chance.Of([2, 3, 3, 3, 5, 5, 7]);
        var vms = options.Vms ?? chance.Between(1, 12);
        var kinds = options.Faults.IsEmpty ? All : options.Faults;
        var mix = kinds.Where(_ => chance.Is(0.35)).ToList();
        if (mix.Count == 0)
            mix.Add(chance.Of(kinds));
        // One fault every few seconds to one every minute or so.
        var pause = chance.Span(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(60)).TotalSeconds;
        var names = Enumerable.Range(1, nodes == 2 ? 3 : nodes).Select(Node).ToImmutableArray();
        var isTight = chance.Is(0.3);
        return new RunPlan
        {
            Seed = seed,
            Nodes = nodes,
            HasArbiter = nodes == 2,
            Vms = vms,
            SafetySeconds = options.SafetySeconds,
            VmsPerMachine = isTight ? (vms / nodes) + chance.Between(1, 3) : 1000,
            RestrictedVms = !isTight && chance.Is(0.4) ? chance.Between(1, vms) : 0,
            BmcsHaveOwnPower = chance.Is(0.7),
            RepairSeconds = chance.Between(10, 90),
            Configuration = chance.Is(0.25) ? "timing { heartbeat-interval = 300ms, acceptable-pause = 1200ms, stable-after = 1s, gossip-interval = 100ms, authority-ttl = 1200ms, freeze-tolerance = 500ms }" : "",
            Faults = [.. Times(chance, 5, options.SafetySeconds, pause).Select(at => DrawFault(chance, chance.Of(mix), at, names))],
            Operator = [.. Times(chance, 30, options.SafetySeconds, chance.Between(5, 60)).Select(at => DrawStep(chance, at, names, vms))],
        };
    }

    /// <summary>The name of a run's node.</summary>
    /// <param name="number">From 1 on.</param>
    public static string Node(int number) => string.Create(CultureInfo.InvariantCulture, $"n{number}");

    private static IEnumerable<double> Times(Chance chance, double from, double to, double pause)
    {
        for (var at = from + (pause * chance.NextDouble() * 2); at < to; at += pause * chance.NextDouble() * 2)
            yield return Math.Round(at, 3);
    }

    private static Fault DrawFault(Chance chance, FaultKind kind, double at, ImmutableArray<string> names)
    {
        var order = names.OrderBy(_ => chance.NextBits()).ToImmutableArray();
        var count = kind switch
        {
            FaultKind.Partition => chance.Between(1, Math.Max(1, names.Length / 2)),
            FaultKind.LinkCut or FaultKind.Flap => 2,
            FaultKind.OneWay => chance.Between(1, 2),
            _ => 1,
        };
        var lasts = kind switch
        {
            FaultKind.DaemonCrash or FaultKind.DaemonRestart => chance.NextDouble() * 10,
            FaultKind.Freeze => chance.Is(0.5) ? chance.NextDouble() * 4 : chance.NextDouble() * 40,
            FaultKind.PowerCut => 1 + (chance.NextDouble() * 90),
            _ => chance.Is(0.5) ? chance.NextDouble() * 8 : chance.NextDouble() * 60,
        };
        return new Fault(kind, at, Math.Round(lasts, 3), order[..count]);
    }

    private static OperatorStep DrawStep(Chance chance, double at, ImmutableArray<string> names, int vms) => new(
        at, chance.Of(names), chance.Of(["started", "started", "stopped", "disabled", "ignored", "migrate", "migrate", "migrate", "relocate"]),
        string.Create(CultureInfo.InvariantCulture, $"vm:{100 + chance.Between(1, vms)}"), chance.Of(names));
}
