namespace AkkaHa.Cli.Tests;

public sealed class SimulateTests
{
    [Fact]
    public async Task Two_processes_print_the_same_trace_for_a_seed()
    {
        var first = await Trace();
        var second = await Trace();
        Assert.Equal(first, second);
        Assert.Contains("FAULT", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seeds_that_are_no_range_are_bad_input()
    {
        var result = await Akkaha.Run(Path.GetTempPath(), "simulate", "--seeds", "five");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("A..B", result.Error, StringComparison.Ordinal);
    }

    private static async Task<string> Trace()
    {
        var result = await Akkaha.Run(Path.GetTempPath(), "simulate", "--seed", "4", "--minutes", "1", "--trace", "--log");
        Assert.Equal(0, result.ExitCode);
        // The last line is the hash of every step of the loop.
        Assert.Contains("trace ", result.Output, StringComparison.Ordinal);
        return result.Output;
    }
}
