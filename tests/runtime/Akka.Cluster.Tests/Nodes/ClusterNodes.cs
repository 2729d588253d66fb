using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tests.Nodes;

/// <summary>Real nodes have real deadlines, which other specs that keep all cores busy would break.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RealTime
{
    public const string Name = "real time";
}

/// <summary>Several actor systems in this process, each a node on loopback with AkkaHa's quick settings.</summary>
[Collection(RealTime.Name)]
public abstract class ClusterNodes : IAsyncLifetime
{
    /// <summary>Far longer than anything takes on a busy machine; only a failing test waits so long.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Config Quick = ConfigurationFactory.ParseString("""
        akka {
          loglevel = WARNING
          stdout-loglevel = WARNING
          actor.provider = cluster
          remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
          cluster {
            log-info = off
            downing-provider-class = ""
            periodic-tasks-initial-delay = 0.05s
            gossip-interval = 0.2s
            leader-actions-interval = 0.2s
            unreachable-nodes-reaper-interval = 0.2s
            allow-weakly-up-members = off
            failure-detector {
              implementation-class = "Akka.Remote.DeadlineFailureDetector, Akka.Remote"
              heartbeat-interval = 0.2s
              acceptable-heartbeat-pause = 1.5s
            }
          }
        }
        """);

    private readonly ConcurrentBag<ActorSystem> _systems = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var system in _systems.Where(s => !s.WhenTerminated.IsCompleted)) ((ExtendedActorSystem)system).Abort();
        await Task.WhenAll(_systems.Select(s => s.WhenTerminated)).WaitAsync(Patience);
    }

    /// <summary>Starts a node that has not joined anything.</summary>
    protected Cluster Start(string settings = "", int port = 0)
    {
        var system = ActorSystem.Create("ha", ConfigurationFactory.ParseString($"{settings}\nakka.remote.dot-netty.tcp.port = {port}").WithFallback(Quick));
        _systems.Add(system);
        return Cluster.Get(system);
    }

    /// <summary>Starts nodes and waits until all see all up.</summary>
    protected async Task<Cluster[]> Form(int count, string settings = "")
    {
        var nodes = Enumerable.Range(0, count).Select(_ => Start(settings)).ToArray();
        foreach (var node in nodes) node.Join(nodes[0].SelfAddress);
        await AllUp(nodes);
        return nodes;
    }

    /// <summary>Waits until every node sees exactly these as members, all up, and all in reach.</summary>
    protected static Task AllUp(params Cluster[] nodes) => Task.WhenAll(nodes.Select(n => Until(n, s =>
        s.Unreachable.IsEmpty && s.Members.Count == nodes.Length && s.Members.All(m => m.Status == MemberStatus.Up && nodes.Any(o => o.SelfUniqueAddress == m.UniqueAddress)))));

    /// <summary>Waits until the state of a node is as a condition demands.</summary>
    protected static async Task Until(Cluster node, Func<ClusterEvent.CurrentClusterState, bool> condition)
    {
        if (condition(node.State)) return;
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = node.System.ActorOf(Props.Create(() => new StateWatch(node, condition, met)));
        try
        {
            await met.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            var state = node.State;
            Assert.Fail($"{node.SelfAddress} waited in vain. It sees {string.Join(", ", state.Members)}; unreachable {string.Join(", ", state.Unreachable.Select(m => m.Address))}; seen by {string.Join(", ", state.SeenBy)}; leader {state.Leader}");
        }
        finally
        {
            node.System.Stop(watch);
        }
    }

    /// <summary>Ends a node as a crash does: nobody is told.</summary>
    protected static Task Crash(Cluster node)
    {
        ((ExtendedActorSystem)node.System).Abort();
        return node.System.WhenTerminated.WaitAsync(Patience);
    }

    /// <summary>All events that a node publishes from now on.</summary>
    protected static EventLog Record(Cluster node)
    {
        var log = new EventLog();
        node.Subscribe(node.System.ActorOf(Props.Create(() => new Recorder(log))), ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IClusterDomainEvent));
        return log;
    }

    protected sealed class EventLog
    {
        private readonly Lock _lock = new();
        private readonly List<object> _events = [];
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<object> All
        {
            get
            {
                lock (_lock) return _events.ToList();
            }
        }

        public void Add(object published)
        {
            lock (_lock)
            {
                _events.Add(published);
                _more.TrySetResult();
                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public async Task<T> Next<T>(Func<T, bool> isIt)
        {
            while (true)
            {
                Task more;
                lock (_lock)
                {
                    if (_events.OfType<T>().FirstOrDefault(isIt) is { } found) return found;
                    more = _more.Task;
                }

                try
                {
                    await more.WaitAsync(Patience);
                }
                catch (TimeoutException)
                {
                    Assert.Fail($"No {typeof(T).Name} came, only: {string.Join("\n", All)}");
                }
            }
        }
    }

    private sealed class Recorder : ReceiveActor
    {
        public Recorder(EventLog log) => ReceiveAny(log.Add);
    }

    private sealed class StateWatch : ReceiveActor
    {
        public StateWatch(Cluster node, Func<ClusterEvent.CurrentClusterState, bool> condition, TaskCompletionSource met)
        {
            ReceiveAny(_ =>
            {
                if (condition(node.State)) met.TrySetResult();
            });
            node.Subscribe(Self, typeof(ClusterEvent.IClusterDomainEvent));
        }
    }
}
