using System.Collections.Immutable;

namespace Akka.Cluster.SBR;

/// <summary>
/// What a strategy decides from: the members as one node sees them, which of them it takes to be on the other side, and which
/// count. Down members are left out: they were decided on already.
/// </summary>
internal sealed class SbrView
{
    /// <summary>Makes a view.</summary>
    /// <param name="members">All members.</param>
    /// <param name="unreachable">The nodes that somebody finds unreachable.</param>
    /// <param name="indirectlyConnected">The nodes that some reach and others do not.</param>
    public SbrView(IEnumerable<Member> members, IEnumerable<UniqueAddress> unreachable, IEnumerable<UniqueAddress> indirectlyConnected)
    {
        Members = members.Where(m => m.Status is not (MemberStatus.Down or MemberStatus.Removed)).ToImmutableSortedSet(Member.Ordering);
        var nodes = Members.Select(m => m.UniqueAddress).ToHashSet();
        Unreachable = unreachable.Where(nodes.Contains).ToImmutableHashSet();
        IndirectlyConnected = indirectlyConnected.Where(nodes.Contains).ToImmutableHashSet();
    }

    public ImmutableSortedSet<Member> Members { get; }

    public ImmutableHashSet<UniqueAddress> Unreachable { get; }

    public ImmutableHashSet<UniqueAddress> IndirectlyConnected { get; }

    public ImmutableHashSet<UniqueAddress> All => Members.Select(m => m.UniqueAddress).ToImmutableHashSet();

    public ImmutableHashSet<UniqueAddress> Reachable => All.Except(Unreachable);

    /// <summary>
    /// Whether there is something to decide. Exiting members are removed without a decision.
    /// </summary>
    public bool NeedsDecision => Members.Any(m => m.Status != MemberStatus.Exiting && (Unreachable.Contains(m.UniqueAddress) || IndirectlyConnected.Contains(m.UniqueAddress)));

    /// <summary>Takes the view of a node.</summary>
    /// <param name="state">What it knows.</param>
    /// <param name="monitoredBy">How many members monitor each member.</param>
    public static SbrView Of(MembershipState state, int monitoredBy)
    {
        var members = state.Gossip.Members.Where(m => m.Status != MemberStatus.Down).ToList();
        if (state.TrustedReachability.IsAllReachable) return new SbrView(members, [], []);
        var side = Side.Of(state, members.Select(m => m.UniqueAddress).ToList(), monitoredBy);
        return new SbrView(members, members.Select(m => m.UniqueAddress).Where(n => !side.Nodes.Contains(n)), side.IndirectlyConnected);
    }

    /// <summary>The view without the nodes that are indirectly connected: they go, whatever is decided about the rest.</summary>
    public SbrView WithoutIndirectlyConnected() =>
        new(Members.Where(m => !IndirectlyConnected.Contains(m.UniqueAddress)), Unreachable.Except(IndirectlyConnected), []);

    /// <summary>Whether a member counts by its present status.</summary>
    public static bool IsCounted(Member member) => member.Status is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Exiting;

    /// <summary>The members that count by their present status, those of a role if one is given.</summary>
    public Sides Counted(string? role) => Split(role, IsCounted, IsCounted);

    /// <summary>
    /// The members counted against this side: as few here and as many there as the two sides, which may know of different
    /// changes, could possibly count. Who joins may be up over there; who leaves may be gone.
    /// </summary>
    public Sides CountedAgainstThisSide(string? role) => Split(role, m => m.Status == MemberStatus.Up, _ => true);

    private Sides Split(string? role, Func<Member, bool> here, Func<Member, bool> there)
    {
        var withRole = Members.Where(m => string.IsNullOrEmpty(role) || m.HasRole(role)).ToLookup(m => Unreachable.Contains(m.UniqueAddress));
        return new Sides(withRole[false].Where(here).ToImmutableList(), withRole[true].Where(there).ToImmutableList());
    }

    /// <summary>The members that count on this side and on the other.</summary>
    internal readonly record struct Sides(ImmutableList<Member> Here, ImmutableList<Member> There)
    {
        public int Count => Here.Count + There.Count;
    }
}
