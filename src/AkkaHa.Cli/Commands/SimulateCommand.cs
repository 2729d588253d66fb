using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using AkkaHa.Simulation.Faults;
using AkkaHa.Simulation.Runs;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha simulate</c>: whole clusters in this process, in virtual time, broken on purpose.</summary>
internal static class SimulateCommand
{
    private static readonly Option<string?> _seeds = new("--seeds") { Description = "Which seeds, A..B." };
    private static readonly Option<long?> _seed = new("--seed") { Description = "One seed." };
    private static readonly Option<int?> _nodes = new("--nodes") { Description = "How many nodes; each seed draws its own if it is not given." };
    private static readonly Option<int?> _vms = new("--vms") { Description = "How many VMs; each seed draws its own if it is not given." };
    private static readonly Option<double?> _hours = new("--hours") { Description = "Simulated hours of faults for each seed." };
    private static readonly Option<double?> _minutes = new("--minutes") { Description = "The same in minutes; 5 if neither is given." };
    private static readonly Option<string?> _faults = new("--faults") { Description = $"Kinds of faults, separated by commas: {string.Join(", ", Enum.GetValues<FaultKind>().Select(Name))}." };
    private static readonly Option<int?> _jobs = new("--jobs") { Description = "How many seeds at a time; as many as there are processors if it is not given." };
    private static readonly Option<bool> _trace = new("--trace") { Description = "Print what happens; with --seed or --replay." };
    private static readonly Option<bool> _log = new("--log") { Description = "With --trace: also what the actors log." };
    private static readonly Option<bool> _json = new("--json") { Description = "The summary as one JSON object." };
    private static readonly Option<FileInfo?> _replay = new("--replay") { Description = "Run a saved plan again." };
    private static readonly Option<DirectoryInfo?> _save = new("--save") { Description = "Where the plans of failing seeds are saved; this folder if it is not given." };
    private static readonly Option<FileInfo?> _falseAlarms = new("--false-alarms")
    {
        Description = "Measure how often a node that only stands still, or loses frames, is taken for dead with the settings of this file.",
    };

    private static readonly Option<int> _shrink = new("--shrink") { Description = "How many runs a failing seed may be shrunk with.", DefaultValueFactory = _ => 60 };
    private static readonly Option<int> _stopAfter = new("--stop-after") { Description = "Stop after so many violations.", DefaultValueFactory = _ => 1 };

    private static readonly Argument<FileInfo[]> _scenarios = new("scenarios")
    {
        Description = "Scenario files: a small cluster, what happens to it, and where everything must stand at the end.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create()
    {
        var command = new Command("simulate", "Run whole clusters in virtual time under seeded faults and check the safety rules after every event.")
        {
            _scenarios, _falseAlarms, _seeds, _seed, _nodes, _vms, _hours, _minutes, _faults, _jobs, _trace, _log, _json, _replay, _save, _shrink, _stopAfter,
        };
        command.SetAction((parsed, stop) => CommandRunner.Run(() => Simulate(parsed, stop)));
        return command;
    }

    private static async Task<int> Simulate(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(_scenarios) is { Length: > 0 } scenarios)
            return await SimulateScenarios.Run(scenarios, parsed.GetValue(_seed) ?? 1, parsed.GetValue(_trace), parsed.GetValue(_log), parsed.GetValue(_json), stop).ConfigureAwait(false);
        if (parsed.GetValue(_falseAlarms) is { } file)
            return await SimulateFalseAlarms.Run(file, [.. Range(Seeds(parsed.GetValue(_seeds) ?? "1..200"))], parsed.GetValue(_jobs), parsed.GetValue(_json), stop).ConfigureAwait(false);
        if (parsed.GetValue(_replay) is { } replay)
            return Single(RunPlan.FromJson(await File.ReadAllTextAsync(replay.FullName, stop).ConfigureAwait(false)), parsed);
        var options = new SwarmOptions
        {
            Nodes = parsed.GetValue(_nodes) is { } nodes ? InRange(nodes, "--nodes", 1, 31) : null,
            Vms = parsed.GetValue(_vms) is { } vms ? InRange(vms, "--vms", 1, 1000) : null,
            SafetySeconds = parsed.GetValue(_hours) is { } hours ? hours * 3600 : (parsed.GetValue(_minutes) ?? 5) * 60,
            Faults = Kinds(parsed.GetValue(_faults)),
        };
        if (parsed.GetValue(_seed) is { } seed)
            return Single(Swarm.Draw(seed, options), parsed);
        return await Many(Seeds(parsed.GetValue(_seeds) ?? "1..100"), options, parsed, stop).ConfigureAwait(false);
    }

