using System.Diagnostics;

namespace AkkaHa.Benchmarks.Clustering;

/// <summary>The process that runs the singleton is killed (SIGKILL): how long until the singleton runs on another one.</summary>
internal static class SingletonFailover
{
    // Failure detectors and the singleton managers must know their normal state first.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public static async Task<IReadOnlyList<double>> Measure(string rules, int rounds)
    {
        var samples = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            await using var cluster = MemberCluster.Start(rules);
            await cluster.UntilAllUp();
            var (first, _) = await cluster.UntilSingletonRuns();
            await Task.Delay(Settling);
            var killedAt = Stopwatch.GetTimestamp();
            first.Kill();
            var (_, runsAt) = await cluster.UntilSingletonRuns();
            samples.Add(Stopwatch.GetElapsedTime(killedAt, runsAt).TotalSeconds);
        }

        return samples;
    }
}
