using AkkaHa.Benchmarks.Clustering;
using AkkaHa.Benchmarks.Local;
using AkkaHa.Benchmarks.Persisting;
using AkkaHa.Benchmarks.Remoting;

namespace AkkaHa.Benchmarks.Quick;

/// <summary>Everything the quick mode can measure, in the order in which it does.</summary>
internal static class QuickFigures
{
    public static IReadOnlyList<QuickFigure> All { get; } =
    [
        new("local-ping-pong-1", "messages/s", true, () => LocalPingPong.Measure(inFlight: 1)),
        new("local-ping-pong-200", "messages/s", true, () => LocalPingPong.Measure(inFlight: 200)),
        new("local-tell-allocated", "bytes/message", false, TellAllocation.Measure),
        new("remote-floor-1", "messages/s", true, LoopbackFloor.Measure),
        new("remote-ping-pong-1", "messages/s", true, () => RemotePingPong.Measure(inFlight: 1)),
        new("remote-ping-pong-100", "messages/s", true, () => RemotePingPong.Measure(inFlight: 100)),
        new("sqlite-floor", "synced appends/s", true, DiskFloor.Measure),
        new("sqlite-persist-one-at-a-time", "events/s", true, SqlitePersist.MeasureOneAtATime),
        new("sqlite-persist-pipelined", "events/s", true, SqlitePersist.MeasurePipelined),
        new("sqlite-persist-100-actors", "events/s", true, SqlitePersist.MeasureManyActors),
        new("cluster-three-up", "s", false, () => ClusterFormation.Measure(ClusterConfigurations.Defaults, rounds: 5)),
        new("cluster-three-up-akkaha", "s", false, () => ClusterFormation.Measure(ClusterConfigurations.AkkaHa, rounds: 2)),
        new("singleton-failover-stable-after-5s", "s", false, () => SingletonFailover.Measure(ClusterConfigurations.StableAfterFive, rounds: 1)),
        new("singleton-failover-akkaha", "s", false, () => SingletonFailover.Measure(ClusterConfigurations.AkkaHa, rounds: 2)),
    ];
}
