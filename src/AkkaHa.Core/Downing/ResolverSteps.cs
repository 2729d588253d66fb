using System.Collections.Immutable;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Downing;

/// <summary>The first of a set asks a voter in it to confirm that this set stays.</summary>
/// <param name="From">Who proposes it.</param>
/// <param name="Round">Names the proposal.</param>
/// <param name="Set">Who stays.</param>
/// <param name="Version">The configuration that the votes are counted under.</param>
public sealed record SetProposal(Peer From, long Round, ImmutableSortedSet<Peer> Set, ConfigurationVersion Version);

/// <summary>A voter's answer to a proposal.</summary>
/// <param name="From">The voter.</param>
/// <param name="Round">The proposal.</param>
/// <param name="Refusal">Why it does not confirm the set; null if it does.</param>
public sealed record SetAnswer(Peer From, long Round, string? Refusal);

/// <summary>What a resolver does next.</summary>
public abstract record ResolverStep
{
    private ResolverStep()
    {
    }

    /// <summary>Send these reports to these members.</summary>
    public sealed record Report(ImmutableSortedSet<Peer> To, ImmutableList<DatedReport> Reports) : ResolverStep;

    /// <summary>Ask these voters, maybe this member itself, to confirm a set.</summary>
    public sealed record Propose(ImmutableSortedSet<Peer> Voters, SetProposal Proposal) : ResolverStep;

    /// <summary>Down these members.</summary>
    public sealed record Down(ImmutableSortedSet<Peer> Members, string Why) : ResolverStep;
}
