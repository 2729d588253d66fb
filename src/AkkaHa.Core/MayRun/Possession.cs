using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.MayRun;

/// <summary>
/// Where copies of guests may be alive. Starts and reports add boots; only a node's own answer, a newer session's full report, or a proof
/// takes one out (DESIGN §5). Every change of a resource's may-run is in this file.
/// </summary>
internal static class Possession
{
    /// <summary>A start is committed: from here on a copy may be alive on that boot.</summary>
    public static ResourceRecord Order(ResourceRecord resource, Session session, Token token) => resource with
    {
        Actual = ActualState.Starting,
        Owner = session,
        Token = token,
        MayRun = resource.MayRun.Add(session.Boot),
        Unheard = resource.Unheard.Remove(session.Boot),
        LastNode = session.Node,
        WaitsSince = null,
        LostStorage = null,
    };

    /// <summary>A node runs the guest already, and no other copy can be alive: it belongs there from now on.</summary>
    public static ResourceRecord Adopt(ResourceRecord resource, Session session, Token token) => resource with
    {
        Actual = ActualState.Started,
        Owner = session,
        Token = token,
        MayRun = resource.MayRun.Add(session.Boot),
        Unheard = resource.Unheard.Remove(session.Boot),
        LastNode = session.Node,
        WaitsSince = null,
        LostStorage = null,
    };

    /// <summary>
    /// HA did not know of the guest, or did not watch it: every boot that is not proven dead may run it, until it answers afresh or is proven.
    /// </summary>
    public static ResourceRecord Unwatched(ClusterState state, ResourceRecord resource, long index)
    {
        var mayRun = resource.MayRun;
        var unheard = resource.Unheard;
        foreach (var node in state.Nodes.Values)
        {
            // Of a boot that is in may-run by an order, the answer to that order tells.
            if (node.Admitted is not { } boot || node.Condition == NodeCondition.Offline || mayRun.Contains(boot))
                continue;
            mayRun = mayRun.Add(boot);
            unheard = unheard.Add(boot);
        }

        return resource with { MayRun = mayRun, Unheard = unheard, UnheardSince = index };
    }

    /// <summary>The boot answered that it runs the guest no more, or is proven dead.</summary>
    public static ResourceRecord Release(ResourceRecord resource, Boot boot)
    {
        var next = resource with { MayRun = resource.MayRun.Remove(boot), Unheard = resource.Unheard.Remove(boot) };
        if (next.Owner?.Boot == boot)
            next = next with { Owner = null };
        return next;
    }

    /// <summary>A boot runs the guest no more: where the resource stands now.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="entry">The entry that says so.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="boot">The boot.</param>
    /// <param name="isWhole">For the source of a migration: whether the destination may have all of the guest.</param>
    public static ResourceRecord Leave(ClusterState state, LogEntry entry, ResourceRecord resource, Boot boot, bool isWhole)
    {
        if (resource.Migration is null)
            return Settle(state, Release(resource, boot));
        var left = resource with { MayRun = resource.MayRun.Remove(boot), Unheard = resource.Unheard.Remove(boot) };
        return MoveTransitions.Released(state, entry, left, boot, isWhole);
    }

    /// <summary>Boots are proven dead: whatever they may have run, they run no more.</summary>
    public static ClusterState ReleaseBoots(ClusterState state, LogEntry entry, Func<Boot, bool> isDead)
    {
        foreach (var resource in state.Resources.Values)
        {
            // Nearly all have one boot at most; an enumerator for each would cost more than all the rest.
            if (resource.MayRun.IsEmpty || (resource.MayRun.Count == 1 ? !isDead(resource.MayRun[0]) : !resource.MayRun.Any(isDead)))
                continue;
            // What a dead source has sent, the destination looks at itself before it runs it.
            state = Keep(state, resource.MayRun.Where(isDead).Aggregate(resource, (next, boot) => Leave(state, entry, next, boot, isWhole: true)));
        }

        return state;
    }

    /// <summary>A boot is lost: what it may run waits for a proof.</summary>
    public static ClusterState AwaitProof(ClusterState state, LogEntry entry, Boot boot)
    {
        foreach (var resource in state.Resources.Values)
        {
            if (!resource.MayRun.Contains(boot) || resource.Actual is ActualState.Error)
                continue;
            // Of a guest that another node runs, or is ordered to, the lost boot only has not answered yet.
            if (resource.Owner is { } owner && owner.Boot != boot && resource.Unheard.Contains(boot))
                continue;
            state = state.With(resource.Migration is not null
                ? MoveTransitions.Lost(state, entry, resource)
                : resource with { Actual = ActualState.Fence, WaitsSince = null });
        }

        return state;
    }

