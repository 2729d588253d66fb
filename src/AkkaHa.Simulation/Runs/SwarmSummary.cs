using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaHa.Simulation.Faults;

namespace AkkaHa.Simulation.Runs;

/// <summary>What came of many runs.</summary>
public sealed class SwarmSummary
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly List<double> _outages = [];
    private readonly List<double> _settled = [];

    /// <summary>Runs that ended.</summary>
    public int Seeds { get; private set; }

    /// <summary>Simulated time of all of them together.</summary>
    public double SimulatedHours { get; private set; }

    /// <summary>Steps of the loop.</summary>
    public long Steps { get; private set; }

    /// <summary>How many times a rule was looked at.</summary>
    public long Checks { get; private set; }

    /// <summary>Entries that were committed.</summary>
    public long Commits { get; private set; }

    /// <summary>Nodes that were proven dead.</summary>
    public int Failovers { get; private set; }

    /// <summary>Operators' commands that were acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Faults by kind.</summary>
    public SortedDictionary<FaultKind, int> Faults { get; } = [];

    /// <summary>The violations, with the seed of each.</summary>
    public SortedDictionary<long, string> Violations { get; } = [];

    /// <summary>How long guests that lost their machine did not run: median, 90th, 99th percentile, longest, in seconds.</summary>
    public ImmutableArray<double> OutageSeconds => Distribution(_outages);

    /// <summary>How long after the healing everything ran: the same.</summary>
    public ImmutableArray<double> SettledAfterSeconds => Distribution(_settled);

    /// <summary>Counts a result in.</summary>
    public void Add(RunResult result)
    {
        Seeds++;
        SimulatedHours += result.SimulatedSeconds / 3600;
        Steps += result.Steps;
        Checks += result.Checks;
        Commits += result.Commits;
        Failovers += result.Proofs;
        Acknowledged += result.Acknowledged;
        foreach (var (kind, count) in result.Faults)
            Faults[kind] = Faults.GetValueOrDefault(kind) + count;
        _outages.AddRange(result.OutageSeconds);
        if (result.SettledAfterSeconds is { } settled)
            _settled.Add(settled);
        if (result.Violation is { } violation)
            Violations[result.Plan.Seed] = FormattableString.Invariant($"{violation.Rule} at {violation.AtSeconds:0.000} s: {violation.Text}");
    }

    /// <summary>As one JSON object.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    private static ImmutableArray<double> Distribution(List<double> values)
    {
        if (values.Count == 0)
            return [];
        values.Sort();
        return [.. new[] { 0.5, 0.9, 0.99, 1 }.Select(p => Math.Round(values[Math.Min(values.Count - 1, (int)(p * values.Count))], 2))];
    }
}
