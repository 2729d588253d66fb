using System.Collections.Immutable;
using Akka.Embedded;
using Akka.Remote.Embedded;
using AkkaHa.Core.Model;
using AkkaHa.Simulation.Devices;
using AkkaHa.Simulation.Oracles;

namespace AkkaHa.Simulation.World;

/// <summary>
/// A whole cluster in this process: the real actors on simulated machines, in virtual time, on one thread. Everything that happens follows
/// from the seed, and the oracles look at everything that happens.
/// </summary>
internal sealed class SimulatedWorld
{
    private readonly Dictionary<ResourceId, GuestBehaviour> _behaviours = [];
    private readonly GuestBehaviour _wellBehaved = new();

    /// <param name="settings">What it is made of.</param>
    /// <param name="sink">Gets every line of the trace; null for none.</param>
    public SimulatedWorld(WorldSettings settings, Action<string>? sink = null)
    {
        Settings = settings;
        Environment = new DeterministicEnvironment(settings.Seed);
        Trace = new Trace(() => Environment.Elapsed, sink);
        if (settings.HashSteps)
            Environment.Trace = Trace.AddToHash;
        Loop = new Coroutines(Environment);
        Network = new SimulatedNetwork(Environment);
        Chance = new Chance(settings.Seed, "world");
        Configuration = new WorldConfiguration(settings);
        Oracles = new OracleBoard(this);
        Machines = settings.Nodes.ToImmutableSortedDictionary(n => n, n => new Machine(this, n));
    }

    public WorldSettings Settings { get; }

    public DeterministicEnvironment Environment { get; }

    public SimulatedNetwork Network { get; }

    public Links Links => field ??= new Links(this);

    /// <summary>The world outside of the machines.</summary>
    public Coroutines Loop { get; }

    public Chance Chance { get; }

    public Trace Trace { get; }

    public WorldConfiguration Configuration { get; }

    public OracleBoard Oracles { get; }

    public ImmutableSortedDictionary<NodeName, Machine> Machines { get; }

    public TimeSpan Elapsed => Environment.Elapsed;

    public Machine Machine(NodeName node) => Machines[node];

    public GuestBehaviour BehaviourOf(ResourceId id) => _behaviours.GetValueOrDefault(id, _wellBehaved);

    public void Misbehave(ResourceId id, GuestBehaviour behaviour) => _behaviours[id] = behaviour;

    /// <summary>Switches every machine on.</summary>
    public void PowerOn()
    {
        foreach (var machine in Machines.Values)
            machine.PowerOn();
    }

    /// <summary>Lets time pass, or stops at the first violation.</summary>
    /// <returns>False if there is a violation.</returns>
    public bool RunFor(TimeSpan span)
    {
        Environment.RunUntil(() => Oracles.Violation is not null, span);
        return Oracles.Violation is null;
    }

    /// <summary>Lets time pass until a condition holds, or a violation happens.</summary>
    /// <param name="condition">Looked at every so often.</param>
    /// <param name="atMost">How long.</param>
    /// <returns>Whether it holds.</returns>
    public bool RunUntil(Func<bool> condition, TimeSpan atMost)
    {
        var step = TimeSpan.FromMilliseconds(100);
        for (var end = Elapsed + atMost; Elapsed < end && RunFor(step);)
        {
            if (condition())
                return true;
        }

        return false;
    }

    /// <summary>Where a resource's guest runs now.</summary>
    public ImmutableList<NodeName> RunningOn(ResourceId id) =>
        [.. Machines.Values.Where(m => m.Guests.TryGetValue(id, out var g) && g.State == AkkaHa.Devices.Hypervisors.RunState.Running).Select(m => m.Name)];
}
