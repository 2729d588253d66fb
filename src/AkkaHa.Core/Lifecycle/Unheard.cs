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
    public static LogCommand? Decide(ResourceRecord resource, NodeSights nodes)
    {
        var without = ImmutableArray.CreateBuilder<Session>();
        NodeSight? with = null;
        foreach (var boot in resource.Unheard)
        {
            if (nodes.Of(boot.Node) is not { Report: { } report } sight || sight.Node.Admitted != boot || !sight.Node.IsOnline)
                return null;
            if (report.AsOf < resource.UnheardSince)
                return null;
            if (report.Of(resource.Id) is not { } guest || guest.IsReleased)
                without.Add(report.Session);
            else
                with = sight;
        }

        if (without.Count > 0)
            return new ReleaseUnheard(resource.Id, without.ToImmutable(), resource.UnheardSince);
        return with is not null && !resource.Removed && resource.Owner is null && resource.MayStartOn(with.Node.Admitted!.Value)
            && resource.Actual is (ActualState.Stopped or ActualState.Recovery)
            ? new AdoptGuest(resource.Id, with.Node.Session!.Value, with.Report!.Of(resource.Id)!.Token)
            : null;
    }
}
