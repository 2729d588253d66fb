using System.Collections.Immutable;
using System.Text.Json;
using AkkaHa.Simulation.Runs;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha simulate --false-alarms FILE</c>: how often settings take a healthy node for dead.</summary>
internal static class SimulateFalseAlarms
{
    private static readonly JsonSerializerOptions _format = new() { WriteIndented = true };

    public static async Task<int> Run(FileInfo file, ImmutableArray<long> seeds, int? jobs, bool isJson, CancellationToken stop)
    {
        var settings = await File.ReadAllTextAsync(file.FullName, stop).ConfigureAwait(false);
        var counts = await FalseAlarms.Count(settings, Disturbance.All, seeds, jobs ?? Environment.ProcessorCount, stop).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(isJson
            ? JsonSerializer.Serialize(counts.Select(c => new { disturbance = c.Disturbance.ToString(), runs = c.Runs, lost = c.Lost, fenced = c.Fenced }), _format)
            : Text(file.Name, counts)).ConfigureAwait(false);
        return ExitCodes.Ok;
    }

    private static string Text(string name, ImmutableArray<FalseAlarmCount> counts) => string.Join(Environment.NewLine, counts
        .Select(c => FormattableString.Invariant($"{c.Disturbance,-22} {c.Lost,5} of {c.Runs} taken for lost, {c.Fenced} fenced"))
        .Prepend($"{name}: one healthy node of three is disturbed at a drawn moment"));
}
