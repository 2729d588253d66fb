using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Embedded;
using Akka.Remote.Embedded;
using AkkaHa.Cluster.Bootstrap;
using AkkaHa.Cluster.Downing;
using AkkaHa.Cluster.Events;
using AkkaHa.Cluster.Membership;
using AkkaHa.Cluster.StateLog;
using AkkaHa.Core.Downing;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Protocol;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AkkaHa.Cluster.Tests.Simulated;

/// <summary>
/// Nodes with the actors that make a cluster (bootstrap, resolver, replica, observer), as real actor systems under virtual time on a simulated
/// network. A node whose actor system ends starts a new one, as the daemon does. One seed decides a run.
/// </summary>
internal sealed class SimulatedNodes : IDisposable
{
    private const int Port = 4400;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ImmutableSortedDictionary<NodeName, Address> _addresses;
    private readonly ImmutableSortedSet<NodeName> _voters;
    private readonly ImmutableSortedSet<NodeName> _arbiters;
    private readonly string _provider;
    private readonly SortedDictionary<NodeName, SimulatedNode> _machines = [];
    private readonly SortedDictionary<NodeName, ActorSystem> _systems = [];
    private readonly SortedDictionary<NodeName, int> _starts = [];

    public SimulatedNodes(int count, int arbiters = 0, long seed = 1, string provider = VoteMajorityProvider.ClassName)
    {
        _provider = provider;
        Environment = new DeterministicEnvironment(seed);
        Network = new SimulatedNetwork(Environment);
        var names = Enumerable.Range(1, count).Select(i => new NodeName($"n{i}")).ToList();
        _addresses = names.ToImmutableSortedDictionary(n => n, n => new Address("akka.tcp", "akkaha", n.Value, Port));
        _voters = [.. names];
        _arbiters = [.. names.TakeLast(arbiters)];
    }

    public DeterministicEnvironment Environment { get; }

    public SimulatedNetwork Network { get; }

    public IEnumerable<NodeName> Names => _addresses.Keys;

    /// <summary>Everything a node runs beside the actors that make a cluster.</summary>
    public Action<ActorSystem, NodeContext, IActorRef, IActorRef> AlsoStart { get; init; } = (_, _, _, _) => { };

    public Func<NodeContext, NodeContext> Adjust { get; init; } = n => n;

    public static NodeName Name(int number) => new($"n{number}");

    public AkkaCluster this[int number] => AkkaCluster.Get(_systems[Name(number)]);

    public ActorSystem System(NodeName name) => _systems[name];

    /// <summary>How many actor systems a node has had.</summary>
    public int Starts(int number) => _starts[Name(number)];

    public void StartAll()
    {
        foreach (var name in Names)
            Start(name);
    }

    public void Start(NodeName name)
    {
        if (!_machines.TryGetValue(name, out var machine) || machine.IsDead)
        {
            _machines[name] = machine = Environment.CreateNode(name.Value);
            Network.PowerOn(name.Value);
        }

        var node = Adjust(ContextOf(name, machine));
        var setup = BootstrapSetup.Create().WithConfig(Configuration(name))
            .And(new NodeSetup(node)).And(new RuntimeEnvironmentSetup(machine)).And(new RemoteNetworkSetup(Network.Node(name.Value, machine)));
        var system = ActorSystem.Create("akkaha", setup);
        _systems[name] = system;
        _starts[name] = _starts.GetValueOrDefault(name) + 1;
        var events = system.ActorOf(Props.Create(() => new EventLog(name)), ActorNames.Events);
        var membership = system.ActorOf(Props.Create(() => new MembershipObserver(node, events)), ActorNames.Membership);
        system.ActorOf(Props.Create(() => new ResolverDoor()), ActorNames.Resolver);
        system.ActorOf(Props.Create(() => new ReplicaActor(node, ActorRefs.Nobody)), ActorNames.Replica);
        system.ActorOf(Props.Create(() => new BootstrapActor(node, membership)), ActorNames.Bootstrap);
        AlsoStart(system, node, events, membership);
    }

    public void PowerOff(int number)
    {
        _machines[Name(number)].Kill();
        Network.PowerOff($"n{number}");
        _systems.Remove(Name(number));
    }

    public void Freeze(int number) => _machines[Name(number)].Freeze();

    public void Thaw(int number) => _machines[Name(number)].Thaw();

    public void Cut(int one, int other)
    {
        Network.Cut($"n{one}", $"n{other}");
        Network.Cut($"n{other}", $"n{one}");
    }

