using System.Collections.Immutable;
using Akka.Actor;
using Akka.Embedded;

namespace Akka.Cluster;

/// <summary>
/// Finds a seed node that is in a cluster. The first seed node alone may form a new cluster: when every other has answered
/// that it is in none, or when they have not all answered within the time that is given.
/// </summary>
internal sealed class SeedJoiner : ReceiveActor, IWithTimers
{
    // Nodes that are switched on together listen within some tenths of a second of each other; a question costs next to nothing.
    private static readonly TimeSpan FirstRetryAfter = TimeSpan.FromMilliseconds(100);

    private readonly Cluster _cluster;
    private readonly IActorRef _core;
    private readonly Order _order;
    private readonly ImmutableHashSet<Address> _others;
    private readonly HashSet<Address> _inNoCluster = [];
    private readonly TimeProvider _time = RuntimeEnvironment.Of(Context.System).Time;
    private readonly bool _isFirst;
    private readonly long _since;
    private TimeSpan _retryAfter;

    public SeedJoiner(Cluster cluster, IActorRef core, Order order)
    {
        _cluster = cluster;
        _core = core;
        _order = order;
        _others = order.SeedNodes.Where(s => !s.Equals(order.Self)).ToImmutableHashSet();
        _isFirst = order.SeedNodes[0].Equals(order.Self);
        _since = _time.GetTimestamp();
        _retryAfter = order.RetryAfter < FirstRetryAfter ? order.RetryAfter : FirstRetryAfter;
        Receive<InitJoinAck>(a => Join(a.Address), a => _others.Contains(a.Address));
        Receive<InitJoinNack>(n => OnNack(n.Address), n => _others.Contains(n.Address));
        Receive<Tick>(OnTick);
        Receive<IClusterMessage>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        AskSeeds();
        Timers.StartPeriodicTimer(Tick.TimedOut, Tick.TimedOut, _order.SeedNodeTimeout, _order.SeedNodeTimeout);
        if (_order.GiveUpAfter is { } limit) Timers.StartSingleTimer(Tick.GiveUp, Tick.GiveUp, limit);
    }

    private void OnTick(Tick tick)
    {
        switch (tick)
        {
            case Tick.Ask:
                AskSeeds();
                break;
            case Tick.TimedOut when _isFirst:
                _cluster.LogInfo("No other seed node is in a cluster within {0} s", _order.SeedNodeTimeout.TotalSeconds);
                Join(_order.Self);
                break;
            case Tick.TimedOut:
                _cluster.LogWarning(
                    "None of the seed nodes [{0}] has let this node in for {1} s; it keeps asking", string.Join(", ", _others), (long)_time.GetElapsedTime(_since).TotalSeconds);
                break;
            case Tick.GiveUp:
                _cluster.LogError(null, "None of the seed nodes [{0}] has let this node in; it gives up and shuts down", string.Join(", ", _others));
                _cluster.Lifecycle.JoinWasUnsuccessful();
                Context.Stop(Self);
                break;
        }
    }

    private void AskSeeds()
    {
        foreach (var seed in _others) Context.ActorSelection(ClusterPaths.CoreAt(seed)).Tell(InitJoin.Instance, Self);
        Timers.StartSingleTimer(Tick.Ask, Tick.Ask, _retryAfter);
        _retryAfter = TimeSpan.FromTicks(Math.Min(2 * _retryAfter.Ticks, _order.RetryAfter.Ticks));
    }

    private void OnNack(Address seed)
    {
        _inNoCluster.Add(seed);
        if (_isFirst && _inNoCluster.SetEquals(_others)) Join(_order.Self);
    }

    private void Join(Address address)
    {
        _core.Tell(new ClusterCommands.JoinTo(address), Self);
        Context.Stop(Self);
    }

    /// <summary>What to do.</summary>
    /// <param name="Self">This node.</param>
    /// <param name="SeedNodes">All seed nodes, in their order.</param>
    /// <param name="SeedNodeTimeout">How long the first waits before it forms a cluster, and how often the others complain.</param>
    /// <param name="RetryAfter">How often each is asked, after the first moments.</param>
    /// <param name="GiveUpAfter">When to give up and shut down, or null for never.</param>
    internal sealed record Order(Address Self, ImmutableList<Address> SeedNodes, TimeSpan SeedNodeTimeout, TimeSpan RetryAfter, TimeSpan? GiveUpAfter);

    private enum Tick
    {
        Ask,
        TimedOut,
        GiveUp,
    }
}
