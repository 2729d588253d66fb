using System.Globalization;
using System.Text;
using AkkaHa.Simulation.Runs;

namespace AkkaHa.Cli.Commands;

/// <summary>What a simulation found, for people.</summary>
internal static class SimulationText
{
    public static string Of(SwarmSummary summary, TimeSpan? took = null)
    {
        var text = new StringBuilder();
        void Line(string name, FormattableString value) => text.Append(CultureInfo.InvariantCulture, $"{name,-22}").AppendLine(FormattableString.Invariant(value));
        Line("seeds", $"{summary.Seeds}");
        Line("simulated hours", $"{summary.SimulatedHours:0.00}");
        if (took is { } span)
            Line("took", $"{span.TotalSeconds:0.0} s, {summary.SimulatedHours * 3600 / Math.Max(span.TotalSeconds, 0.001):0} simulated seconds a second");
        Line("events", $"{summary.Steps}");
        Line("commits", $"{summary.Commits}");
        Line("commands acknowledged", $"{summary.Acknowledged}");
        Line("faults", $"{summary.Faults.Values.Sum()}: {string.Join(", ", summary.Faults.Select(f => $"{f.Key} {f.Value}"))}");
        Line("nodes proven dead", $"{summary.Failovers}");
        Line("outage of a VM", $"{Distribution(summary.OutageSeconds)}");
        Line("all well after healing", $"{Distribution(summary.SettledAfterSeconds)}");
        Line("checks", $"{summary.Checks}");
        Line("violations", $"{summary.Violations.Count}");
        foreach (var (seed, violation) in summary.Violations)
            text.AppendLine(CultureInfo.InvariantCulture, $"  seed {seed}: {violation}");
        return text.ToString().TrimEnd();
    }

    public static string Progress(SwarmSummary summary, long seeds, TimeSpan took)
    {
        var part = (double)summary.Seeds / seeds;
        var bar = new string('#', (int)(part * 30)).PadRight(30, '.');
        return string.Create(CultureInfo.InvariantCulture,
            $"\r[{bar}] {summary.Seeds}/{seeds} seeds, {summary.SimulatedHours:0.0} simulated hours, {summary.Violations.Count} violations, {took:hh\\:mm\\:ss} ");
    }

    public static string Of(RunResult failed, string file)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"seed {failed.Plan.Seed}: {failed.Violation!.Rule} at {failed.Violation.AtSeconds:0.000} s: {failed.Violation.Text}");
        text.AppendLine(CultureInfo.InvariantCulture, $"shrunk to {failed.Plan.Faults.Length} faults, {failed.Plan.Operator.Length} commands, {failed.Plan.Vms} VMs on {failed.Plan.Nodes} nodes; again with: akkaha simulate --replay {file} --trace");
        foreach (var line in failed.Tail.TakeLast(60))
            text.AppendLine(line);
        return text.ToString();
    }

    private static string Distribution(IReadOnlyList<double> values) => values.Count == 0
        ? "none"
        : FormattableString.Invariant($"median {values[0]} s, 90 % {values[1]} s, 99 % {values[2]} s, longest {values[3]} s");
}
