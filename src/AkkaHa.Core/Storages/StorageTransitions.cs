using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Storages;

/// <summary>What the loss of a storage makes of the committed state.</summary>
internal static class StorageTransitions
{
    public static Applied Apply(ClusterState state, LogEntry entry, LeaveStorage command)
    {
        if (!state.Resources.TryGetValue(command.Id, out var resource))
            return new Applied(state, $"{command.Id}: there is no such resource.");
        if (resource is not { Actual: ActualState.Started, IsWanted: true, Owner: { } owner })
            return new Applied(state, $"{command.Id}: it is {resource.Actual.ToString().ToLowerInvariant()} and need not leave its node.");
        if (command.Target is { } target && (target == owner.Node || !state.Nodes.TryGetValue(target, out var node) || !node.IsOnline))
            return new Applied(state, $"{command.Id}: {target} is no other node that is online.");
        return state.With(resource with
        {
            Actual = command.Target is null ? ActualState.Stopping : ActualState.Relocating,
            Token = new Token(entry.Epoch, entry.Index),
            LostStorage = command.Storage,
            PreferredNode = command.Target ?? resource.PreferredNode,
            Reason = $"{owner.Node} does not reach the storage {command.Storage}",
        });
    }

    /// <summary>A guest was stopped as ordered: where the resource stands if that was for the sake of a storage.</summary>
    public static ResourceRecord Stopped(ResourceRecord resource)
    {
        if (resource.LostStorage is not { } storage)
            return resource;
        var left = resource with { LostStorage = null };
        return resource is { Actual: ActualState.Recovery, Definition.OnStorageFailure: StorageFailurePolicy.Stop }
            ? left with
            {
                Actual = ActualState.Error,
                RetryAt = null,
                Reason = $"it was stopped because {resource.LastNode} did not reach the storage {storage} (on-storage-failure = stop); "
                    + "look at its disks, then clear the error to start it where the storage is reached",
            }
            : left;
    }
}
