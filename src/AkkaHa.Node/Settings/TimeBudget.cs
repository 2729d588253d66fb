using System.Numerics;
using AkkaHa.Core.Downing;
using AkkaHa.Core.Leases;

namespace AkkaHa.Node.Settings;

/// <summary>
/// How the configured times must stand to each other (DESIGN §13). Each is right by itself; together they can make a healthy node look dead, or
/// let a cluster give up before it has decided.
/// </summary>
internal static class TimeBudget
{
    /// <summary>Time for a process that was frozen to be heard again by all others.</summary>
    public static readonly TimeSpan ThawTime = TimeSpan.FromSeconds(2);

    /// <summary>What is wrong with the times, as the key it is told under and a sentence with both values; null where they fit.</summary>
    public static (string Key, string What)? Refuse(TimingSettings timing, LeaseSettings lease, WatchdogSettings watchdog, QuorumSettings quorum, int nodes)
    {
        var unreachable = timing.HeartbeatInterval + timing.AcceptablePause;
        var decided = unreachable + timing.StableAfter;
        var gossip = GossipTime(timing, quorum, nodes);
        if (timing.AcceptablePause < 2 * timing.HeartbeatInterval)
        {
            return ("timing.acceptable-pause", $"is {Text(timing.AcceptablePause)}; expected at least 2 · heartbeat-interval = {Text(2 * timing.HeartbeatInterval)}, "
                + "or a single lost heartbeat would make a node unreachable");
        }

        if (timing.AuthorityTtl > unreachable)
        {
            return ("timing.authority-ttl", $"is {Text(timing.AuthorityTtl)}; it is longer than heartbeat-interval + acceptable-pause = {Text(unreachable)}, "
                + "so a CRM that is cut off could still act while the others already replace it");
        }

        if (timing.StableAfter < gossip)
        {
            return ("timing.stable-after", FormattableString.Invariant(
                $"is {Text(timing.StableAfter)}; expected at least {Text(gossip)}, which {nodes} nodes with a gossip-interval of {Text(timing.GossipInterval)} need until each has heard what the others see"));
        }

        if (decided < timing.FreezeTolerance + ThawTime)
        {
            return ("timing.freeze-tolerance", $"is {Text(timing.FreezeTolerance)}; heartbeat-interval + acceptable-pause + stable-after = {Text(decided)}, "
                + $"expected at least freeze-tolerance + {Text(ThawTime)} = {Text(timing.FreezeTolerance + ThawTime)}, or a node that only stood still so long would be fenced");
        }

        if (timing.QuorumTimeout <= decided)
        {
            return ("timing.quorum-timeout", $"is {Text(timing.QuorumTimeout)}; expected more than heartbeat-interval + acceptable-pause + stable-after = {Text(decided)}, "
                + "or a cluster would dissolve before it has decided who stays");
        }

        if (lease.NodeTtl < timing.FreezeTolerance + lease.Renew + lease.RoundTimeout)
        {
            return ("lease.node-ttl", $"is {Text(lease.NodeTtl)}; expected at least timing.freeze-tolerance + renew + round-timeout = "
                + $"{Text(timing.FreezeTolerance + lease.Renew + lease.RoundTimeout)}, or a node that only stood still so long would lose its lease and its guests");
        }

        if (watchdog.Device is not null && watchdog.Timeout - watchdog.FeedInterval < timing.FreezeTolerance)
        {
            return ("watchdog.timeout", $"is {Text(watchdog.Timeout)} and it is fed every {Text(watchdog.FeedInterval)}; expected at least timing.freeze-tolerance = "
                + $"{Text(timing.FreezeTolerance)} after a feeding, or a node that only stood still so long would be reset");
        }

        return null;
    }

    /// <summary>
    /// How long it takes until what one node sees has reached all others: gossip doubles those who know in each round, and two rounds are lost
    /// to the intervals at both ends. The own resolver also needs two looks of its own.
    /// </summary>
    private static TimeSpan GossipTime(TimingSettings timing, QuorumSettings quorum, int nodes)
    {
        var gossip = (BitOperations.Log2((uint)Math.Max(nodes - 1, 1)) + 3) * timing.GossipInterval;
        var looks = 2 * ResolverSettings.TickInterval;
        return quorum.Resolver == QuorumSettings.VoteMajority && looks > gossip ? looks : gossip;
    }

    private static string Text(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} s");
}
