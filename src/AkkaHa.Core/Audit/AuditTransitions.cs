using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Audit;

/// <summary>What the auditor's finding makes of the committed state.</summary>
internal static class AuditTransitions
{
    public static Applied Apply(ClusterState state, LogEntry entry, DeclareSplit command)
    {
        if (!state.Resources.TryGetValue(command.Id, out var resource))
            return new Applied(state, $"{command.Id}: there is no such resource.");
        if (resource.Migration is not null)
            return new Applied(state, $"{command.Id}: it is being migrated; that tells its two nodes apart.");
        if (command.Copies.Count < 2 || !command.Copies.All(s => state.Nodes.TryGetValue(s.Node, out var node) && node.IsOnline && node.Session == s))
            return new Applied(state, $"{command.Id}: the reports are not of the newest sessions of two nodes.");
        // The newest order names the owner. Without one nobody can tell which copy is right, and none is kept.
        var keeps = resource.Owner is { } owner && command.Copies.Contains(owner);
        var where = string.Join(" and ", command.Copies.Select(s => s.Node));
        var reason = $"split-brain: {where} ran {command.Id} at once; "
            + (keeps ? $"the copy on {resource.Owner!.Value.Node}, which HA had ordered, goes on and every other one is stopped"
                : "HA had ordered neither, and all are stopped")
            + ". Check its disks, then clear the error.";
        var split = resource with
        {
            Actual = ActualState.Error,
            Reason = reason,
            RetryAt = null,
            IsSplit = true,
            Owner = keeps ? resource.Owner : null,
            Token = new Token(entry.Epoch, entry.Index),
            MayRun = resource.MayRun.Union(command.Copies.Select(s => s.Boot)),
            Unheard = resource.Unheard.Except(command.Copies.Select(s => s.Boot)),
        };
        return state.With(split).WithIncident(entry.Index, command.Id.ToString(), reason);
    }
}
