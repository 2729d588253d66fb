using System.Runtime.CompilerServices;
using AkkaHa.Simulation.Runs;
using Xunit.Abstractions;

namespace AkkaHa.Simulation.Tests.Runs;

/// <summary>Plans that once broke a rule, each shrunk to what it takes. The file's name says what was wrong.</summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder(), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_mended_stays_mended(string name)
    {
        var result = Run.Of(RunPlan.FromJson(File.ReadAllText(Path.Combine(Folder(), name + ".json"))));
        foreach (var line in result.Tail)
            output.WriteLine(line);
        Assert.True(result.Violation is null, result.Violation?.ToString());
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "replays");
}