    /// <summary>
    /// A new session's full report: what it runs is taken into may-run and adopted where that is safe; what it does not run, it runs no more,
    /// since orders to its older sessions are refused.
    /// </summary>
    public static ClusterState TakeReport(ClusterState state, LogEntry entry, NodeReport report)
    {
        var session = report.Session;
        foreach (var resource in state.Resources.Values)
        {
            var guest = report.Of(resource.Id);
            if (guest is null || guest.IsReleased)
            {
                // A look that is older than the question is no answer to it.
                var isOld = report.AsOf < resource.UnheardSince && resource.Unheard.Contains(session.Boot);
                if (resource.MayRun.Contains(session.Boot) && !isOld)
                    state = Keep(state, Leave(state, entry, resource, session.Boot, guest?.State == GuestState.Departed));
                continue;
            }

            if (resource.Migration?.Involves(session.Boot) == true && resource.MayRun.Contains(session.Boot))
            {
                state = state.With(MoveTransitions.Rejoined(resource, session));
                continue;
            }

            // No order of this session is open, so its first word about the guest stands without a token of its own.
            var held = resource with { MayRun = resource.MayRun.Add(session.Boot), Unheard = resource.Unheard.Remove(session.Boot) };
            if (held.MayRun.Count > 1)
            {
                // What is to be stopped, or stands still, is ordered anew: no order of the older session reaches this one.
                var isAsWanted = guest.State == GuestState.Running && held.Actual is not (ActualState.Stopping or ActualState.Relocating);
                if (held.Owner?.Boot == session.Boot)
                    held = held with { Owner = session, Token = isAsWanted ? guest.Token : new Token(entry.Epoch, entry.Index) };
                // Those that only have not answered yet do not speak against it.
                if (held.MayRun.All(b => b == session.Boot || held.Unheard.Contains(b)))
                {
                    state = state.With(Settle(state, held));
                    continue;
                }

                state = state.With(Settle(state, held)).WithIncident(entry.Index, resource.Id.ToString(),
                    $"{session.Node} reports {resource.Id} as running while a copy may be alive on {string.Join(", ", held.MayRun.Where(b => b != session.Boot))}; it is not adopted.");
                continue;
            }

            state = state.With(resource.Actual switch
            {
                ActualState.Stopping or ActualState.Relocating => held with { Owner = session, Token = new Token(entry.Epoch, entry.Index) },
                ActualState.Error => held with { Owner = session, Token = guest.Token },
                // It waits for a guest that nobody sends any more.
                _ when guest.State == GuestState.Incoming =>
                    held with { Actual = ActualState.Stopping, Owner = session, Token = new Token(entry.Epoch, entry.Index) },
                // It stands still after a migration away that is settled: the new token has it run on.
                _ when guest.State == GuestState.AtSwitchOver => Adopt(held, session, new Token(entry.Epoch, entry.Index)),
                _ => Adopt(held, session, guest.Token),
            });
        }

        return state;
    }

    /// <summary>The denial of a boot was lifted before anything was done about it: what waited for a proof of its death waits no more.</summary>
    public static ClusterState LiftDenial(ClusterState state, Boot boot)
    {
        foreach (var resource in state.Resources.Values)
        {
            if (resource.Actual == ActualState.Fence && resource.MayRun.Contains(boot))
                state = state.With(Settle(state, resource));
        }

        return state;
    }

    /// <summary>Where a resource stands once its may-run, or what is known of the boots in it, has changed.</summary>
    public static ResourceRecord Settle(ClusterState state, ResourceRecord resource)
    {
        if (resource.Actual is ActualState.Error or ActualState.Frozen || resource.Migration is not null)
            return resource;
        if (resource.Owner is null)
            return resource with { Actual = Standing(state, resource) };
        // Its owner is heard again, or waited only for another boot's proof: the answer to the newest order tells whether it runs.
        return resource.Actual == ActualState.Fence && !resource.MayRun.Any(boot => IsLost(state, boot))
            ? resource with { Actual = ActualState.Started }
            : resource;
    }

    /// <summary>Where a resource stands that nothing is ordered for.</summary>
    public static ActualState Standing(ClusterState state, ResourceRecord resource)
    {
        if (resource.MayRun.Any(boot => IsLost(state, boot)))
            return ActualState.Fence;
        return resource.Requested == RequestedState.Started ? ActualState.Recovery : ActualState.Stopped;
    }

    /// <summary>Whether a copy on that boot waits for a proof.</summary>
    public static bool IsLost(ClusterState state, Boot boot) =>
        state.Nodes.TryGetValue(boot.Node, out var node) && node.Admitted == boot && node.Condition == NodeCondition.Lost;

    /// <summary>Puts the resource back, or drops a tombstone of which no copy can be alive.</summary>
    public static ClusterState Keep(ClusterState state, ResourceRecord resource) =>
        resource.IsSplit && resource.MayRun.All(boot => boot == resource.Owner?.Boot) ? Keep(state, resource with { IsSplit = false })
        : resource is { Removed: true, MayRun.IsEmpty: true }
            ? state with { Resources = state.Resources.Remove(resource.Id) }
            : state.With(resource);
}
