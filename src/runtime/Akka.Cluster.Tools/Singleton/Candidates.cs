using System.Collections.Immutable;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// The members that can run a singleton, the one that is to run it first. They are told apart by incarnation: a node that was
/// restarted on the same address is another, younger member, even when it is heard of before its predecessor's removal.
/// </summary>
internal sealed class Candidates
{
    private readonly string? _role;
    private readonly ImmutableList<Member> _members;

    private Candidates(string? role, IComparer<Member> order, ImmutableList<Member> members)
    {
        _role = role;
        Order = order;
        _members = members;
    }

    /// <summary>Who comes before whom.</summary>
    public IComparer<Member> Order { get; }

    /// <summary>The member that is to run the singleton, or null.</summary>
    public Member? First => _members.IsEmpty ? null : _members[0];

    public static Candidates Of(ClusterEvent.CurrentClusterState state, string? role, bool considerAppVersion)
    {
        var order = considerAppVersion ? Comparer<Member>.Create(CompareByVersionThenAge) : Member.AgeOrdering;
        var none = new Candidates(string.IsNullOrEmpty(role) ? null : role, order, []);
        return none.Replace(state.Members.Where(m => CanRun(m.Status) && none.HasRole(m)));
    }

    public bool HasRole(Member member) => _role is null || member.HasRole(_role);

    public Member? Find(UniqueAddress node) => _members.Find(m => m.UniqueAddress == node);

    public bool Any(Predicate<Member> condition) => _members.Exists(condition);

    /// <summary>Who it is after a member has changed.</summary>
    public Candidates After(Member member)
    {
        if (!HasRole(member)) return this;
        var others = _members.RemoveAll(m => m.UniqueAddress == member.UniqueAddress);
        return Replace(CanRun(member.Status) ? others.Add(member) : others);
    }

    public Candidates Without(UniqueAddress node) => Replace(_members.RemoveAll(m => m.UniqueAddress == node));

    // A leaving member still runs it: it hands over when it exits.
    private static bool CanRun(MemberStatus status) => status is MemberStatus.Up or MemberStatus.Leaving;

    private static int CompareByVersionThenAge(Member? a, Member? b)
    {
        var byVersion = b!.AppVersion.CompareTo(a!.AppVersion);
        return byVersion != 0 ? byVersion : Member.AgeOrdering.Compare(a, b);
    }

    private Candidates Replace(IEnumerable<Member> members) => new(_role, Order, members.Order(Order).ToImmutableList());
}
