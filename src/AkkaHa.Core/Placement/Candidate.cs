using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>One node in a placement decision. They sort from the best to the worst, those that cannot run the resource last.</summary>
/// <param name="Node">The node.</param>
/// <param name="Session">The session that would run the resource; null where the node has none open.</param>
/// <param name="Refusal">Why the resource cannot run there; null where it can.</param>
/// <param name="Running">How many other guests run there or are bound to it.</param>
public sealed record Candidate(NodeName Node, Session? Session, string? Refusal, int Running) : IComparable<Candidate>
{
    /// <summary>What keeps the resource from running there.</summary>
    public Obstacle Obstacle { get; init; }

    /// <summary>How good it is.</summary>
    public Rank Rank { get; init; }

    /// <summary>Memory in MiB that is still free there.</summary>
    public long FreeMemoryMib { get; init; }

    /// <summary>Whether the resource can run there.</summary>
    public bool IsFeasible => Refusal is null;

    /// <inheritdoc />
    public int CompareTo(Candidate? other)
    {
        if (other is null)
            return 1;
        var order = other.IsFeasible.CompareTo(IsFeasible);
        if (order == 0)
            order = Rank.CompareTo(other.Rank);
        return order == 0 ? Node.CompareTo(other.Node) : order;
    }
}

/// <summary>A placement decision and its reasons: what <c>explain</c> shows.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Chosen">The node that was chosen; null where none is feasible.</param>
/// <param name="Candidates">Every node with its reason, best first.</param>
public sealed record PlacementDecision(ResourceId Resource, Candidate? Chosen, ImmutableList<Candidate> Candidates)
{
    /// <summary>The resource's group; null where it has none.</summary>
    public GroupName? Group { get; init; }

    /// <summary>Why it is not started now although a node is chosen; null where nothing holds it back.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>The decision as a sentence.</summary>
    public string Why => Chosen is null
        ? $"no node can run {Resource}: {string.Join("; ", Candidates.Select(c => $"{c.Node}: {c.Refusal}"))}"
        : WaitsFor ?? Reason(Chosen.Node, Chosen.Rank, Group);

    /// <summary>Why a node was chosen, as a sentence.</summary>
    public static string Reason(NodeName node, Rank rank, GroupName? group)
    {
        var preferred = group is null ? ""
            : rank.Priority >= Rank.OutOfGroup ? $"no node of group {group} can run it, and "
            : FormattableString.Invariant($"group {group} gives it priority {rank.Priority}, and ");
        var where = rank.Away == 0 ? "it ran there last" : FormattableString.Invariant($"it has the fewest guests ({rank.Running}) of the best nodes");
        return $"{node}: {preferred}{where}{(rank.Failed > 0 ? ", though a start failed there" : "")}";
    }
}
