using System.Diagnostics;

namespace Akka.Persistence.Sql.Tests;

/// <summary>Runs <see cref="Program"/> in a process of its own and kills it in the midst of its writing.</summary>
internal static class WriterProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Every event that the process saw acknowledged before it was killed: persistence id and sequence number.</summary>
    public static List<(string PersistenceId, long SequenceNr)> KillAfter(int events, string providerName, string connectionString, int ledgers)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { typeof(Program).Assembly.Location, providerName, connectionString, ledgers.ToString() },
        };
        using var process = Process.Start(start)!;
        var acknowledged = new List<(string, long)>();
        using var deadline = new CancellationTokenSource(Patience);
        using var _ = deadline.Token.Register(() => process.Kill());
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Split(' ') is not [var persistenceId, var sequenceNr, _] || !long.TryParse(sequenceNr, out var number)) continue;
            acknowledged.Add((persistenceId, number));
            // SIGKILL: nothing is flushed, closed or finished.
            if (acknowledged.Count == events) process.Kill();
        }

        process.WaitForExit();
        Assert.True(acknowledged.Count >= events, $"The writer ended by itself after {acknowledged.Count} of {events} events, with exit code {process.ExitCode}.");
        return acknowledged;
    }
}
