using Akka.Actor;
using Akka.Configuration;
using Akka.Embedded;
using Akka.Remote.Embedded;

namespace Akka.Cluster.Tests.Simulated;

/// <summary>Nodes under virtual time on a simulated network. One seed decides a run.</summary>
internal sealed class SimulatedCluster : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Config Quick = ConfigurationFactory.ParseString("""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          loggers = []
          actor.provider = cluster
          remote.dot-netty.tcp.port = 2552
          cluster {
            log-info = off
            downing-provider-class = ""
            periodic-tasks-initial-delay = 0.2s
            gossip-interval = 0.2s
            leader-actions-interval = 0.2s
            unreachable-nodes-reaper-interval = 0.2s
            allow-weakly-up-members = off
            failure-detector {
              implementation-class = "Akka.Remote.DeadlineFailureDetector, Akka.Remote"
              heartbeat-interval = 0.5s
              acceptable-heartbeat-pause = 2s
            }
          }
        }
        """);

    private readonly Config _config;
    private readonly Dictionary<string, SimulatedNode> _machines = [];
    private readonly Dictionary<string, Cluster> _running = [];

    public SimulatedCluster(long seed, string settings = "")
    {
        Environment = new DeterministicEnvironment(seed);
        Network = new SimulatedNetwork(Environment);
        _config = ConfigurationFactory.ParseString(settings).WithFallback(Quick);
    }

    public static string Strategy(string name, string more = "") => $$"""
        akka.cluster {
          downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
          split-brain-resolver { active-strategy = {{name}}, stable-after = 2s, down-all-when-unstable = off }
        }
        {{more}}
        """;

    public static string StaticQuorum(int size) => Strategy("static-quorum", $"akka.cluster.split-brain-resolver.static-quorum.quorum-size = {size}");

    public DeterministicEnvironment Environment { get; }

    public SimulatedNetwork Network { get; }

    public IReadOnlyDictionary<string, Cluster> Running => _running;

    public Cluster this[string name] => _running[name];

    /// <summary>Starts an actor system on a machine; one that ran there before is given up.</summary>
    public Cluster Start(string name)
    {
        if (!_machines.TryGetValue(name, out var machine) || machine.IsDead) _machines[name] = machine = Environment.CreateNode(name);
        var config = ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp.hostname = {name}").WithFallback(_config);
        var setup = BootstrapSetup.Create().WithConfig(config).And(new RuntimeEnvironmentSetup(machine)).And(new RemoteNetworkSetup(Network.Node(name, machine)));
        return _running[name] = Cluster.Get(ActorSystem.Create("ha", setup));
    }

    /// <summary>Starts nodes n1, n2… and waits until all see all up.</summary>
    public string[] Form(int count)
    {
        var names = Enumerable.Range(1, count).Select(n => $"n{n}").ToArray();
        foreach (var name in names) Start(name);
        foreach (var name in names) this[name].Join(this[names[0]].SelfAddress);
        Await(() => AllUp(names), $"{count} nodes are up");
        return names;
    }

    public SimulatedNode Machine(string name) => _machines[name];

    /// <summary>Cuts the power of a machine.</summary>
    public void PowerOff(string name)
    {
        _machines[name].Kill();
        Network.PowerOff(name);
        _running.Remove(name);
    }

    /// <summary>Lets virtual time pass until a condition holds.</summary>
    public TimeSpan Await(Func<bool> condition, string what)
    {
        var start = Environment.Elapsed;
        Assert.True(Environment.RunUntil(condition, Patience), $"Within {Patience.TotalSeconds} s of virtual time it did not come to it that {what} (seed {Environment.Seed}).\n{this}");
        return Environment.Elapsed - start;
    }

    public void Pass(double seconds) => Environment.RunFor(TimeSpan.FromSeconds(seconds));

    /// <summary>Whether each of these sees exactly these, all up and in reach, and all agree that all have seen it.</summary>
    public bool AllUp(params string[] names) => names.All(name => this[name].State is { Unreachable.IsEmpty: true } state
        && state.Members.Count == names.Length
        && names.All(o => state.Members.Any(m => m.Status == MemberStatus.Up && m.UniqueAddress == this[o].SelfUniqueAddress)));

    public bool HasEnded(string name) => this[name].System.WhenTerminated.IsCompleted;

    public override string ToString() => $"At {Environment.Elapsed}:\n" + string.Join("\n", _running.Select(n =>
        $"{n.Key}{(n.Value.IsTerminated ? " (cluster ended)" : "")}{(n.Value.System.WhenTerminated.IsCompleted ? " (system ended)" : "")}: {Short(n.Value.ReadView)}"));

    public void Dispose()
    {
        foreach (var machine in _machines.Values) machine.Kill();
    }

    private static string Short(MembershipState state) =>
        $"[{string.Join(' ', state.Gossip.Members.Select(m => $"{m.Address.Host}:{m.Status}{(state.Gossip.SeenByNode(m.UniqueAddress) ? "*" : "")}"))}] "
        + $"unreachable [{string.Join(' ', state.Gossip.Reachability.Records.GroupBy(r => r.Observer.Address.Host).Select(g => $"{g.Key}->{string.Join(',', g.Select(r => r.Subject.Address.Host))}"))}], leader {state.Leader?.Address.Host}";
}
