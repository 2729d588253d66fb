using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Placement;

namespace AkkaHa.Core.Storages;

/// <summary>
/// What becomes of guests whose node has lost one of their storages (DESIGN §10). Where no other node could run one, it is left as it is: a
/// storage that is away from all comes back to guests that still wait for it.
/// </summary>
public static class StorageFailures
{
    /// <summary>The guests that are to leave their nodes.</summary>
    public static IEnumerable<LeaveStorage> Decide(ClusterState state, Observations seen, PlacementSettings settings)
    {
        PlacementRound? round = null;
        foreach (var (resource, storage) in Stranded(state, seen))
        {
            if (resource.Definition.OnStorageFailure == StorageFailurePolicy.Stop)
            {
                yield return new LeaveStorage(resource.Id, storage, null);
                continue;
            }

            round ??= new PlacementRound(state, seen, settings);
            if (round.Best(MoveChecks.Placeable(resource), out _) is not { } slot || slot.Name == resource.Owner!.Value.Node)
                continue;
            round.Reserve(resource, slot.Name);
            yield return new LeaveStorage(resource.Id, storage, slot.Name);
        }
    }

    /// <summary>What people should know: guests that run on, or hang, though their node has lost a storage of theirs.</summary>
    public static IEnumerable<string> Problems(ClusterState state, Observations seen) =>
        from stranded in Stranded(state, seen, all: true)
        let resource = stranded.Resource
        select $"{resource.Id} is left on {resource.Owner!.Value.Node}, which does not reach its storage {stranded.Storage}: "
            + (resource.Definition.OnStorageFailure == StorageFailurePolicy.Nothing ? "its on-storage-failure is nothing" : "no other node can run it now");

    private static IEnumerable<(ResourceRecord Resource, string Storage)> Stranded(ClusterState state, Observations seen, bool all = false)
    {
        // Nearly always there is nothing to do, and that must cost nothing.
        Dictionary<NodeName, List<string>>? lost = null;
        foreach (var node in state.Nodes.Values)
        {
            if (seen.ReportOf(node) is not { Storages.IsEmpty: false } report)
                continue;
            foreach (var (name, sight) in report.Storages)
            {
                if (!sight.HasFailed)
                    continue;
                lost ??= [];
                if (!lost.TryGetValue(node.Name, out var names))
                    lost[node.Name] = names = [];
                names.Add(name);
            }
        }

        if (lost is null)
            yield break;
        foreach (var resource in state.Resources.Values)
        {
            if (resource is not { Actual: ActualState.Started, IsWanted: true, Owner: { } owner } || !lost.TryGetValue(owner.Node, out var names)
                || (!all && resource.Definition.OnStorageFailure == StorageFailurePolicy.Nothing))
                continue;
            var disk = resource.Definition.Disks.FirstOrDefault(d => names.Contains(d.Storage));
            if (disk is not null)
                yield return (resource, disk.Storage);
        }
    }
}
