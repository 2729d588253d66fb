using AkkaHa.Core.Model;

namespace AkkaHa.Core.Moves;

/// <summary>Why a resource cannot be moved, as far as the committed state tells; what is feasible now is placement's to say.</summary>
public static class MoveRefusals
{
    /// <summary>The reason against; null where the move can begin.</summary>
    public static string? Of(ClusterState state, MoveResource command)
    {
        var id = command.Id;
        if (!state.Resources.TryGetValue(id, out var resource) || resource.Removed)
            return $"{id}: there is no such resource.";
        if (resource.Requested is RequestedState.Ignored or RequestedState.Disabled)
            return $"{id}: it is {Word(resource.Requested)}; HA does not move what it leaves alone.";
        if (resource.Requested == RequestedState.Stopped)
            return $"{id}: it is requested stopped and runs nowhere; it is placed when it is started.";
        if (resource.Actual is ActualState.Migrating or ActualState.Relocating or ActualState.Starting or ActualState.Stopping)
            return $"{id}: it is {Word(resource.Actual)} now; wait for the end of that.";
        if (resource.Actual != ActualState.Started || resource.Owner is not { } owner)
            return $"{id}: it is in {Word(resource.Actual)} and runs nowhere that it could be moved from.";
        if (owner.Node == command.Target)
            return $"{id}: it runs on {command.Target} already.";
        if (!state.Nodes.TryGetValue(owner.Node, out var source) || !source.IsOnline || source.Session != owner)
            return $"{id}: {owner.Node}, where it runs, is not online.";
        if (!state.Nodes.TryGetValue(command.Target, out var target))
            return $"{id}: {command.Target} is no node of this cluster; expected one of {string.Join(", ", state.Nodes.Keys)}.";
        if (!target.IsOnline)
            return $"{id}: {command.Target} is not online.";
        return resource.MayRun.All(boot => boot == owner.Boot)
            ? null
            : $"{id}: a copy may be alive on {string.Join(", ", resource.MayRun.Where(b => b != owner.Boot))}; that is settled first.";
    }

    /// <summary>How the resource would really move: a container, and a guest between nodes that cannot migrate, is relocated.</summary>
    public static MoveKind KindOf(ClusterState state, MoveResource command)
    {
        if (command.Kind == MoveKind.Relocate || command.Id.Kind == ResourceKind.Ct)
            return MoveKind.Relocate;
        var resource = state.Resources[command.Id];
        return state.Nodes[resource.Owner!.Value.Node].MigratesLive && state.Nodes[command.Target].MigratesLive ? MoveKind.Migrate : MoveKind.Relocate;
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
