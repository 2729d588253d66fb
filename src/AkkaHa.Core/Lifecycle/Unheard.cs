using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Lifecycle;

/// <summary>
/// What becomes of the boots that may run a resource which HA did not watch (DESIGN §5): those that answer afresh that they do not run it are
/// released together, once all that can answer have; one that runs it alone keeps it.
/// </summary>
internal static class Unheard
{
    public static LogCommand? Decide(ClusterState state, ResourceRecord resource, Observations seen)
    {
        var without = ImmutableArray.CreateBuilder<Session>();
        NodeRecord? with = null;
        foreach (var boot in resource.Unheard)
        {
            if (!state.Nodes.TryGetValue(boot.Node, out var node) || node.Admitted != boot || !node.IsOnline)
                return null;
            var report = seen.ReportOf(node);
            if (report is null || report.AsOf < resource.UnheardSince)
                return null;
            if (report.Of(resource.Id) is not { } guest || guest.IsReleased)
                without.Add(report.Session);
            else
                with = node;
        }

        if (without.Count > 0)
            return new ReleaseUnheard(resource.Id, without.ToImmutable(), resource.UnheardSince);
        return with is not null && !resource.Removed && resource.Owner is null && resource.MayStartOn(with.Admitted!.Value)
            && resource.Actual is (ActualState.Stopped or ActualState.Recovery)
            ? new AdoptGuest(resource.Id, with.Session!.Value, seen.ReportOf(with)!.Of(resource.Id)!.Token)
            : null;
    }
}
