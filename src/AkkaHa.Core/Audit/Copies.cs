using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Audit;

/// <summary>Compares what the nodes report with what the log says: where guests live that should not (DESIGN §10).</summary>
public static class Copies
{
    /// <summary>
    /// The resources that more than one node reports alive. A copy that waits for a migration is none; the source of one that is at the switch-over
    /// is the guest itself.
    /// </summary>
    public static ImmutableSortedSet<ResourceId> Twice(ClusterState state, Observations seen)
    {
        if (seen.Reports.Count < 2)
            return [];
        HashSet<ResourceId>? once = null;
        ImmutableSortedSet<ResourceId> twice = [];
        foreach (var node in state.Nodes.Values)
        {
            if (!node.IsOnline || seen.ReportOf(node) is not { } report)
                continue;
            foreach (var guest in report.Guests.Values)
            {
                if (IsAlive(guest) && state.Resources.ContainsKey(guest.Id) && !(once ??= []).Add(guest.Id))
                    twice = twice.Add(guest.Id);
            }
        }

        return twice;
    }

    /// <summary>What is to be done about copies that were found twice also when both nodes were asked again, and about guests that nobody expected.</summary>
    internal static IEnumerable<LogCommand> Decide(ClusterState state, Observations seen)
    {
        foreach (var id in seen.Duplicated)
        {
            // A migration tells its two nodes apart by itself.
            if (state.Resources.GetValueOrDefault(id) is not { Migration: null } resource)
                continue;
            var alive = Alive(state, id, seen);
            if (alive.Count > 1 && !(resource.IsSplit && alive.All(s => resource.MayRun.Contains(s.Boot))))
                yield return new DeclareSplit(id, alive);
        }

        foreach (var id in seen.Unexpected)
        {
            if (!state.Resources.TryGetValue(id, out var resource) || !IsUnowned(resource))
                continue;
            if (ByHand(state, resource, seen) is [var adoption])
                yield return adoption;
        }
    }

    /// <summary>
    /// Where nodes report that they run a resource that nobody was ordered to run: somebody started it, or moved it there, by hand. One is adopted;
    /// of several none, until the auditor has asked them all again.
    /// </summary>
    internal static IReadOnlyList<AdoptGuest> ByHand(ClusterState state, ResourceRecord resource, Observations seen)
    {
        List<AdoptGuest>? found = null;
        foreach (var (name, report) in seen.Reports)
        {
            // An order that the node has not answered yet keeps its boot in may-run; only then a lower token is an old word.
            if (!report.Guests.IsEmpty && report.Of(resource.Id) is { State: GuestState.Running } guest
                && state.Nodes.TryGetValue(name, out var node) && node is { IsOnline: true, Session: { } session } && seen.ReportOf(node) is not null
                && (guest.Token >= resource.Token || !resource.MayRun.Contains(session.Boot)) && resource.MayStartOn(session.Boot))
                (found ??= []).Add(new AdoptGuest(resource.Id, session, guest.Token));
        }

        return found ?? (IReadOnlyList<AdoptGuest>)[];
    }

    /// <summary>The resources that a node runs although HA has started them nowhere: somebody else's hand did, and nothing need speak against it.</summary>
    public static ImmutableSortedSet<ResourceId> Unexpected(ClusterState state, Observations seen)
    {
        var found = ImmutableSortedSet.CreateBuilder<ResourceId>();
        foreach (var node in state.Nodes.Values)
        {
            if (!node.IsOnline || seen.ReportOf(node) is not { } report)
                continue;
            foreach (var guest in report.Guests.Values)
            {
                if (guest.State == GuestState.Running && state.Resources.TryGetValue(guest.Id, out var resource) && IsUnowned(resource))
                    found.Add(guest.Id);
            }
        }

        return found.ToImmutable();
    }

    private static bool IsUnowned(ResourceRecord resource) => resource is
    {
        Owner: null,
        Removed: false,
        Actual: ActualState.Recovery or ActualState.Stopped,
        Requested: RequestedState.Started or RequestedState.Stopped,
    };

    /// <summary>The next answer about a copy that is not the owner's; null while none is awaited or has come.</summary>
    internal static LogCommand? Released(ClusterState state, ResourceRecord resource, Observations seen)
    {
        foreach (var session in Strays(state, resource))
        {
            var guest = seen.ReportOf(state.Nodes[session.Node])?.Of(resource.Id);
            if (guest is { IsReleased: true } && guest.Token >= resource.Token && resource.Token > Token.None)
                return new ReleaseGuest(resource.Id, session, guest.Token, ReleaseCause.Stopped, guest.Reason);
        }

        return null;
    }

    /// <summary>
    /// What is asked of boots in may-run that are not the owner's: to stop their copy if the resource is split, else to say whether they have one.
    /// </summary>
    internal static IEnumerable<Order> Orders(ClusterState state, ResourceRecord resource)
    {
        foreach (var session in Strays(state, resource))
            yield return resource.IsSplit ? new Order.Stop(session, resource.Id, resource.Token) { Within = TimeSpan.Zero } : new Order.Attest(session, resource.Id, resource.Token);
    }

    private static IEnumerable<Session> Strays(ClusterState state, ResourceRecord resource)
    {
        if (resource.MayRun.IsEmpty || resource.Migration is not null || (resource.MayRun.Count == 1 && resource.MayRun[0] == resource.Owner?.Boot))
            yield break;
        foreach (var boot in resource.MayRun)
        {
            if (boot != resource.Owner?.Boot && !resource.Unheard.Contains(boot)
                && state.Nodes.TryGetValue(boot.Node, out var node) && node is { IsOnline: true, Session: { } session } && session.Boot == boot)
                yield return session;
        }
    }

    private static ImmutableList<Session> Alive(ClusterState state, ResourceId id, Observations seen) =>
        [.. from node in state.Nodes.Values
            where node.IsOnline
            let guest = seen.ReportOf(node)?.Of(id)
            where guest is not null && IsAlive(guest)
            select node.Session!.Value];

    private static bool IsAlive(GuestReport guest) =>
        guest.State is GuestState.Running or GuestState.Stopping or GuestState.StopFailed or GuestState.Sending or GuestState.AtSwitchOver;
}
