namespace AkkaHa.Benchmarks.Clustering;

/// <summary>Three processes are started together: how long until each of them sees three members up. The start of the processes is part of it.</summary>
internal static class ClusterFormation
{
    public static async Task<IReadOnlyList<double>> Measure(string rules, int rounds)
    {
        var samples = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            await using var cluster = MemberCluster.Start(rules);
            samples.Add((await cluster.UntilAllUp()).TotalSeconds);
        }

        return samples;
    }
}
