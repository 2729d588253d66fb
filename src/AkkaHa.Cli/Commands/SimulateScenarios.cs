using System.Text.Json;
using AkkaHa.Simulation.Scenarios;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha simulate FILE…</c>: scenario files on the real actors in virtual time.</summary>
internal static class SimulateScenarios
{
    private static readonly JsonSerializerOptions _format = new() { WriteIndented = true };

    public static async Task<int> Run(FileInfo[] files, long seed, bool isTraced, bool isLogged, bool isJson, CancellationToken stop)
    {
        var results = new List<ScenarioResult>();
        foreach (var file in files)
        {
            stop.ThrowIfCancellationRequested();
            var text = await File.ReadAllTextAsync(file.FullName, stop).ConfigureAwait(false);
            var result = ScenarioRun.Of(text, file.Name, seed, isTraced ? Console.Out.WriteLine : null, isTraced && isLogged ? "INFO" : null);
            results.Add(result);
            if (!isJson)
                await Console.Out.WriteLineAsync(Text(result)).ConfigureAwait(false);
        }

        var failed = results.Count(r => !r.IsAsExpected);
        await Console.Out.WriteLineAsync(isJson
            ? JsonSerializer.Serialize(results.Select(r => new { name = r.Name, asExpected = r.IsAsExpected, differences = r.Differences }), _format)
            : $"{results.Count - failed} as expected, {failed} not").ConfigureAwait(false);
        return failed == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static string Text(ScenarioResult result) => result.IsAsExpected
        ? $"{result.Name}: as expected"
        : string.Join(Environment.NewLine, result.Differences.Select(d => $"  {d}").Prepend($"{result.Name}:"));
}
