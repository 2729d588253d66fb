using System.Collections.Immutable;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Rules;

namespace AkkaHa.Protocol.Wire;

/// <summary>The committed state between the core and snapshots.</summary>
internal static class ClusterStateMapping
{
    public static ClusterStatePb ToWire(this ClusterState state)
    {
        var wire = new ClusterStatePb
        {
            ClusterId = state.ClusterId.ToWire(),
            Configuration = state.Configuration?.ToWire(),
            AppliedIndex = state.AppliedIndex,
        };
        wire.Nodes.AddRange(state.Nodes.Values.Select(ToWire));
        wire.Resources.AddRange(state.Resources.Values.Select(r => r.ToWire()));
        wire.Groups.AddRange(state.Groups.Values.Select(g => g.ToWire()));
        wire.Affinity.AddRange(state.Affinity.Select(r => r.ToWire()));
        wire.ShutdownPolicy = (int)state.ShutdownPolicy;
        if (state.DisarmedSince is { } disarmed)
            wire.DisarmedSince = disarmed;
        wire.Incidents.AddRange(state.Incidents.Select(i => new IncidentRecordPb { Index = i.Index, Subject = i.Subject, Text = i.Text }));
        return wire;
    }

    public static ClusterState FromWire(this ClusterStatePb? wire) => wire is null
        ? throw ModelMapping.Missing("state")
        : new ClusterState
        {
            ClusterId = ModelMapping.Uuid(wire.ClusterId),
            Configuration = wire.Configuration?.FromWire(),
            AppliedIndex = wire.AppliedIndex,
            Nodes = wire.Nodes.Select(FromWire).ToImmutableSortedDictionary(n => n.Name, n => n),
            Resources = wire.Resources.Select(r => r.FromWire()).ToImmutableSortedDictionary(r => r.Id, r => r),
            Groups = wire.Groups.Select(g => g.FromWire()).ToImmutableSortedDictionary(g => g.Name, g => g),
            Affinity = RuleBook.Of(wire.Affinity.Select(r => r.FromWire())),
            ShutdownPolicy = ModelMapping.Enum<ShutdownPolicy>(wire.ShutdownPolicy),
            DisarmedSince = wire.HasDisarmedSince ? wire.DisarmedSince : null,
            Incidents = [.. wire.Incidents.Select(i => new Incident(i.Index, i.Subject, i.Text))],
        };

    public static ProofPb ToWire(this Proof proof) =>
        new() { Boot = proof.Boot.ToWire(), Kind = (int)proof.Kind, By = proof.By, DenialIndex = proof.DenialIndex };

    public static Proof FromWire(this ProofPb? wire) => wire is null
        ? throw ModelMapping.Missing("proof")
        : new Proof(wire.Boot.FromWire(), ModelMapping.Enum<ProofKind>(wire.Kind), wire.By, wire.DenialIndex);

    private static NodeRecordPb ToWire(NodeRecord node)
    {
        var wire = new NodeRecordPb
        {
            Name = node.Name.Value,
            Identity = node.Identity,
            Condition = (int)node.Condition,
            Admitted = node.Admitted?.ToWire(),
            AdmittedIndex = node.AdmittedIndex,
            Session = node.Session?.ToWire(),
            MemoryMib = node.MemoryMib,
            Cpus = node.Cpus,
            MigratesLive = node.MigratesLive,
            Maintenance = node.Maintenance,
            Leaving = node.Leaving?.ToWire(),
            Quarantined = node.IsQuarantined,
            FencingApproved = node.IsFencingApproved,
            Terms = node.Terms.ToWire(),
            TermsIndex = node.TermsIndex,
            Fence = node.Fence is { } fence
                ? new FenceAttemptPb { Boot = fence.Boot.ToWire(), StartedIndex = fence.StartedIndex, Open = fence.Open }
                : null,
            Proof = node.Proof?.ToWire(),
            Condemned = node.Condemned is { } condemned
                ? new CondemnationPb { Id = condemned.Id.ToString(), SinceTicks = condemned.Since.UtcTicks, Reason = condemned.Reason }
                : null,
        };
        wire.LossesTicks.AddRange(node.Losses.Select(at => at.UtcTicks));
        wire.EarlierBoots.AddRange(node.EarlierBoots.Select(b => b.Value));
        if (node.LeaseFreeSince is { } disarmed)
            wire.LeaseFreeSince = disarmed;
        if (node.DenialIndex is { } denial)
            wire.DenialIndex = denial;
        if (node.Reason is not null)
            wire.Reason = node.Reason;
        return wire;
    }

    private static NodeRecord FromWire(NodeRecordPb wire) =>
        new(ModelMapping.Node(wire.Name), wire.Identity, ModelMapping.Enum<NodeCondition>(wire.Condition))
        {
            Admitted = wire.Admitted?.FromWire(),
            AdmittedIndex = wire.AdmittedIndex,
            Session = wire.Session?.FromWire(),
            EarlierBoots = [.. wire.EarlierBoots.Select(b => new BootId(b))],
            MemoryMib = wire.MemoryMib,
            Cpus = wire.Cpus,
            MigratesLive = wire.MigratesLive,
            Maintenance = wire.Maintenance,
            Leaving = wire.Leaving?.FromWire(),
            IsQuarantined = wire.Quarantined,
            IsFencingApproved = wire.FencingApproved,
            Losses = [.. wire.LossesTicks.Select(TimeMapping.Time)],
            Terms = wire.Terms.FromWire(),
            TermsIndex = wire.TermsIndex,
            LeaseFreeSince = wire.HasLeaseFreeSince ? wire.LeaseFreeSince : null,
            DenialIndex = wire.HasDenialIndex ? wire.DenialIndex : null,
            Fence = wire.Fence is { } fence ? new FenceAttempt(fence.Boot.FromWire(), fence.StartedIndex, fence.Open) : null,
            Proof = wire.Proof?.FromWire(),
            Reason = wire.HasReason ? wire.Reason : null,
            Condemned = wire.Condemned is { } condemned
                ? new Condemnation(ResourceId.Parse(condemned.Id), TimeMapping.Time(condemned.SinceTicks), condemned.Reason)
                : null,
        };
}
