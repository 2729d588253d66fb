using System.Collections.Immutable;
using AkkaHa.Core.StateLog;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Protocol.Wire;

/// <summary>The codecs of what concerns votes.</summary>
internal static class QuorumCodecs
{
    public static IReadOnlyList<Codec> All { get; } =
    [
        Codec.Of<InitCluster, InitClusterPb>("op.init", _ => new InitClusterPb(), InitClusterPb.Parser, _ => InitCluster.Instance),
        Codec.Of<ChangeVoter, ChangeVoterPb>(
            "op.voter", m => new ChangeVoterPb { Change = (int)m.Change, Node = m.Node.Value }, ChangeVoterPb.Parser,
            w => new ChangeVoter(ModelMapping.Enum<VoterChange>(w.Change), ModelMapping.Node(w.Node))),
        Codec.Of<ForceExpected, ForceExpectedPb>("op.expected", ToWire, ForceExpectedPb.Parser, w => new ForceExpected(
            w.Votes, [.. w.Dead.Select(ModelMapping.Node)], w.OperatorKnowsOff)),
        Codec.Of<QuorumRequest, QuorumRequestPb>("op.quorum?", _ => new QuorumRequestPb(), QuorumRequestPb.Parser, _ => QuorumRequest.Instance),
        Codec.Of<QuorumStatus, QuorumStatusPb>("op.quorum", ToWire, QuorumStatusPb.Parser, FromWire),
        Codec.Of<VotersRequest, VotersRequestPb>("crm.voters?", _ => new VotersRequestPb(), VotersRequestPb.Parser, _ => VotersRequest.Instance),
        Codec.Of<VotersReply, VotersReplyPb>("crm.voters", ToWire, VotersReplyPb.Parser, w => new VotersReply(
            w.Replicas.ToImmutableSortedDictionary(r => ModelMapping.Node(r.Key), r => r.Value), w.WaitsFor)),
        Codec.Of<ReplicaIdentityRequest, ReplicaIdentityRequestPb>(
            "log.who?", _ => new ReplicaIdentityRequestPb(), ReplicaIdentityRequestPb.Parser, _ => ReplicaIdentityRequest.Instance),
        Codec.Of<ReplicaIdentity, ReplicaIdentityPb>("log.who", ToWire, ReplicaIdentityPb.Parser, w => new ReplicaIdentity(
            ModelMapping.Node(w.Node), ModelMapping.Uuid(w.Replica), w.StartCounter, ModelMapping.Uuid(w.ClusterId))),
        Codec.Of<ResetReplica, ResetReplicaPb>(
            "log.reset", m => new ResetReplicaPb { Header = m.Header.ToWire(), Replica = m.Replica.ToWire() }, ResetReplicaPb.Parser,
            w => new ResetReplica(w.Header.FromWire(), ModelMapping.Uuid(w.Replica))),
    ];

    private static ForceExpectedPb ToWire(ForceExpected m)
    {
        var wire = new ForceExpectedPb { Votes = m.Votes, OperatorKnowsOff = m.OperatorKnowsOff };
        wire.Dead.AddRange(m.Dead.Select(n => n.Value));
        return wire;
    }

    private static VotersReplyPb ToWire(VotersReply m)
    {
        var wire = new VotersReplyPb { WaitsFor = m.WaitsFor };
        foreach (var (node, text) in m.Replicas)
            wire.Replicas.Add(node.Value, text);
        return wire;
    }

    private static ReplicaIdentityPb ToWire(ReplicaIdentity m) => new()
    {
        Node = m.Node.Value,
        Replica = m.Replica.ToWire(),
        StartCounter = m.StartCounter,
        ClusterId = m.ClusterId.ToWire(),
    };

    private static QuorumStatusPb ToWire(QuorumStatus m)
    {
        var wire = new QuorumStatusPb
        {
            AnsweredBy = m.AnsweredBy.Value,
            ClusterId = m.ClusterId.ToWire(),
            Electorate = m.Electorate.ToWire(),
            Quorate = m.IsQuorate,
            Votes = m.Votes,
            WaitsFor = m.WaitsFor,
            Resolver = m.Resolver,
            OwnReplica = m.OwnReplica,
        };
        wire.Voters.AddRange(m.Voters.Select(v => new VoterStatusPb { Node = v.Node.Value, Heard = v.IsHeard, Arbiter = v.IsArbiter, Replica = v.Replica }));
        return wire;
    }

    private static QuorumStatus FromWire(QuorumStatusPb w) => new()
    {
        AnsweredBy = ModelMapping.Node(w.AnsweredBy),
        ClusterId = ModelMapping.Uuid(w.ClusterId),
        Electorate = w.Electorate.FromWire(),
        IsQuorate = w.Quorate,
        Votes = w.Votes,
        WaitsFor = w.WaitsFor,
        Resolver = w.Resolver,
        OwnReplica = w.OwnReplica,
        Voters = [.. w.Voters.Select(v => new VoterStatus(ModelMapping.Node(v.Node), v.Heard, v.Arbiter, v.Replica))],
    };
}