    private static int Single(RunPlan plan, ParseResult parsed)
    {
        var isTraced = parsed.GetValue(_trace);
        var result = Run.Of(plan, isTraced ? Console.Out.WriteLine : null, isTraced && parsed.GetValue(_log) ? "INFO" : null);
        var summary = new SwarmSummary();
        summary.Add(result);
        Console.Out.WriteLine(parsed.GetValue(_json) ? summary.ToJson() : SimulationText.Of(summary));
        Console.Out.WriteLine($"trace {result.Hash}");
        return result.Violation is null ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static async Task<int> Many((long From, long To) seeds, SwarmOptions options, ParseResult parsed, CancellationToken stop)
    {
        var clock = SystemClock.Instance;
        var began = clock.GetTimestamp();
        var summary = new SwarmSummary();
        var failed = new List<RunResult>();
        var jobs = InRange(parsed.GetValue(_jobs) ?? Environment.ProcessorCount, "--jobs", 1, 256);
        var isTold = !parsed.GetValue(_json) && !Console.IsErrorRedirected;
        await SwarmRun.Of(Range(seeds.From, seeds.To), options, jobs, result =>
        {
            summary.Add(result);
            if (result.Violation is not null)
                failed.Add(result);
            if (isTold)
                Console.Error.Write(SimulationText.Progress(summary, seeds.To - seeds.From + 1, clock.GetElapsedTime(began)));
            return failed.Count < parsed.GetValue(_stopAfter);
        }, stop).ConfigureAwait(false);
        if (isTold)
            await Console.Error.WriteLineAsync().ConfigureAwait(false);
        await Console.Out.WriteLineAsync(parsed.GetValue(_json) ? summary.ToJson() : SimulationText.Of(summary, clock.GetElapsedTime(began))).ConfigureAwait(false);
        foreach (var result in failed)
            await Save(result, parsed).ConfigureAwait(false);
        return failed.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static async Task Save(RunResult failed, ParseResult parsed)
    {
        var smallest = Shrinker.Shrink(failed, parsed.GetValue(_shrink));
        var folder = parsed.GetValue(_save)?.FullName ?? Directory.GetCurrentDirectory();
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"simulation-{smallest.Plan.Seed}.json"));
        await File.WriteAllTextAsync(file, smallest.Plan.ToJson()).ConfigureAwait(false);
        await Console.Error.WriteLineAsync(SimulationText.Of(smallest, file)).ConfigureAwait(false);
    }

    private static IEnumerable<long> Range((long From, long To) seeds) => Range(seeds.From, seeds.To);

    private static IEnumerable<long> Range(long from, long to)
    {
        for (var seed = from; seed <= to; seed++)
            yield return seed;
    }

    private static (long From, long To) Seeds(string text)
    {
        var parts = text.Split("..");
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var from)
            && long.TryParse(parts[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out var to) && from <= to
            ? (from, to)
            : throw new FormatException($"--seeds is '{text}'; expected A..B, for example 1..1000.");
    }

    private static ImmutableArray<FaultKind> Kinds(string? text) => text is null
        ? []
        : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(word => Enum.GetValues<FaultKind>().Where(k => Name(k) == word).Select(k => (FaultKind?)k).FirstOrDefault()
            ?? throw new FormatException($"--faults has '{word}'; expected one of {string.Join(", ", Enum.GetValues<FaultKind>().Select(Name))}."))];

    private static string Name(FaultKind kind) =>
        string.Concat(kind.ToString().Select((c, n) => char.IsUpper(c) && n > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static int InRange(int value, string option, int min, int max) =>
        value >= min && value <= max ? value : throw new FormatException(FormattableString.Invariant($"{option} is {value}; expected {min} to {max}."));
}
