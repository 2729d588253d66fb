using System.Collections.Immutable;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.MayRun;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Failures;

/// <summary>What the node commands make of the committed state.</summary>
internal static class NodeTransitions
{
    public static Applied Apply(ClusterState state, LogEntry entry, AdmitBoot command)
    {
        var report = command.Report;
        var boot = report.Session.Boot;
        state.Nodes.TryGetValue(boot.Node, out var known);
        if (known is not null && known.Identity != report.Identity)
        {
            return new Applied(state, $"{boot.Node}: its identity is not the pinned one; a clone of the node is not admitted.");
        }

        if (known is not null && known.EarlierBoots.Contains(boot.Id))
            return new Applied(state, $"{boot}: a later boot of the node was admitted since; the report is late.");
        // The other way round the report would prove a boot dead that is younger than itself.
        if (known?.Admitted is { } newest && newest != boot && report.AsOf < known.AdmittedIndex)
            return new Applied(state, $"{boot}: whether it is a later boot than {newest} is not known before it answers a CRM that knows of that one.");
        var sameBoot = known?.Admitted == boot;
        if (sameBoot && known is { Condition: NodeCondition.Lost, Condemned: not null } && report.Guests.Values.Any(g => !g.IsReleased))
            return new Applied(state, $"{boot.Node}: this boot was given up since {known.Condemned.Id} could not be stopped there; it is admitted again only when it runs nothing.");
        if (sameBoot && known is { Condition: NodeCondition.Lost, Fence: null, Condemned: null } && known.Session == report.Session)
        {
            // It never went: taken for lost by a CRM that did not hear it, and nothing was done yet. All its orders and answers still hold.
            var heard = state.With(known with { Condition = NodeCondition.Online, DenialIndex = null, Reason = null, LeaseFreeSince = LeaseFree(state, known, boot) });
            return Possession.LiftDenial(heard, boot);
        }

        // A report of the last session could be from before its newest order; only a new session's report tells all.
        if (sameBoot && known!.Session is { } last && !report.Session.IsNewerThan(last))
            return new Applied(state, $"{boot.Node}: this boot is admitted again only with a new session of its daemon.");
        if (sameBoot && known!.Fence is { Open: true })
            return new Applied(state, $"{boot.Node}: this boot is being fenced and cannot be admitted before the attempt ends.");
        if (sameBoot && known!.Condition != NodeCondition.Online && WasGivenUp(known) && report.Guests.Values.Any(g => !g.IsReleased))
            return new Applied(state, $"{boot.Node}: this boot was given up and is admitted again only when it runs nothing.");

        var earlier = known?.Admitted is { } old && old != boot
            ? new Proof(old, ProofKind.NewBoot, boot.Node.Value, known.DenialIndex ?? entry.Index)
            : known?.Proof;
        var node = new NodeRecord(boot.Node, report.Identity, NodeCondition.Online)
        {
            Admitted = boot,
            AdmittedIndex = sameBoot ? known!.AdmittedIndex : entry.Index,
            Session = report.Session,
            EarlierBoots = EarlierBoots(known, boot),
            MemoryMib = report.MemoryMib,
            Cpus = report.Cpus,
            MigratesLive = report.MigratesLive,
            Maintenance = known?.Maintenance ?? false,
            IsQuarantined = known?.IsQuarantined ?? false,
            Losses = known?.Losses ?? [],
            Terms = report.Terms,
            TermsIndex = sameBoot && known!.Terms == report.Terms ? known.TermsIndex : entry.Index,
            LeaseFreeSince = LeaseFree(state, known, boot),
            Proof = earlier,
            Fence = known?.Fence is { } fence ? fence with { Open = false } : null,
        };
        var next = state.With(node);
        next = Possession.ReleaseBoots(next, entry, b => b.Node == boot.Node && b != boot);
        return Possession.TakeReport(next, entry, report);
    }

    public static Applied Apply(ClusterState state, LogEntry entry, OpenSession command)
    {
        var report = command.Report;
        if (!state.Nodes.TryGetValue(report.Session.Node, out var node) || node.Admitted != report.Session.Boot)
            return new Applied(state, $"{report.Session.Node}: its boot is not admitted.");
        if (node.Condition != NodeCondition.Online)
            return new Applied(state, $"{report.Session.Node}: it was taken for lost; it must be admitted again.");
        if (node.Session is { } current && !report.Session.IsNewerThan(current))
            return new Applied(state, $"{report.Session.Node}: a session that is not older is open already.");
        if (report.Terms != node.Terms)
            return new Applied(state, $"{report.Session.Node}: its self-fence has changed to {report.Terms.Describe()}; that needs a new admission.");
        var next = state.With(node with { Session = report.Session, MemoryMib = report.MemoryMib, Cpus = report.Cpus, MigratesLive = report.MigratesLive });
        return Possession.TakeReport(next, entry, report);
    }

    public static Applied Apply(ClusterState state, LogEntry entry, LoseNode command)
    {
        if (!state.Nodes.TryGetValue(command.Boot.Node, out var node) || node.Admitted != command.Boot)
            return new Applied(state, $"{command.Boot}: it is not the admitted boot of the node.");
        if (node.Condition != NodeCondition.Online)
            return new Applied(state, $"{command.Boot}: it is lost or offline already.");
        var next = state.With(node with
        {
            Condition = NodeCondition.Lost,
            DenialIndex = entry.Index,
            Reason = command.Reason,
            IsQuarantined = node.IsQuarantined || command.Quarantines,
            Losses = node.Leaving is null ? Quarantine.With(node.Losses, command.At) : node.Losses,
            Proof = null,
            IsFencingApproved = false,
            Fence = command.Fences ? new FenceAttempt(command.Boot, entry.Index, Open: true) : null,
        });
        return Possession.AwaitProof(next, entry, command.Boot);
    }

