using AkkaHa.Benchmarks.Clustering;
using AkkaHa.Benchmarks.Local;
using AkkaHa.Benchmarks.Persisting;
using AkkaHa.Benchmarks.Remoting;
using AkkaHa.Benchmarks.Scale;

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
        new("cluster-three-up", "s", false, () => ClusterFormation.Measure(ClusterRules.Defaults, rounds: 5)),
        new("cluster-three-up-akkaha", "s", false, () => ClusterFormation.Measure(ClusterRules.AkkaHa, rounds: 2)),
        new("singleton-failover-stable-after-5s", "s", false, () => SingletonFailover.Measure(ClusterRules.StableAfterFive, rounds: 2)),
        new("singleton-failover-akkaha", "s", false, () => SingletonFailover.Measure(ClusterRules.AkkaHa, rounds: 2)),
        new("scale-recovery-32-5000", "ms", false, () => ScaleFigures.Recovery(nodes: 32, resources: 5_000, isRuled: false)),
        new("scale-recovery-32-5000-ruled", "ms", false, () => ScaleFigures.Recovery(nodes: 32, resources: 5_000, isRuled: true)),
        new("scale-recovery-100-20000", "ms", false, () => ScaleFigures.Recovery(nodes: 100, resources: 20_000, isRuled: false)),
        new("scale-recovery-100-20000-ruled", "ms", false, () => ScaleFigures.Recovery(nodes: 100, resources: 20_000, isRuled: true)),
        new("scale-adopt-32-5000", "ms", false, () => ScaleFigures.Adoption(nodes: 32, resources: 5_000)),
        new("scale-start-32-5000", "ms", false, () => ScaleFigures.Start(nodes: 32, resources: 5_000, isThrottled: false)),
        new("scale-start-32-5000-throttled", "ms", false, () => ScaleFigures.Start(nodes: 32, resources: 5_000, isThrottled: true)),
        new("scale-state-100-20000", "MB", false, () => ScaleFigures.Memory(nodes: 100, resources: 20_000)),
    ];
}
