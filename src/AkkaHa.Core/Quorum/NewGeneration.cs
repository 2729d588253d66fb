using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Quorum;

/// <summary>What an operator may force where no majority of the votes is left (DESIGN §4).</summary>
public static class NewGeneration
{
    /// <summary>Says why the expected votes cannot be forced so; null if they can, once every dead voter has a proof or the operator's word.</summary>
    /// <param name="current">The newest configuration that the node knows.</param>
    /// <param name="votes">How many votes the operator expects.</param>
    /// <param name="dead">The voters that are left out.</param>
    public static string? Refuse(Configuration? current, int votes, ImmutableSortedSet<NodeName> dead)
    {
        if (current is null)
            return "this node knows no voters: its replica of the state log is empty. Give the command to a node that was a voter";
        if (dead.IsEmpty)
            return "nobody is named as dead; name every voter that is left out with --dead";
        if (dead.FirstOrDefault(n => current.VoterOn(n) is null) is { Value.Length: > 0 } stranger)
            return $"{stranger} has no vote: the voters are {string.Join(", ", current.Voters.Keys)}";
        var left = current.Voters.Count - dead.Count;
        return left == votes && left > 0
            ? null
            : FormattableString.Invariant($"of {current.Voters.Count} voters {dead.Count} are named as dead, which leaves {left} votes and not {votes}");
    }
}
