using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Cluster.Crm;

/// <summary>Lets a resource be for a while after each migration that was given up: the pauses double, and are lost with the CRM.</summary>
internal sealed class MovePauses
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ResourceId, TimeSpan> _until = [];

    /// <summary>Looks for migrations that an entry has given up.</summary>
    public void Note(ClusterState before, ClusterState after, TimeSpan now)
    {
        if (ReferenceEquals(before.Resources, after.Resources))
            return;
        foreach (var (id, earlier) in before.Resources)
        {
            // Only what was migrating can have failed to.
            if (earlier.Migration is null || !after.Resources.TryGetValue(id, out var resource) || resource.FailedMoves <= earlier.FailedMoves)
                continue;
            var pause = First * Math.Pow(2, Math.Min(resource.FailedMoves - 1, 10));
            _until[id] = now + (pause < Longest ? pause : Longest);
        }
    }

    /// <summary>The resources whose pause has not passed.</summary>
    public ImmutableSortedSet<ResourceId> Running(TimeSpan now)
    {
        if (_until.Count == 0)
            return [];
        foreach (var (id, _) in _until.Where(p => p.Value <= now).ToList())
            _until.Remove(id);
        return [.. _until.Keys];
    }
}
