using System.Collections.Concurrent;

namespace AkkaHa.Simulation.Runs;

/// <summary>Carries out many seeds, several at a time. Each run is a world of its own on one thread.</summary>
public static class SwarmRun
{
    /// <summary>Carries out seeds and gives their results back as they come.</summary>
    /// <param name="seeds">The seeds.</param>
    /// <param name="options">What their plans are drawn by.</param>
    /// <param name="jobs">How many at a time.</param>
    /// <param name="onResult">Told of each result, one at a time; false ends the whole run.</param>
    /// <param name="stop">Ends it early.</param>
    public static async Task Of(
        IEnumerable<long> seeds, SwarmOptions options, int jobs, Func<RunResult, bool> onResult, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var left = new BlockingCollection<long>(new ConcurrentQueue<long>(seeds));
        left.CompleteAdding();
        var gate = new Lock();
        void Work()
        {
            while (!ended.IsCancellationRequested && left.TryTake(out var seed))
            {
                var result = Run.Of(Swarm.Draw(seed, options));
                lock (gate)
                {
                    if (!ended.IsCancellationRequested && !onResult(result))
                        ended.Cancel();
                }
            }
        }

        // A run never waits: it needs a thread of its own for as long as it lasts.
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => Task.Factory.StartNew(
            Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
    }
}
