using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>
/// What a node knows of the cluster: the members, who finds whom unreachable, which members have seen exactly this version,
/// and the tombstones of members that are gone. Immutable; every change is made by the node that increments the version with it.
/// </summary>
internal sealed class Gossip
{
    private ImmutableDictionary<UniqueAddress, Member>? _byNode;
    private ImmutableHashSet<UniqueAddress>? _nodes;

    private Gossip(
        ImmutableSortedSet<Member> members, Reachability reachability, ImmutableHashSet<UniqueAddress> seen,
        ImmutableHashSet<UniqueAddress> tombstones, VectorClock version)
    {
        Members = members;
        Reachability = reachability;
        Seen = seen;
        Tombstones = tombstones;
        Version = version;
    }

    /// <summary>No members, nothing seen.</summary>
    public static Gossip Empty { get; } = new(
        ImmutableSortedSet.Create(Member.Ordering), Reachability.Empty, [], [], VectorClock.Create());

    public ImmutableSortedSet<Member> Members { get; }

    public Reachability Reachability { get; }

    /// <summary>The members known to hold this very version; always a subset of the members.</summary>
    public ImmutableHashSet<UniqueAddress> Seen { get; }

    /// <summary>
    /// Incarnations that were removed. A gossip that still holds one of them, from a node that was slow or cut off, cannot
    /// bring it back: a merge drops whatever has a tombstone.
    /// </summary>
    public ImmutableHashSet<UniqueAddress> Tombstones { get; }

    public VectorClock Version { get; }

    public ImmutableHashSet<UniqueAddress> Nodes => _nodes ??= Members.Select(m => m.UniqueAddress).ToImmutableHashSet();

    private ImmutableDictionary<UniqueAddress, Member> ByNode => _byNode ??= Members.ToImmutableDictionary(m => m.UniqueAddress);

    /// <summary>Puts a gossip together from parts that need not fit: what concerns no member, or has a tombstone, is dropped.</summary>
    public static Gossip Create(
        IEnumerable<Member> members, Reachability reachability, IEnumerable<UniqueAddress> seen, ImmutableHashSet<UniqueAddress> tombstones, VectorClock version)
    {
        var living = members.Where(m => !tombstones.Contains(m.UniqueAddress) && m.Status != MemberStatus.Removed).ToImmutableSortedSet(Member.Ordering);
        var nodes = living.Select(m => m.UniqueAddress).ToImmutableHashSet();
        return new Gossip(living, reachability.Among(nodes), nodes.Intersect(seen), tombstones, PruneAll(version, tombstones)) { _nodes = nodes };
    }

    /// <summary>The name under which a node counts its changes in the version.</summary>
    public static VectorClock.Node ClockNameOf(UniqueAddress node) => ClockNames.Of(node);

    public bool HasMember(UniqueAddress node) => ByNode.ContainsKey(node);

    public Member? MemberOf(UniqueAddress node) => ByNode.GetValueOrDefault(node);

    public bool SeenByNode(UniqueAddress node) => Seen.Contains(node);

    /// <summary>The gossip after a node has made it its own; a node that is no member changes nothing.</summary>
    public Gossip SeenBy(UniqueAddress node) =>
        Seen.Contains(node) || !HasMember(node) ? this : With(seen: Seen.Add(node));

    /// <summary>The same version with the sight of both; only for gossips of one version.</summary>
    public Gossip MergeSeen(Gossip that) => With(seen: Nodes.Intersect(Seen.Union(that.Seen)));

    /// <summary>The gossip after a change by a node: a new version, seen by that node alone.</summary>
    public Gossip ChangedBy(UniqueAddress node) =>
        With(seen: HasMember(node) ? [node] : [], version: Version.Increment(ClockNameOf(node)));

    /// <summary>The gossip with members added, or replaced where the incarnation is there already.</summary>
    public Gossip WithMembers(IEnumerable<Member> members)
    {
        var builder = Members.ToBuilder();
        foreach (var member in members)
        {
            if (Tombstones.Contains(member.UniqueAddress)) continue;
            builder.Remove(member);
            builder.Add(member);
        }

        return With(members: builder.ToImmutable());
    }

    public Gossip WithReachability(Reachability reachability) => With(reachability: reachability.Among(Nodes));

    /// <summary>The gossip without members that are gone: their tombstones stand instead, and their clocks are pruned.</summary>
    public Gossip Remove(IEnumerable<UniqueAddress> removed) =>
        Create(Members, Reachability, Seen, Tombstones.Union(removed), Version);

    /// <summary>The gossip without tombstones that are too old to be needed.</summary>
    public Gossip WithoutTombstones(IEnumerable<UniqueAddress> expired) => With(tombstones: Tombstones.Except(expired));

    /// <summary>
    /// What follows from both gossips. The newer of two stands as it is; of two concurrent ones every member has its later
    /// status, every observer its later findings, and whoever has a tombstone in either is gone.
    /// </summary>
    public Gossip Merge(Gossip that)
    {
        switch (Version.CompareTo(that.Version))
        {
            case VectorClock.Ordering.Same when HasSameContentAs(that): return MergeSeen(that);
            case VectorClock.Ordering.After: return this;
            case VectorClock.Ordering.Before: return that;
        }

        var tombstones = Tombstones.Union(that.Tombstones);
        var members = new Dictionary<UniqueAddress, Member>(ByNode);
        foreach (var theirs in that.Members)
            members[theirs.UniqueAddress] = members.TryGetValue(theirs.UniqueAddress, out var mine) ? Member.Merge(mine, theirs) : theirs;
        var living = members.Values.Where(m => !tombstones.Contains(m.UniqueAddress)).ToList();
        var reachability = Reachability.Merge(that.Reachability, living.Select(m => m.UniqueAddress).ToHashSet());
        return Create(living, reachability, [], tombstones, Version.Merge(that.Version));
    }

    /// <summary>Whether both say the same, whatever their versions and whoever has seen them.</summary>
    public bool HasSameContentAs(Gossip that) =>
        ReferenceEquals(this, that)
        || (Members.Count == that.Members.Count
            && Members.All(m => that.MemberOf(m.UniqueAddress) is { } other && m.IsSameViewAs(other))
            && Tombstones.SetEquals(that.Tombstones)
            && Reachability.Equals(that.Reachability));

    public override string ToString() =>
        $"Gossip(members = [{string.Join(", ", Members.Select(m => $"{m.Address}#{m.UniqueAddress.Uid} {m.Status}"))}], {Reachability}, "
        + $"seen = [{string.Join(", ", Seen.Select(s => s.Address))}], tombstones = {Tombstones.Count}, {Version})";

    private static VectorClock PruneAll(VectorClock version, ImmutableHashSet<UniqueAddress> tombstones)
    {
        foreach (var gone in tombstones) version = version.Prune(ClockNameOf(gone));
        return version;
    }

    private Gossip With(
        ImmutableSortedSet<Member>? members = null, Reachability? reachability = null, ImmutableHashSet<UniqueAddress>? seen = null,
        ImmutableHashSet<UniqueAddress>? tombstones = null, VectorClock? version = null) =>
        new(members ?? Members, reachability ?? Reachability, seen ?? Seen, tombstones ?? Tombstones, version ?? Version)
        {
            _nodes = members is null ? _nodes : null,
            _byNode = members is null ? _byNode : null,
        };
}