    public static Applied Apply(ClusterState state, LogEntry entry, LeaveNode command)
    {
        var session = command.Report.Session;
        if (!state.Nodes.TryGetValue(session.Node, out var node) || node.Session != session || node.Condition != NodeCondition.Online)
            return new Applied(state, $"{session.Node}: only the open session of an online node can leave.");
        if (!command.Report.IsLeaving || command.Report.Guests.Values.Any(g => !g.IsReleased))
            return new Applied(state, $"{session.Node}: it leaves cleanly only when nothing runs there.");
        // An order that was committed meanwhile is refused by the session for ever, whatever its token.
        var next = state.With(node with
        {
            Condition = NodeCondition.Offline,
            Proof = new Proof(session.Boot, ProofKind.CleanLeave, session.Node.Value, entry.Index),
            Fence = null,
            Reason = "its daemon was stopped while nothing ran there",
        });
        return Possession.ReleaseBoots(next, entry, b => b == session.Boot);
    }

    public static Applied Apply(ClusterState state, LogEntry entry, StartFence command)
    {
        if (!state.Nodes.TryGetValue(command.Boot.Node, out var node) || node.Admitted != command.Boot || node.Condition != NodeCondition.Lost)
            return new Applied(state, $"{command.Boot}: only a lost boot is fenced.");
        return state.With(node with { Fence = new FenceAttempt(command.Boot, entry.Index, Open: true) });
    }

    public static Applied Apply(ClusterState state, LogEntry entry, ProveBoot command)
    {
        var proof = command.Proof;
        if (!state.Nodes.TryGetValue(proof.Boot.Node, out var node) || node.Admitted != proof.Boot || node.Condition != NodeCondition.Lost)
            return new Applied(state, $"{proof.Boot}: the proof is void, this boot is not lost.");
        if (node.DenialIndex != proof.DenialIndex)
            return new Applied(state, $"{proof.Boot}: the proof is void, it belongs to an earlier denial.");
        var next = state.With(node with
        {
            Condition = NodeCondition.Offline,
            Proof = proof,
            Fence = node.Fence is { } fence ? fence with { Open = false } : null,
        });
        return Possession.ReleaseBoots(next, entry, b => b == proof.Boot);
    }

    public static Applied Apply(ClusterState state, ApproveFencing command)
    {
        if (!state.Nodes.TryGetValue(command.Node, out var node))
            return new Applied(state, $"{command.Node}: it is no node of this cluster, or was never admitted; expected one of {string.Join(", ", state.Nodes.Keys)}.");
        return node.Condition == NodeCondition.Lost
            ? state.With(node with { IsFencingApproved = true })
            : new Applied(state, $"{command.Node}: it is {node.Condition.ToString().ToLowerInvariant()}; only the fencing of a lost node can be approved.");
    }

    public static Applied Apply(ClusterState state, CondemnNode command)
    {
        if (!state.Nodes.TryGetValue(command.Session.Node, out var node) || node.Session != command.Session || !node.IsOnline)
            return new Applied(state, $"{command.Session.Node}: it is not online in that session.");
        if (node.Condemned is not null)
            return new Applied(state, $"{command.Session.Node}: it is to be fenced already, since {node.Condemned.Id} cannot be stopped there.");
        if (!state.Resources.TryGetValue(command.Id, out var resource) || resource.Owner != command.Session
            || resource.Actual is not (ActualState.Stopping or ActualState.Relocating) || resource.Definition.OnStopFailure != StopFailurePolicy.Fence)
            return new Applied(state, $"{command.Id}: no node is fenced for it.");
        return state.With(node with { Condemned = new Condemnation(command.Id, command.At, command.Reason) });
    }

    public static Applied Apply(ClusterState state, PardonNode command) =>
        state.Nodes.TryGetValue(command.Node, out var node) && node is { IsOnline: true, Condemned: not null }
            ? state.With(node with { Condemned = null })
            : new Applied(state, $"{command.Node}: it is not about to be fenced for a guest.");

    public static Applied Apply(ClusterState state, LogEntry entry, RearmBoot command)
    {
        if (!state.Nodes.TryGetValue(command.Session.Node, out var node) || node.Session != command.Session || !node.IsOnline)
            return new Applied(state, $"{command.Session.Node}: it is not online in that session.");
        if (!state.IsArmed || node.LeaseFreeSince is not { } since || command.ArmedAt <= since)
            return new Applied(state, $"{command.Session.Node}: it was not told after the newest disarming that the cluster is armed.");
        // As with new terms: each voter counts from its append of this entry on, since the boot may have been without a lease until it answered.
        return state.With(node with { LeaseFreeSince = null, TermsIndex = entry.Index });
    }

    // A boot that is admitted while the cluster is disarmed may be told so; one that was told stays so until it has answered.
    private static long? LeaseFree(ClusterState state, NodeRecord? known, Boot boot) =>
        state.DisarmedSince ?? (known?.Admitted == boot ? known.LeaseFreeSince : null);

    private static ImmutableList<BootId> EarlierBoots(NodeRecord? known, Boot boot)
    {
        if (known?.Admitted is not { } old || old == boot)
            return known?.EarlierBoots ?? [];
        var earlier = known.EarlierBoots.Add(old.Id);
        return earlier.Count > NodeRecord.MaxEarlierBoots ? earlier.RemoveAt(0) : earlier;
    }

    private static bool WasGivenUp(NodeRecord node) => node.Fence is not null || node.Proof?.Boot == node.Admitted;
}
