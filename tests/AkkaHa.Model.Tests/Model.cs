using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AkkaHa.Model.Tests;

/// <summary>The models under <c>tests/model</c>, checked by its runner.</summary>
internal static class Model
{
    /// <summary>Where the tests' source is.</summary>
    public static string TestsFolder { get; } = Path.GetDirectoryName(ThisFile())!;

    private static string Folder { get; } = Path.Combine(TestsFolder, "..", "model");

    /// <summary>Passes if the run ends as the runner's table expects: clean over all states, refused, or its witness reached.</summary>
    public static async Task EndsAsExpected(string name)
    {
        var (code, output) = await Run(name);
        Assert.True(code == 0, output);
    }

    /// <summary>What the runner prints.</summary>
    public static async Task<(int Code, string Output)> Run(string argument)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Folder, "run"), argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
