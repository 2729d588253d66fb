using System.Diagnostics;
using System.Text;

namespace AkkaHa.Cli.Tests;

/// <summary>Runs the real command as a process of its own, as an administrator would.</summary>
internal static class Akkaha
{
    public sealed record Result(int ExitCode, string Output, string Error);

    public static string Program => Path.Combine(AppContext.BaseDirectory, "akkaha");

    public static async Task<Result> Run(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new Xunit.Sdk.XunitException($"akkaha {string.Join(' ', arguments)} did not end within four minutes.\n{await output}\n{await error}");
        }

        return new Result(process.ExitCode, await output, await error);
    }

    public static Process Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
