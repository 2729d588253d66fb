using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Quorum;

/// <summary>
/// What one step may change: add one voter, remove one, or give one voter's node another replica. Larger steps would let majorities
/// of the old and the new voters decide past each other.
/// </summary>
public static class ConfigurationChange
{
    /// <summary>Says why the voters may not become these in one step; null if they may.</summary>
    public static string? Refuse(Configuration current, ImmutableSortedDictionary<NodeName, Voter> next)
    {
        if (RefuseSet(next) is { } wrong)
            return wrong;
        var added = next.Keys.Where(n => !current.Voters.ContainsKey(n)).ToArray();
        var removed = current.Voters.Keys.Where(n => !next.ContainsKey(n)).ToArray();
        var replaced = next.Values.Where(v => current.VoterOn(v.Node) is { } old && old.Replica != v.Replica).ToArray();
        var lowered = next.Values.FirstOrDefault(v =>
            current.VoterOn(v.Node) is { } old && old.Replica == v.Replica && v.StartCounter < old.StartCounter);
        if (lowered is not null)
            return FormattableString.Invariant($"the start counter of {lowered.Node} would fall to {lowered.StartCounter}: a replica that was rolled back could vote again");
        return (added.Length + removed.Length + replaced.Length) switch
        {
            0 => "the voters would stay the same",
            1 => null,
            _ => $"voters change one at a time, and this would change {string.Join(", ", added.Concat(removed).Concat(replaced.Select(v => v.Node)))} together",
        };
    }

    /// <summary>Says why a node can get no vote, or lose none; null if it can.</summary>
    /// <param name="current">The configuration to be changed.</param>
    /// <param name="node">The node.</param>
    /// <param name="isAdded">Whether it is to get a vote; else it is to lose it, or to keep it with another replica.</param>
    public static string? RefuseFor(Configuration current, NodeName node, bool isAdded) => (isAdded, current.VoterOn(node)) switch
    {
        (true, not null) => $"{node} has a vote already",
        (false, null) => $"{node} has no vote: the voters are {string.Join(", ", current.Voters.Keys)}",
        _ => null,
    };

    /// <summary>Says why these can be the voters of no configuration; null if they can.</summary>
    public static string? RefuseSet(ImmutableSortedDictionary<NodeName, Voter> voters)
    {
        if (voters.Count is 0 or > Configuration.MaxVoters)
            return FormattableString.Invariant($"a configuration has 1 to {Configuration.MaxVoters} voters, not {voters.Count}");
        var misnamed = voters.FirstOrDefault(v => v.Key != v.Value.Node);
        if (misnamed.Value is not null)
            return $"the voter listed under {misnamed.Key} says it is on {misnamed.Value.Node}";
        var shared = voters.Values.Where(v => v.Replica != Guid.Empty).GroupBy(v => v.Replica).FirstOrDefault(g => g.Count() > 1);
        return shared is null ? null : $"{string.Join(" and ", shared.Select(v => v.Node))} have the same replica UUID {shared.Key}: one is a copy of the other's disk";
    }

    /// <summary>Whether some node keeps its vote, but with another replica.</summary>
    public static bool Replaces(Configuration current, Configuration next) =>
        next.Voters.Values.Any(v => current.VoterOn(v.Node) is { } old && old.Replica != v.Replica);

    /// <summary>The voters with one more.</summary>
    public static ImmutableSortedDictionary<NodeName, Voter> Add(Configuration current, Voter voter) => current.Voters.Add(voter.Node, voter);

    /// <summary>The voters without this one.</summary>
    public static ImmutableSortedDictionary<NodeName, Voter> Remove(Configuration current, NodeName node) => current.Voters.Remove(node);

    /// <summary>The voters with another replica on this node: what makes a learner that came back empty a voter again.</summary>
    public static ImmutableSortedDictionary<NodeName, Voter> Replace(Configuration current, Voter voter) => current.Voters.SetItem(voter.Node, voter);
}
