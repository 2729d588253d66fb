using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>How many members must have joined before the leader moves any of them up.</summary>
internal sealed record JoinThresholds(int MinNrOfMembers, ImmutableDictionary<string, int> MinNrOfMembersOfRole)
{
    public bool AreMetBy(IReadOnlyCollection<Member> members)
    {
        var present = members.Where(m => m.Status is not (MemberStatus.Down or MemberStatus.Exiting)).ToList();
        return present.Count >= MinNrOfMembers && MinNrOfMembersOfRole.All(r => present.Count(m => m.HasRole(r.Key)) >= r.Value);
    }
}

/// <summary>What the leader does to the membership. Pure: from the state, what changes.</summary>
internal static class LeaderActions
{
    /// <summary>The changes of one round.</summary>
    /// <param name="Changed">Members with a new status.</param>
    /// <param name="Removed">Members that go, each as it was.</param>
    public readonly record struct Changes(IReadOnlyList<Member> Changed, IReadOnlyList<Member> Removed)
    {
        public static Changes None { get; } = new([], []);

        public bool IsEmpty => Changed.Count == 0 && Removed.Count == 0;

        public Gossip ApplyTo(Gossip gossip) => gossip.WithMembers(Changed).Remove(Removed.Select(m => m.UniqueAddress));
    }

    /// <summary>
    /// With convergence: who joins is moved up (if enough have joined), who leaves becomes exiting, who is down is removed, and
    /// so is an exiting member that has said it is done or cannot be reached any more.
    /// </summary>
    public static Changes OnConvergence(MembershipState state, JoinThresholds thresholds)
    {
        var gossip = state.Gossip;
        var removed = gossip.Members.Where(m => m.UniqueAddress != state.Self && IsDone(state, m)).ToList();
        var changed = new List<Member>();
        var nextUpNumber = 1 + gossip.Members.Select(m => m.UpNumber).Where(n => n != Member.NotYetUp).DefaultIfEmpty(0).Max();
        var mayRise = thresholds.AreMetBy(gossip.Members);
        foreach (var member in gossip.Members)
        {
            switch (member.Status)
            {
                case MemberStatus.Joining or MemberStatus.WeaklyUp when mayRise:
                    changed.Add(member.CopyUp(nextUpNumber++));
                    break;
                case MemberStatus.Leaving:
                    changed.Add(member.Copy(MemberStatus.Exiting));
                    break;
            }
        }

        return new Changes(changed, removed);
    }

    /// <summary>
    /// Without convergence for long: members that join and are in reach become weakly up, so that the cluster
    /// can grow while part of it is out of reach.
    /// </summary>
    public static Changes WithoutConvergence(MembershipState state, JoinThresholds thresholds)
    {
        if (!thresholds.AreMetBy(state.Gossip.Members)) return Changes.None;
        var risen = state.Gossip.Members
            .Where(m => m.Status == MemberStatus.Joining && state.TrustedReachability.IsReachable(m.UniqueAddress))
            .Select(m => m.Copy(MemberStatus.WeaklyUp)).ToList();
        return new Changes(risen, []);
    }

    private static bool IsDone(MembershipState state, Member member) => member.Status switch
    {
        MemberStatus.Down => true,
        MemberStatus.Exiting => state.ExitingConfirmed.Contains(member.UniqueAddress) || !state.TrustedReachability.IsReachable(member.UniqueAddress),
        _ => false,
    };
}