    public void Partition(int[] left, int[] right) => Network.Partition([.. left.Select(n => $"n{n}")], [.. right.Select(n => $"n{n}")]);

    /// <summary>Lets virtual time pass until a condition holds; nodes whose actor system ended start anew meanwhile.</summary>
    public TimeSpan Await(Func<bool> condition, string what)
    {
        var start = Environment.Elapsed;
        while (!condition())
        {
            Assert.True(
                Environment.Elapsed - start < Patience,
                $"Within {Patience.TotalSeconds} s of virtual time it did not come to it that {what} (seed {Environment.Seed}).\n{this}");
            Pass(0.1);
        }

        return Environment.Elapsed - start;
    }

    public void Pass(double seconds)
    {
        for (var left = seconds; left > 0.001; left -= 0.1)
        {
            Environment.RunFor(TimeSpan.FromSeconds(Math.Min(left, 0.1)));
            foreach (var (name, system) in _systems.Where(s => s.Value.WhenTerminated.IsCompleted).ToList())
                Start(name);
        }
    }

    /// <summary>Whether these, and only these, are one cluster: each sees all of them up and in reach, and nobody else.</summary>
    public bool AreCluster(params int[] numbers) => numbers.All(n => this[n].State is { Unreachable.IsEmpty: true } state
        && state.Members.Count == numbers.Length
        && numbers.All(o => state.Members.Any(m => m.Status == MemberStatus.Up && m.UniqueAddress == this[o].SelfUniqueAddress)));

    public override string ToString() => $"At {Environment.Elapsed}:\n" + string.Join("\n", _systems.Select(s =>
        $"{s.Key} (start {_starts[s.Key]}): [{string.Join(' ', AkkaCluster.Get(s.Value).State.Members.Select(m => $"{m.Address.Host}:{m.Status}"))}] unreachable "
        + $"[{string.Join(' ', AkkaCluster.Get(s.Value).State.Unreachable.Select(m => m.Address.Host))}]"));

    public void Dispose()
    {
        foreach (var machine in _machines.Values)
            machine.Kill();
    }

    private NodeContext ContextOf(NodeName name, SimulatedNode machine)
    {
        var chance = machine.CreateRandom("uuids");
        var reigns = 0L;
        return TestNode.Context() with
        {
            Self = name,
            Nodes = _addresses,
            Voters = _voters,
            Arbiters = _arbiters,
            Identity = $"machine-{name}",
            NewSession = () => new Session(new Boot(name, new BootId($"boot-{name}")), machine.Time.GetTimestamp()),
            FenceLevels = ImmutableSortedDictionary<NodeName, ImmutableList<ImmutableList<IFenceDevice>>>.Empty,
            NewUuid = () =>
            {
                var bytes = new byte[16];
                chance.NextBytes(bytes);
                return new Guid(bytes);
            },
            NewReign = () => machine.Time.GetTimestamp() + ++reigns,
            Times = ClusterTimes.Default,
            Resolver = ResolverSettings.Default,
        };
    }

    private Config Configuration(NodeName name) => ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          loggers = []
          actor.provider = cluster
          remote.dot-netty.tcp { hostname = {{name}}, port = {{Port}} }
          remote.retry-gate-closed-for = 0.5s
          persistence.journal.plugin = "akka.persistence.journal.inmem"
          persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
          coordinated-shutdown { exit-clr = off, run-by-clr-shutdown-hook = off, terminate-actor-system = on }
          cluster {
            log-info = off
            roles = [voter{{(_arbiters.Contains(name) ? ", arbiter" : ", crm")}}]
            downing-provider-class = "{{_provider}}"
            run-coordinated-shutdown-when-down = on
            split-brain-resolver {
              active-strategy = static-quorum, stable-after = 2s, down-all-when-unstable = off
              static-quorum { quorum-size = {{_voters.Count / 2 + 1}}, role = voter }
            }
            periodic-tasks-initial-delay = 0.2s
            gossip-interval = 0.2s
            leader-actions-interval = 0.2s
            unreachable-nodes-reaper-interval = 0.2s
            allow-weakly-up-members = off
            failure-detector {
              implementation-class = "Akka.Remote.DeadlineFailureDetector, Akka.Remote"
              heartbeat-interval = 0.5s
              acceptable-heartbeat-pause = 2s
              expected-response-after = 0.5s
              monitored-by-nr-of-members = {{Math.Max(2, _addresses.Count)}}
            }
          }
        }
        """).WithFallback(ConfigurationFactory.ParseString(AkkaHaSerializer.Configuration));
}
