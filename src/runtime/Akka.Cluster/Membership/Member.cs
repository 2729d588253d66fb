using System.Collections.Immutable;
using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>
/// A member of the cluster as it stands in the gossip: who, in which status, with which roles and application version.
/// Two members are equal when they are the same incarnation, whatever their status.
/// </summary>
public class Member : IComparable<Member>, IComparable
{
    /// <summary>The up number of a member that has not been moved up: younger than all that have.</summary>
    internal const int NotYetUp = int.MaxValue;

    /// <summary>Orders addresses by host, then port (then system and protocol, to be total).</summary>
    public static readonly IComparer<Address> AddressOrdering = Comparer<Address>.Create(CompareAddresses);

    /// <summary>Orders members by age, the oldest (lowest up number) first; equal ages go by address and uid.</summary>
    public static readonly IComparer<Member> AgeOrdering = Comparer<Member>.Create(CompareAges);

    /// <summary>Orders members by unique address.</summary>
    internal static readonly IComparer<Member> Ordering = Comparer<Member>.Create((a, b) => a.UniqueAddress.CompareTo(b.UniqueAddress));

    internal Member(UniqueAddress uniqueAddress, int upNumber, MemberStatus status, ImmutableHashSet<string> roles, AppVersion appVersion)
    {
        UniqueAddress = uniqueAddress;
        UpNumber = upNumber;
        Status = status;
        Roles = roles;
        AppVersion = appVersion;
    }

    /// <summary>The incarnation that is this member.</summary>
    public UniqueAddress UniqueAddress { get; }

    /// <summary>Where the member stands in its life.</summary>
    public MemberStatus Status { get; }

    /// <summary>The roles that the member was configured with (<c>akka.cluster.roles</c>).</summary>
    public ImmutableHashSet<string> Roles { get; }

    /// <summary>The application version that the member was configured with (<c>akka.cluster.app-version</c>).</summary>
    public AppVersion AppVersion { get; }

    /// <summary>The address that the member is reached at.</summary>
    public Address Address => UniqueAddress.Address;

    /// <summary>When it was moved up in relation to others, or <see cref="NotYetUp"/>.</summary>
    internal int UpNumber { get; }

    internal static Member Joining(UniqueAddress node, ImmutableHashSet<string> roles, AppVersion appVersion) =>
        new(node, NotYetUp, MemberStatus.Joining, roles, appVersion);

    internal static Member Removed(UniqueAddress node) =>
        new(node, NotYetUp, MemberStatus.Removed, [], AppVersion.Zero);

    /// <summary>Whether the member has a role.</summary>
    /// <param name="role">The name of the role.</param>
    public bool HasRole(string role) => Roles.Contains(role);

    /// <summary>Whether this member was moved up before the other (ties go to the lower unique address).</summary>
    /// <param name="other">The member to compare with.</param>
    public bool IsOlderThan(Member other) => CompareAges(this, other) < 0;

    /// <summary>Orders by unique address.</summary>
    /// <param name="other">The member to compare with.</param>
    public int CompareTo(Member? other) => other is null ? 1 : Ordering.Compare(this, other);

    int IComparable.CompareTo(object? obj) => obj switch
    {
        null => 1,
        Member other => CompareTo(other),
        _ => throw new ArgumentException($"A Member cannot be compared with a {obj.GetType()}.", nameof(obj)),
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Member other && UniqueAddress.Equals(other.UniqueAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => UniqueAddress.GetHashCode();

    /// <summary>The same member in another status.</summary>
    /// <param name="status">The status to move to.</param>
    /// <exception cref="InvalidOperationException">No member may go from its status to that one.</exception>
    public Member Copy(MemberStatus status)
    {
        if (status == Status) return this;
        if (!MemberTransitions.IsAllowed(Status, status))
            throw new InvalidOperationException($"Member {Address} cannot go from {Status} to {status}.");
        return new Member(UniqueAddress, UpNumber, status, Roles, AppVersion);
    }

    /// <summary>The same member, up.</summary>
    /// <param name="upNumber">Its place in the order of ages; lower is older.</param>
    /// <exception cref="InvalidOperationException">The member is past being up.</exception>
    public Member CopyUp(int upNumber) => new(UniqueAddress, upNumber, Copy(MemberStatus.Up).Status, Roles, AppVersion);

    /// <summary>Of two views of one member, the later one; of equal statuses the one that makes it older.</summary>
    /// <param name="m1">One view.</param>
    /// <param name="m2">Another view of the same incarnation.</param>
    public static Member HighestPriorityOf(Member m1, Member m2)
    {
        if (m1.Status == m2.Status) return m1.UpNumber <= m2.UpNumber ? m1 : m2;
        return MemberTransitions.Rank(m1.Status) > MemberTransitions.Rank(m2.Status) ? m1 : m2;
    }

    /// <summary>
    /// The least view that is at least as late as both: the later status and the lower up number. In contrast to picking one
    /// of the two it is associative, so gossips may meet in any order.
    /// </summary>
    internal static Member Merge(Member m1, Member m2)
    {
        var later = HighestPriorityOf(m1, m2);
        var upNumber = Math.Min(m1.UpNumber, m2.UpNumber);
        return later.UpNumber == upNumber ? later : new Member(later.UniqueAddress, upNumber, later.Status, later.Roles, later.AppVersion);
    }

    /// <summary>Whether the other view says the same of the same incarnation, status and age included.</summary>
    internal bool IsSameViewAs(Member other) => Equals(other) && Status == other.Status && UpNumber == other.UpNumber;

    /// <inheritdoc/>
    public override string ToString() => $"Member(address = {Address}, Uid={UniqueAddress.Uid} status = {Status}, role=[{string.Join(",", Roles)}], upNumber={UpNumber}, version={AppVersion})";

    private static int CompareAges(Member a, Member b)
    {
        var byAge = a.UpNumber.CompareTo(b.UpNumber);
        return byAge != 0 ? byAge : a.UniqueAddress.CompareTo(b.UniqueAddress);
    }

    private static int CompareAddresses(Address? a, Address? b)
    {
        if (ReferenceEquals(a, b)) return 0;
        if (a is null) return -1;
        if (b is null) return 1;
        var result = string.CompareOrdinal(a.Host, b.Host);
        if (result != 0) return result;
        result = Nullable.Compare(a.Port, b.Port);
        if (result != 0) return result;
        result = string.CompareOrdinal(a.System, b.System);
        return result != 0 ? result : string.CompareOrdinal(a.Protocol, b.Protocol);
    }
}
