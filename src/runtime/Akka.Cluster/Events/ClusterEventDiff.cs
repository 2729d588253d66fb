namespace Akka.Cluster;

/// <summary>The events that lead from one state of the membership to another, in the order in which they are published.</summary>
internal static class ClusterEventDiff
{
    /// <summary>The events between two states of one node.</summary>
    public static IReadOnlyList<ClusterEvent.IClusterDomainEvent> Between(MembershipState before, MembershipState after)
    {
        var events = new List<ClusterEvent.IClusterDomainEvent>();
        if (ReferenceEquals(before, after)) return events;
        Unreachability(before, after, events);
        Members(before, after, events);
        Leaders(before, after, events);
        if (!before.Gossip.Seen.SetEquals(after.Gossip.Seen) || before.HasConverged != after.HasConverged)
            events.Add(new ClusterEvent.SeenChanged(after.HasConverged, after.ToCurrentState().SeenBy));
        if (!before.Gossip.Reachability.Equals(after.Gossip.Reachability))
            events.Add(new ClusterEvent.ReachabilityChanged(after.Gossip.Reachability));
        return events;
    }

    private static void Unreachability(MembershipState before, MembershipState after, List<ClusterEvent.IClusterDomainEvent> events)
    {
        foreach (var member in after.Unreachable.Except(before.Unreachable).Order(Member.Ordering))
            events.Add(new ClusterEvent.UnreachableMember(member));
        foreach (var member in before.Unreachable.Except(after.Unreachable).Order(Member.Ordering))
            if (after.Gossip.MemberOf(member.UniqueAddress) is { } still) events.Add(new ClusterEvent.ReachableMember(still));
    }

    private static void Members(MembershipState before, MembershipState after, List<ClusterEvent.IClusterDomainEvent> events)
    {
        foreach (var member in after.Gossip.Members)
        {
            var old = before.Gossip.MemberOf(member.UniqueAddress);
            if (old is not null && old.IsSameViewAs(member)) continue;
            if (old?.Status != member.Status && StatusChange(member) is { } change) events.Add(change);
        }

        foreach (var gone in before.Gossip.Members.Where(m => !after.Gossip.HasMember(m.UniqueAddress)))
            events.Add(RemovalOf(gone, after.Gossip));
    }

    /// <summary>
    /// A node that slept through the leader's last steps sees a member vanish from a status that no member is removed from.
    /// It is told of the removal as the leader did it: who was leaving had been made exiting, anybody else had been downed.
    /// </summary>
    private static ClusterEvent.MemberRemoved RemovalOf(Member gone, Gossip after)
    {
        var previous = gone.Status switch
        {
            MemberStatus.Leaving or MemberStatus.Exiting => MemberStatus.Exiting,
            MemberStatus.Down => MemberStatus.Down,
            // A node that stops publishes the end of its own view, where members have not been downed.
            _ => after.Members.IsEmpty ? gone.Status : MemberStatus.Down,
        };
        return new ClusterEvent.MemberRemoved(new Member(gone.UniqueAddress, gone.UpNumber, MemberStatus.Removed, gone.Roles, gone.AppVersion), previous);
    }

    private static ClusterEvent.MemberStatusChange? StatusChange(Member member) => member.Status switch
    {
        MemberStatus.Joining => new ClusterEvent.MemberJoined(member),
        MemberStatus.WeaklyUp => new ClusterEvent.MemberWeaklyUp(member),
        MemberStatus.Up => new ClusterEvent.MemberUp(member),
        MemberStatus.Leaving => new ClusterEvent.MemberLeft(member),
        MemberStatus.Exiting => new ClusterEvent.MemberExited(member),
        MemberStatus.Down => new ClusterEvent.MemberDowned(member),
        MemberStatus.Removed => null,
        _ => null,
    };

    private static void Leaders(MembershipState before, MembershipState after, List<ClusterEvent.IClusterDomainEvent> events)
    {
        var leader = after.Leader;
        if (leader != before.Leader) events.Add(new ClusterEvent.LeaderChanged(leader?.Address));
        var roles = before.Gossip.Members.Concat(after.Gossip.Members).SelectMany(m => m.Roles).Distinct().Order(StringComparer.Ordinal);
        foreach (var role in roles)
        {
            var roleLeader = after.RoleLeader(role);
            if (roleLeader != before.RoleLeader(role)) events.Add(new ClusterEvent.RoleLeaderChanged(role, roleLeader?.Address));
        }
    }
}
