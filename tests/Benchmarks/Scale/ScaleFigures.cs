using System.Diagnostics;

namespace AkkaHa.Benchmarks.Scale;

/// <summary>What deciding costs in large clusters.</summary>
internal static class ScaleFigures
{
    private const int Rounds = 9;

    // The runtime compiles what runs often anew, and better.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    /// <summary>Milliseconds from the loss of a node until all that it ran is ordered elsewhere: all decisions, and the new states that they make.</summary>
    public static Task<IReadOnlyList<double>> Recovery(int nodes, int resources, bool isRuled)
    {
        var world = ScaleWorld.Running(nodes, resources, isRuled);
        return Samples(world, static one => one.Recover(1), static one => one.Deciding + one.Applying);
    }

    /// <summary>Milliseconds of decisions until what the nodes have found running is taken over.</summary>
    public static Task<IReadOnlyList<double>> Adoption(int nodes, int resources)
    {
        var world = ScaleWorld.Added(nodes, resources, areRunning: true);
        return Samples(world, static one => one.StartAll(), static one => one.Deciding);
    }

    /// <summary>Milliseconds of decisions until all is started.</summary>
    /// <param name="nodes">How many nodes.</param>
    /// <param name="resources">How many resources.</param>
    /// <param name="isThrottled">Whether a bounded number is started on each node at a time, as configured by default; else all at once.</param>
    public static Task<IReadOnlyList<double>> Start(int nodes, int resources, bool isThrottled)
    {
        var world = ScaleWorld.Added(nodes, resources, areRunning: false);
        return Samples(isThrottled ? world : world.Unthrottled(), static one => one.StartAll(), static one => one.Deciding);
    }

    /// <summary>Megabytes (10^6) that the committed state of so many resources takes.</summary>
    public static Task<IReadOnlyList<double>> Memory(int nodes, int resources)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var state = ScaleWorld.Running(nodes, resources).State;
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(state);
        return Task.FromResult<IReadOnlyList<double>>([(after - before) / 1e6]);
    }

    private static Task<IReadOnlyList<double>> Samples(ScaleWorld world, Action<ScaleWorld> act, Func<ScaleWorld, TimeSpan> cost)
    {
        var samples = new List<double>();
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
            act(world.Copy());
        for (var round = 0; round < Rounds; round++)
        {
            var copy = world.Copy();
            act(copy);
            samples.Add(cost(copy).TotalMilliseconds);
        }

        return Task.FromResult<IReadOnlyList<double>>(samples);
    }
}
