using System.Collections.Immutable;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Downing;

/// <summary>What a member says of itself to the others: whom its failure detector hears, and whether it can vote.</summary>
/// <param name="From">Who says it.</param>
/// <param name="Sequence">Grows with every report of a member.</param>
/// <param name="Hears">The members that it hears.</param>
/// <param name="Votes">Whether its replica of the state log is sound: a learner has no vote to give.</param>
/// <param name="Electorate">The newest voters that it knows.</param>
public sealed record HearingReport(Peer From, long Sequence, ImmutableSortedSet<Peer> Hears, bool Votes, Electorate Electorate);

/// <summary>A report on its way, maybe relayed by others.</summary>
/// <param name="Report">The report.</param>
/// <param name="Age">How long ago it was made, summed over all who relayed it; what it spent on the wire is not in it.</param>
public sealed record DatedReport(HearingReport Report, TimeSpan Age);

/// <summary>What one member sees by itself at one moment.</summary>
public sealed record Surroundings
{
    /// <summary>The members that are up, and those that are leaving but not gone; this node is always among them.</summary>
    public required ImmutableSortedSet<Peer> Settled { get; init; }

    /// <summary>The members that are not up yet. They are kept in no set, and put off no decision.</summary>
    public ImmutableSortedSet<Peer> Joining { get; init; } = [];

    /// <summary>The members that this node's failure detector hears.</summary>
    public required ImmutableSortedSet<Peer> Hears { get; init; }

    /// <summary>The member that hosts the CRM; null where none is known.</summary>
    public Peer? Crm { get; init; }

    /// <summary>Whether this node's replica is sound.</summary>
    public bool Votes { get; init; }

    /// <summary>The newest voters that this node's own replica, or its settings, know.</summary>
    public required Electorate Electorate { get; init; }
}
