using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Whether this member is to run the singleton, and who may have run it before and still may: the members that were ever ahead
/// of this one and have neither handed over nor been confirmed gone. Only without such predecessors it may be started.
/// </summary>
internal sealed class Succession
{
    private readonly UniqueAddress _self;
    private readonly Candidates _candidates;

    private Succession(UniqueAddress self, Candidates candidates, ImmutableHashSet<UniqueAddress> predecessors)
    {
        _self = self;
        _candidates = candidates;
        Predecessors = predecessors;
    }

    /// <summary>Nobody is known yet.</summary>
    public static Succession Unknown(UniqueAddress self) => new(self, Candidates.Of(new ClusterEvent.CurrentClusterState(), null, false), []);

    /// <summary>The members that may run the singleton and are asked to hand over when this one is to run it.</summary>
    public ImmutableHashSet<UniqueAddress> Predecessors { get; }

    /// <summary>The member that is to run the singleton, or null.</summary>
    public UniqueAddress? Oldest => _candidates.First?.UniqueAddress;

    public bool IsSelfOldest => Oldest == _self;

    public static Succession Of(UniqueAddress self, ClusterEvent.CurrentClusterState state, string? role, bool considerAppVersion)
    {
        var candidates = Candidates.Of(state, role, considerAppVersion);
        var succession = new Succession(self, candidates, []);
        // Those that leave or were downed are no candidates any more, but what they ran may not have stopped yet.
        var mayHaveRun = state.Members.Where(m => candidates.HasRole(m) && m.Status is not (MemberStatus.Joining or MemberStatus.WeaklyUp) && m.UpNumber != Member.NotYetUp);
        return new Succession(self, candidates, mayHaveRun.Where(succession.IsAhead).Select(m => m.UniqueAddress).ToImmutableHashSet());
    }

    /// <summary>Notes a change. A removed member stays a predecessor until it is confirmed to be gone.</summary>
    public Succession After(ClusterEvent.IMemberEvent change)
    {
        var candidates = _candidates.After(change.Member);
        var next = new Succession(_self, candidates, Predecessors);
        return candidates.Find(change.Member.UniqueAddress) is { } member && next.IsAhead(member)
            ? new Succession(_self, candidates, Predecessors.Add(member.UniqueAddress))
            : next;
    }

    /// <summary>A removed member runs nothing any more.</summary>
    public Succession Gone(UniqueAddress member) => new(_self, _candidates, Predecessors.Remove(member));

    /// <summary>Whoever lives at an address has said that it does not run the singleton; so earlier incarnations there do not either.</summary>
    public Succession HandedOver(Address by) => new(_self, _candidates, Predecessors.Where(p => p.Address != by).ToImmutableHashSet());

    /// <summary>This member will never run the singleton any more.</summary>
    public Succession WithoutSelf() => new(_self, _candidates.Without(_self), Predecessors);

    /// <summary>Whether there is a candidate at an address that comes before this member.</summary>
    public bool IsAhead(Address address) => _candidates.Any(m => m.Address == address && IsAhead(m));

    private bool IsAhead(Member member) =>
        member.UniqueAddress != _self && (_candidates.Find(_self) is not { } self || _candidates.Order.Compare(member, self) < 0);
}
