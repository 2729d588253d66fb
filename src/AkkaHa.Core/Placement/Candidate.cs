using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>One node in a placement decision.</summary>
/// <param name="Node">The node.</param>
/// <param name="Session">The session that would run the resource; null where the node has none open.</param>
/// <param name="Refusal">Why the resource cannot run there; null where it can.</param>
/// <param name="Running">How many resources are bound to it: the rank, fewest first.</param>
public sealed record Candidate(NodeName Node, Session? Session, string? Refusal, int Running)
{
    /// <summary>Whether the resource can run there.</summary>
    public bool IsFeasible => Refusal is null;
}

/// <summary>A placement decision and its reasons: what <c>explain</c> shows.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Chosen">The node that was chosen; null where none is feasible.</param>
/// <param name="Candidates">Every node with its reason, best first.</param>
public sealed record PlacementDecision(ResourceId Resource, Candidate? Chosen, ImmutableList<Candidate> Candidates)
{
    /// <summary>The decision as a sentence.</summary>
    public string Why => Chosen is null
        ? $"no node can run {Resource}: {string.Join("; ", Candidates.Select(c => $"{c.Node}: {c.Refusal}"))}"
        : $"{Chosen.Node} has the fewest resources ({Chosen.Running}) of {Candidates.Count(c => c.IsFeasible)} feasible nodes";
}
