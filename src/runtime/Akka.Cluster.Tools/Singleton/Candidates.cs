using System.Collections.Immutable;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// The members that can run a singleton, the one that is to run it first. They are told apart by incarnation: a node that was
/// restarted on the same address is another, younger member.
/// </summary>
internal sealed class Candidates
{
    public static readonly Candidates None = new(Member.AgeOrdering, []);

    private readonly IComparer<Member> _order;
    private readonly ImmutableList<Member> _members;

    private Candidates(IComparer<Member> order, ImmutableList<Member> members)
    {
        _order = order;
        _members = members;
    }

    /// <summary>The member that is to run the singleton, or null.</summary>
    public Member? First => _members.IsEmpty ? null : _members[0];

    public static Candidates Of(ClusterEvent.CurrentClusterState state, string? role, bool considerAppVersion)
    {
        var order = considerAppVersion ? Comparer<Member>.Create(CompareByVersionThenAge) : Member.AgeOrdering;
        return new Candidates(order, state.Members.Where(m => CanRun(m.Status) && HasRole(m, role)).Order(order).ToImmutableList());
    }

    public static bool HasRole(Member member, string? role) => string.IsNullOrEmpty(role) || member.HasRole(role);

    public Member? Find(UniqueAddress node) => _members.Find(m => m.UniqueAddress == node);

    public bool Any(Predicate<Member> condition) => _members.Exists(condition);

    public bool IsAhead(Member one, Member other) => _order.Compare(one, other) < 0;

    public Candidates Without(UniqueAddress node) => new(_order, _members.RemoveAll(m => m.UniqueAddress == node));

    // A leaving member still runs it: it hands over when it exits.
    private static bool CanRun(MemberStatus status) => status is MemberStatus.Up or MemberStatus.Leaving;

    private static int CompareByVersionThenAge(Member? a, Member? b)
    {
        var byVersion = b!.AppVersion.CompareTo(a!.AppVersion);
        return byVersion != 0 ? byVersion : Member.AgeOrdering.Compare(a, b);
    }
}
