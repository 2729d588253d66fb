using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.StateLog;

/// <summary>What a voter is known to have acknowledged.</summary>
/// <param name="Replica">Its replica; another one of the same node owes nothing.</param>
/// <param name="Epoch">The leader it acknowledged to.</param>
/// <param name="Index">Up to where its log agreed with that leader's.</param>
public readonly record struct Acknowledgement(Guid Replica, Epoch Epoch, long Index)
{
    /// <summary>Whether this one says more than the other about the same replica.</summary>
    public bool Exceeds(Acknowledgement other)
    {
        var byEpoch = Epoch.CompareTo(other.Epoch);
        return byEpoch > 0 || (byEpoch == 0 && Index > other.Index);
    }
}

/// <summary>What is remembered of several voters.</summary>
public static class Acknowledgements
{
    /// <summary>The most that either of them remembers of each voter; of another replica on the same node the newer word counts.</summary>
    public static ImmutableSortedDictionary<NodeName, Acknowledgement> MergedWith(
        this ImmutableSortedDictionary<NodeName, Acknowledgement> known,
        ImmutableSortedDictionary<NodeName, Acknowledgement> news)
    {
        foreach (var (node, acknowledgement) in news)
        {
            if (!known.TryGetValue(node, out var old) || acknowledgement.Exceeds(old))
                known = known.SetItem(node, acknowledgement);
        }
        return known;
    }
}
