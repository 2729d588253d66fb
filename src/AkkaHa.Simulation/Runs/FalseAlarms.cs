using System.Collections.Immutable;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Simulation.Faults;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Runs;

/// <summary>Something that a healthy node goes through and that should not cost it its place.</summary>
/// <param name="Kind"><see cref="FaultKind.Freeze"/> or <see cref="FaultKind.Loss"/>.</param>
/// <param name="Seconds">How long it lasts.</param>
/// <param name="Loss">The part of its frames that is lost, from 0 to 1; 0 for a freeze.</param>
public sealed record Disturbance(FaultKind Kind, double Seconds, double Loss)
{
    /// <summary>Freezes and losses from what every network knows to what none tolerates.</summary>
    public static ImmutableArray<Disturbance> All { get; } =
    [
        .. from seconds in new[] { 0.5, 1, 1.5, 2, 3, 4, 6 } select new Disturbance(FaultKind.Freeze, seconds, 0),
        .. from loss in new[] { 0.1, 0.3, 0.5 } select new Disturbance(FaultKind.Loss, 10, loss),
    ];

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        Loss > 0 ? $"{Loss * 100:0} % loss for {Seconds:0.#} s" : (FormattableString)$"frozen for {Seconds:0.#} s");
}

/// <summary>How often a disturbance of one node of three was taken for its death.</summary>
/// <param name="Disturbance">What the node went through.</param>
/// <param name="Runs">How often it was tried, each time with another seed, node and moment.</param>
/// <param name="Lost">In how many runs a node was taken for lost.</param>
/// <param name="Fenced">In how many runs a node was fenced for it.</param>
public sealed record FalseAlarmCount(Disturbance Disturbance, int Runs, int Lost, int Fenced);

/// <summary>
/// Measures how often settings take a healthy node for dead: the real actors on three simulated machines, one of them disturbed at a drawn moment.
/// </summary>
public static class FalseAlarms
{
    private static readonly TimeSpan FormedWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(15);

    /// <summary>Counts for many disturbances, several at a time. Each run is a world of its own on one thread.</summary>
    /// <param name="settings">A node's settings over the defaults, as HOCON.</param>
    /// <param name="disturbances">What one node goes through.</param>
    /// <param name="seeds">The seeds, one run each.</param>
    /// <param name="jobs">How many disturbances at a time.</param>
    /// <param name="stop">Ends it early, between two runs.</param>
    /// <exception cref="InvalidOperationException">A cluster did not form.</exception>
    public static async Task<ImmutableArray<FalseAlarmCount>> Count(
        string settings, ImmutableArray<Disturbance> disturbances, ImmutableArray<long> seeds, int jobs, CancellationToken stop)
    {
        var counts = new FalseAlarmCount[disturbances.Length];
        var next = -1;
        void Work()
        {
            for (var at = Interlocked.Increment(ref next); at < disturbances.Length; at = Interlocked.Increment(ref next))
                counts[at] = Count(settings, disturbances[at], seeds.TakeWhile(_ => !stop.IsCancellationRequested));
        }

        // A run never waits: it needs a thread of its own for as long as it lasts.
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => Task.Factory.StartNew(
            Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        return [.. counts];
    }

    /// <summary>Counts for one disturbance.</summary>
    /// <param name="settings">A node's settings over the defaults, as HOCON.</param>
    /// <param name="disturbance">What one node goes through.</param>
    /// <param name="seeds">The seeds, one run each.</param>
    /// <exception cref="InvalidOperationException">A cluster did not form.</exception>
    public static FalseAlarmCount Count(string settings, Disturbance disturbance, IEnumerable<long> seeds)
    {
        var (runs, lost, fenced) = (0, 0, 0);
        foreach (var seed in seeds)
        {
            var (isLost, isFenced) = Disturb(settings, disturbance, seed);
            runs++;
            lost += isLost ? 1 : 0;
            fenced += isFenced ? 1 : 0;
        }

        return new FalseAlarmCount(disturbance, runs, lost, fenced);
    }

    private static (bool Lost, bool Fenced) Disturb(string settings, Disturbance disturbance, long seed)
    {
        ImmutableSortedSet<NodeName> nodes = [.. Enumerable.Range(1, 3).Select(n => new NodeName(Swarm.Node(n)))];
        var world = new SimulatedWorld(new WorldSettings { Seed = seed, Nodes = nodes, OwnFile = settings });
        var client = new OperatorClient(world);
        world.PowerOn();
        if (!world.RunUntil(() => client.Status(nodes[0]) is { IsStale: false } status && status.Nodes.Count(n => n.Condition == "online") == nodes.Count, FormedWithin))
            throw new InvalidOperationException(FormattableString.Invariant($"seed {seed}: no cluster formed within {FormedWithin.TotalSeconds} s"));
        foreach (var number in Enumerable.Range(101, 3))
            client.Submit(nodes[0], new AddResource(OperatorClient.Definition(ResourceId.Vm(number), 512), RequestedState.Started));
        var (lost, fenced) = (false, false);
        world.Oracles.OnCommitted = entry =>
        {
            lost |= entry.Command is LoseNode;
            fenced |= entry.Command is StartFence;
        };
        world.RunFor(TimeSpan.FromSeconds(5) + world.Chance.Span(TimeSpan.Zero, TimeSpan.FromSeconds(2)));
        Begin(world, world.Chance.Of([.. nodes]), disturbance);
        world.RunFor(TimeSpan.FromSeconds(disturbance.Seconds) + Aftermath);
        foreach (var machine in world.Machines.Values)
            machine.Daemon?.Kill();
        return (lost, fenced);
    }

    private static void Begin(SimulatedWorld world, NodeName node, Disturbance disturbance)
    {
        var faults = new FaultInjector(world) { LossOfLinks = disturbance.Loss };
        faults.Schedule(new Fault(disturbance.Kind, 0, disturbance.Seconds, [node.Value]));
    }
}
