using Akka.Actor;
using AkkaHa.Cluster.Bootstrap;
using AkkaHa.Cluster.Downing;
using AkkaHa.Cluster.Membership;
using AkkaHa.Cluster.StateLog;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Quorum;

/// <summary>Collects what one <c>quorum status</c> tells from those who know it, and answers with what it has when time is up.</summary>
internal sealed class QuorumInquiry : ReceiveActor
{
    private readonly NodeContext _node;
    private readonly IActorRef _crm;
    private readonly MembershipView _view;
    private readonly IActorRef _asker;
    private BootstrapStatus? _bootstrap;
    private ReplicaStatus? _replica;
    private ResolverStatus? _resolver;
    private VotersReply? _voters;

    public QuorumInquiry(NodeContext node, IActorRef crm, MembershipView view, IActorRef asker)
    {
        _node = node;
        _crm = crm;
        _view = view;
        _asker = asker;
        Receive<BootstrapStatus>(m => Have(() => _bootstrap = m));
        Receive<ReplicaStatus>(m => Have(() => _replica = m));
        Receive<ResolverStatus>(m => Have(() => _resolver = m));
        Receive<VotersReply>(m => Have(() => _voters = m));
        Receive<ReceiveTimeout>(_ => Answer());
    }

    protected override void PreStart()
    {
        Context.SetReceiveTimeout(_node.Times.StatusTimeout);
        Context.ActorSelection($"/user/{ActorNames.Bootstrap}").Tell(BootstrapStatusRequest.Instance);
        Context.ActorSelection($"/user/{ActorNames.Replica}").Tell(ReplicaStatusRequest.Instance);
        Context.ActorSelection($"/user/{ActorNames.Resolver}").Tell(ResolverStatusRequest.Instance);
        _crm.Tell(VotersRequest.Instance);
    }

    private void Have(Action take)
    {
        take();
        if (_bootstrap is not null && _replica is not null && _resolver is not null && _voters is not null)
            Answer();
    }

    private void Answer()
    {
        var electorate = _bootstrap?.Electorate ?? Electorate.Of(_replica?.Configuration, _node.Voters);
        var heard = _view.Reachable.Add(_node.Self);
        var isQuorate = _bootstrap?.Standing == FormationStanding.Quorate;
        _asker.Tell(new QuorumStatus
        {
            AnsweredBy = _node.Self,
            ClusterId = _replica?.Configuration?.ClusterId ?? Guid.Empty,
            Electorate = electorate,
            IsQuorate = isQuorate,
            Votes = _bootstrap?.Votes ?? 0,
            WaitsFor = isQuorate ? _voters?.WaitsFor ?? "no CRM answers yet" : _bootstrap?.WaitsFor ?? "this node does not answer in time what it waits for",
            Resolver = _resolver?.Verdict ?? "the resolver does not answer",
            OwnReplica = _replica switch
            {
                null => "does not answer: it recovers, or its disk does not let it",
                _ when !electorate.Voters.Contains(_node.Self) => "has no vote: the newest voters are others",
                { Learns: { } reason } => $"has no vote: {reason.Describe()}",
                { Configuration: null } => "is empty",
                _ => FormattableString.Invariant($"is sound, committed up to {_replica.Committed.AppliedIndex}"),
            },
            Voters = [.. electorate.Voters.Select(n => new VoterStatus(n, heard.Contains(n), _node.Arbiters.Contains(n), _voters?.Replicas.GetValueOrDefault(n) ?? ""))],
        });
        Context.Stop(Self);
    }
}
