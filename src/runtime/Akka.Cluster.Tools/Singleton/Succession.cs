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
    private readonly string? _role;
    private readonly bool _considerAppVersion;
    private readonly bool _withoutSelf;
    private readonly Candidates _candidates;

    private Succession(
        UniqueAddress self, string? role, bool considerAppVersion, bool withoutSelf, Candidates candidates, ImmutableHashSet<UniqueAddress> predecessors)
    {
        _self = self;
        _role = role;
        _considerAppVersion = considerAppVersion;
        _withoutSelf = withoutSelf;
        _candidates = withoutSelf ? candidates.Without(self) : candidates;
        Predecessors = predecessors;
    }

    /// <summary>The members that may run the singleton and are asked to hand over when this one is to run it.</summary>
    public ImmutableHashSet<UniqueAddress> Predecessors { get; }

    /// <summary>The member that is to run the singleton, or null.</summary>
    public UniqueAddress? Oldest => _candidates.First?.UniqueAddress;

    public bool IsSelfOldest => Oldest == _self;

    /// <summary>A succession in which nobody is known yet.</summary>
    public static Succession Unknown(UniqueAddress self, string? role, bool considerAppVersion) =>
        new(self, role, considerAppVersion, false, Candidates.None, []);

    /// <summary>
    /// Takes note of the whole membership. Single events will not do: of two members that come up together one is heard of first
    /// and would take itself for the oldest. A removed member stays a predecessor until it is confirmed to be gone.
    /// </summary>
    public Succession Note(ClusterEvent.CurrentClusterState state)
    {
        var next = new Succession(_self, _role, _considerAppVersion, _withoutSelf, Candidates.Of(state, _role, _considerAppVersion), Predecessors);
        // Those that leave or were downed are no candidates any more, but what they ran may not have stopped yet.
        var mayHaveRun = state.Members.Where(m => Candidates.HasRole(m, _role) && m.UpNumber != Member.NotYetUp);
        return next.With(Predecessors.Union(mayHaveRun.Where(next.IsAhead).Select(m => m.UniqueAddress)));
    }

    /// <summary>A removed member runs nothing any more.</summary>
    public Succession Gone(UniqueAddress member) => With(Predecessors.Remove(member));

    /// <summary>Whoever lives at an address has said that it does not run the singleton; so earlier incarnations there do not either.</summary>
    public Succession HandedOver(Address by) => With(Predecessors.Where(p => p.Address != by).ToImmutableHashSet());

    /// <summary>This member will never run the singleton any more.</summary>
    public Succession WithoutSelf() => new(_self, _role, _considerAppVersion, true, _candidates, Predecessors);

    /// <summary>Whether there is a candidate at an address that comes before this member.</summary>
    public bool IsAhead(Address address) => _candidates.Any(m => m.Address == address && IsAhead(m));

    private bool IsAhead(Member member) =>
        member.UniqueAddress != _self && (_candidates.Find(_self) is not { } self || _candidates.IsAhead(member, self));

    private Succession With(ImmutableHashSet<UniqueAddress> predecessors) =>
        new(_self, _role, _considerAppVersion, _withoutSelf, _candidates, predecessors);
}
