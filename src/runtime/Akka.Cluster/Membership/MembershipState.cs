using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>What a node may conclude from the gossip it holds: who leads, and whether all that count have seen this version.</summary>
internal sealed class MembershipState
{
    private readonly Lazy<Reachability> _trusted;
    private readonly Lazy<ImmutableHashSet<Member>> _unreachable;

    /// <summary>Makes the view of one node.</summary>
    /// <param name="gossip">The gossip it holds.</param>
    /// <param name="self">The node that concludes.</param>
    /// <param name="exitingConfirmed">Exiting members that have said they are done, so that nobody waits for them.</param>
    public MembershipState(Gossip gossip, UniqueAddress self, ImmutableHashSet<UniqueAddress> exitingConfirmed)
    {
        Gossip = gossip;
        Self = self;
        ExitingConfirmed = gossip.Nodes.Intersect(exitingConfirmed);
        _trusted = new Lazy<Reachability>(() => gossip.Reachability.WithoutObservers(
            gossip.Members.Where(m => m.Status == MemberStatus.Down).Select(m => m.UniqueAddress).ToHashSet()));
        _unreachable = new Lazy<ImmutableHashSet<Member>>(() => gossip.Members
            .Where(m => m.UniqueAddress != self && !gossip.Reachability.IsReachable(m.UniqueAddress)).ToImmutableHashSet());
    }

    public MembershipState(Gossip gossip, UniqueAddress self) : this(gossip, self, [])
    {
    }

    public Gossip Gossip { get; }

    public UniqueAddress Self { get; }

    public ImmutableHashSet<UniqueAddress> ExitingConfirmed { get; }

    public Member? SelfMember => Gossip.MemberOf(Self);

    /// <summary>What is found unreachable by observers that are not down themselves.</summary>
    public Reachability TrustedReachability => _trusted.Value;

    /// <summary>Other members that anybody finds unreachable.</summary>
    public ImmutableHashSet<Member> Unreachable => _unreachable.Value;

    public UniqueAddress? Leader => LeaderOf(Gossip.Members);

    public bool IsLeader => Leader == Self;

    /// <summary>
    /// Whether every member whose consent counts has seen this version, and nobody that is still part of the cluster is
    /// out of reach. Only then may the leader change the status of members.
    /// </summary>
    public bool HasConverged =>
        TrustedReachability.AllUnreachable.All(IsExcusedFromReachability)
        && Gossip.Members.All(m => m.Status is not (MemberStatus.Up or MemberStatus.Leaving) || Gossip.SeenByNode(m.UniqueAddress) || ExitingConfirmed.Contains(m.UniqueAddress));

    public UniqueAddress? RoleLeader(string role) => LeaderOf(Gossip.Members.Where(m => m.HasRole(role)));

    /// <summary>
    /// The first member by address that is in reach and up (or leaving); while there is none, the first that is on its way up.
    /// Every node computes it for itself, without an election.
    /// </summary>
    public UniqueAddress? LeaderOf(IEnumerable<Member> members)
    {
        var candidates = members.Where(m => m.Status != MemberStatus.Down && (m.UniqueAddress == Self || TrustedReachability.IsReachable(m.UniqueAddress)));
        return candidates.OrderBy(LeadershipTier).ThenBy(m => m.UniqueAddress).FirstOrDefault()?.UniqueAddress;
    }

    /// <summary>The state as subscribers of the cluster see it.</summary>
    public ClusterEvent.CurrentClusterState ToCurrentState() => new(
        Gossip.Members,
        Unreachable,
        Gossip.Seen.Select(n => n.Address).ToImmutableHashSet(),
        Leader?.Address,
        Gossip.Members.SelectMany(m => m.Roles).Distinct().ToImmutableDictionary(role => role, role => RoleLeader(role)?.Address));

    private static int LeadershipTier(Member member) => member.Status switch
    {
        MemberStatus.Up or MemberStatus.Leaving => 0,
        MemberStatus.WeaklyUp or MemberStatus.Joining => 1,
        _ => 2,
    };

    private bool IsExcusedFromReachability(UniqueAddress node) =>
        ExitingConfirmed.Contains(node) || Gossip.MemberOf(node) is null or { Status: MemberStatus.Down or MemberStatus.Exiting };
}
