using System.Text.RegularExpressions;

namespace AkkaHa.Model.Tests;

public sealed partial class RunnerTests
{
    [Fact]
    public async Task Every_run_of_the_models_is_a_test_here()
    {
        var (code, listed) = await Model.Run("--list");

        var known = listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).ToHashSet();
        var tested = Directory.EnumerateFiles(Model.TestsFolder, "*ModelTests.cs").SelectMany(file => Names().Matches(File.ReadAllText(file))).Select(m => m.Groups[1].Value);
        Assert.Equal(0, code);
        Assert.True(known.SetEquals(tested), string.Join(", ", known.Except(tested)));
    }

    [SpinFact]
    public async Task A_run_that_nobody_knows_is_refused()
    {
        var (code, output) = await Model.Run("no-such-run");

        Assert.Equal(1, code);
        Assert.Contains("no-such-run is no run of the models", output);
    }

    [GeneratedRegex("EndsAsExpected\\(\"([a-z-]+)\"\\)")]
    private static partial Regex Names();
}
