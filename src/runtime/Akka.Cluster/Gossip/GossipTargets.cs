// Only the type: the sequence is made by the runtime environment, seeded under simulation.
#pragma warning disable RS0030

namespace Akka.Cluster;

/// <summary>Chooses whom to gossip to.</summary>
internal sealed class GossipTargets(Random random, double differentViewProbability, int reduceAbove)
{
    private const int ReductionSpan = 3;
    private const double LeastShare = 0.1;

    /// <summary>One node for a periodic round: rather one that is not known to hold this version.</summary>
    public UniqueAddress? Choose(MembershipState state)
    {
        var reachable = Reachable(state);
        if (reachable.Count == 0) return null;
        if (random.NextDouble() < ProbabilityFor(state.Gossip.Members.Count))
        {
            var unaware = reachable.Where(n => !state.Gossip.SeenByNode(n)).ToList();
            if (unaware.Count > 0) return unaware[random.Next(unaware.Count)];
        }

        return reachable[random.Next(reachable.Count)];
    }

    /// <summary>Up to a number of nodes that are not known to hold this version; those that are down first, since they must end.</summary>
    public IReadOnlyList<UniqueAddress> Unaware(MembershipState state, int count)
    {
        var unaware = Reachable(state).Where(n => !state.Gossip.SeenByNode(n)).ToArray();
        random.Shuffle(unaware);
        return unaware.OrderBy(n => state.Gossip.MemberOf(n)!.Status == MemberStatus.Down ? 0 : 1).Take(count).ToList();
    }

    /// <summary>
    /// In a large cluster many nodes choosing the few that lag would flood them, so the preference
    /// falls from its full value at the limit to a tenth of it at three times the limit.
    /// </summary>
    internal double ProbabilityFor(int members)
    {
        if (members <= reduceAbove) return differentViewProbability;
        var least = differentViewProbability * LeastShare;
        if (members >= reduceAbove * ReductionSpan) return least;
        var excess = (members - reduceAbove) / (double)(reduceAbove * (ReductionSpan - 1));
        return differentViewProbability - (differentViewProbability - least) * excess;
    }

    // What others find unreachable may well be reached from here, and needs the news most.
    private static List<UniqueAddress> Reachable(MembershipState state) => state.Gossip.Members
        .Select(m => m.UniqueAddress)
        .Where(n => n != state.Self && state.Gossip.Reachability.IsReachable(state.Self, n))
        .ToList();
}
