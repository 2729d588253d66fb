using System.Text.Json;

namespace AkkaHa.Benchmarks.Quick;

/// <summary>The mode without BenchmarkDotNet: a few minutes for everything, one line of JSON a figure.</summary>
internal static class QuickRun
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    /// <summary>Measures what is named, or everything. The value is the median of the samples; the other fields say how far they lay apart.</summary>
    /// <returns>The exit code: 0 if every figure could be measured.</returns>
    public static async Task<int> Run(IReadOnlyCollection<string> names)
    {
        var unknown = names.Where(name => QuickFigures.All.All(figure => !IsMeant(figure, name))).ToArray();
        if (unknown.Length > 0)
        {
            Console.Error.WriteLine($"No figure is called {string.Join(", ", unknown)}. There are: {string.Join(", ", QuickFigures.All.Select(figure => figure.Name))}.");
            return 2;
        }

        var failed = 0;
        foreach (var figure in QuickFigures.All.Where(figure => names.Count == 0 || names.Any(name => IsMeant(figure, name))))
        {
            if (!await TryMeasure(figure))
                failed++;
        }

        return failed == 0 ? 0 : 1;
    }

    private static bool IsMeant(QuickFigure figure, string name) => figure.Name == name || figure.Name.StartsWith(name + "-", StringComparison.Ordinal);

    private static async Task<bool> TryMeasure(QuickFigure figure)
    {
        try
        {
            // What one figure has left behind must not be collected in the next one's time.
            GC.Collect();
            var samples = (await Task.Run(figure.Measure).WaitAsync(Longest)).Order().ToArray();
            var (worst, best) = figure.MoreIsBetter ? (samples[0], samples[^1]) : (samples[^1], samples[0]);
            Print(new
            {
                figure = figure.Name,
                value = Rounded((samples[(samples.Length - 1) / 2] + samples[samples.Length / 2]) / 2),
                unit = figure.Unit,
                best = Rounded(best),
                worst = Rounded(worst),
                samples = samples.Length,
            });
            return true;
        }
        catch (Exception failure)
        {
            Print(new { figure = figure.Name, value = (double?)null, unit = figure.Unit, error = $"{failure.GetType().Name}: {failure.Message}" });
            return false;
        }
    }

    private static void Print(object line)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(line));
        Console.Out.Flush();
    }

    private static double Rounded(double value) => Math.Abs(value) >= 1000 ? Math.Round(value) : Math.Round(value, 3);
}
