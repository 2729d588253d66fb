using Akka.Actor;
using Akka.Configuration;
using Akka.Embedded;
using Akka.Remote.Associations;
using Akka.Remote.Embedded;

namespace Akka.Remote.Tests.Embedded;

/// <summary>Actor systems on simulated machines with a simulated network between them, in virtual time.</summary>
internal sealed class SimulatedCluster
{
    private readonly string _config;

    public SimulatedCluster(long seed, string config = "")
    {
        _config = config;
        Environment = new DeterministicEnvironment(seed);
        Network = new SimulatedNetwork(Environment);
    }

    public DeterministicEnvironment Environment { get; }

    public SimulatedNetwork Network { get; }

    public Dictionary<string, SimulatedNode> Nodes { get; } = [];

    public Dictionary<string, ActorSystem> Systems { get; } = [];

    public Dictionary<string, List<object>> Records { get; } = [];

    public ActorSystem Start(string node)
    {
        var machine = Nodes[node] = Environment.CreateNode(node);
        var config = ConfigurationFactory.ParseString(_config).WithFallback(ConfigurationFactory.ParseString(
            $$"""
            akka {
              actor.provider = remote
              loglevel = OFF
              stdout-loglevel = OFF
              remote.dot-netty.tcp { hostname = {{node}}, port = 2552 }
              remote.retry-gate-closed-for = 1 s
              remote.watch-failure-detector { acceptable-heartbeat-pause = 3 s }
            }
            """));
        return Systems[node] = ActorSystem.Create("sim", BootstrapSetup.Create().WithConfig(config)
            .And(new RuntimeEnvironmentSetup(machine))
            .And(new RemoteNetworkSetup(Network.Node(node, machine))));
    }

    public static IActorRef At(ActorSystem from, string node, string actor) =>
        ((ExtendedActorSystem)from).Provider.ResolveActorRef($"akka.tcp://sim@{node}:2552/user/{actor}");

    public static RemotingCounters CountersOf(ActorSystem system) => RemotingOf(system).Counters;

    public static Remoting RemotingOf(ActorSystem system) => ((RemoteActorRefProvider)((ExtendedActorSystem)system).Provider).Remoting;

    public void RunFor(double seconds) => Environment.RunFor(TimeSpan.FromSeconds(seconds));

    public bool RunUntil(Func<bool> condition, double seconds = 120) => Environment.RunUntil(condition, TimeSpan.FromSeconds(seconds));
}

/// <summary>Keeps what it gets.</summary>
internal sealed class Recorder : UntypedActor
{
    private readonly List<object> _record;

    public Recorder(List<object> record) => _record = record;

    public static (IActorRef Actor, List<object> Record) Start(ActorSystem system, string name = "recorder")
    {
        var record = new List<object>();
        return (system.ActorOf(Props.Create(() => new Recorder(record)), name), record);
    }

    protected override void OnReceive(object message)
    {
        if (message is WatchThis watch)
            Context.Watch(watch.Actor);
        else if (message is "stop")
            Context.Stop(Self);
        else if (message is Identify)
            Sender.Tell(Self);
        else
            _record.Add(message);
    }

    internal sealed record WatchThis(IActorRef Actor);
}
