using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.StateLog;

/// <summary>What a leader does next about a voter that turned out to be a learner.</summary>
public abstract record VoterRepair
{
    private VoterRepair()
    {
    }

    /// <summary>Tell the replica to begin anew, as another one: it is spoilt, and may not get its vote back as it is.</summary>
    public sealed record Reset(ResetReplica Request, NodeName Node) : VoterRepair;

    /// <summary>Propose these voters, in which the replica that came anew has its node's vote.</summary>
    public sealed record Replace(SetConfiguration Change, NodeName Node) : VoterRepair;
}

/// <summary>Gives nodes whose replica was lost their vote back, one at a time, while a majority is sound (DESIGN §5).</summary>
public static class VoterUpkeep
{
    /// <summary>The next step; null where every voter is sound, or nothing can be done now.</summary>
    public static VoterRepair? Next(Leader leader, TimeSpan now)
    {
        if (leader is not { Phase: LeaderPhase.Leading, Configuration: { } configuration })
            return null;
        foreach (var (node, progress) in leader.Voters)
        {
            if (progress.Learner is not { } learner)
                continue;
            if (learner.Reason.NeedsReset())
                return new VoterRepair.Reset(new ResetReplica(new RequestHeader(leader.Epoch.Node, leader.Epoch, configuration.Version, progress.Voter), learner.Replica), node);
            var change = With(configuration, new Voter(node, learner.Replica, learner.StartCounter));
            if (leader.Refusal(change, now) is null)
                return new VoterRepair.Replace(change, node);
        }

        return null;
    }

    /// <summary>
    /// Whether the leader shall cut its own log at the commit index: it is long, and all sound voters have it, or it is so long that one that
    /// lags behind is better served with the state.
    /// </summary>
    public static bool ShouldCompact(Leader leader, LogSettings settings)
    {
        const int Patience = 4;
        var length = leader.CommitIndex - leader.Log.FirstIndex + 1;
        return leader.Phase == LeaderPhase.Leading && length >= settings.SnapshotEvery
            && (length >= (long)settings.SnapshotEvery * Patience || leader.Voters.Values.All(v => v.Learner is not null || v.Match >= leader.CommitIndex));
    }

    /// <summary>The voters with this replica on its node, in the same generation.</summary>
    public static SetConfiguration With(Configuration configuration, Voter voter) =>
        new(configuration.Generation, ConfigurationChange.Replace(configuration, voter));

    /// <summary>The voters without a node, in the same generation.</summary>
    public static SetConfiguration Without(Configuration configuration, NodeName node) =>
        new(configuration.Generation, ConfigurationChange.Remove(configuration, node));
}
