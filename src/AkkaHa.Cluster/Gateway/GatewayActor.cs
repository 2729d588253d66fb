using System.Collections.Immutable;
using Akka.Actor;
using AkkaHa.Cluster.Bootstrap;
using AkkaHa.Cluster.Crm;
using AkkaHa.Cluster.Membership;
using AkkaHa.Cluster.StateLog;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Gateway;

/// <summary>
/// Answers operators on every node. What needs the CRM is passed on to it; where none answers in time, status comes from this node's own
/// replica, read-only and marked stale, and says what the node waits for (DESIGN §4).
/// </summary>
public sealed class GatewayActor : ReceiveActor
{
    private readonly NodeContext _node;
    private readonly IActorRef _crm;
    private readonly IActorRef _replica;
    private readonly IActorRef _bootstrap;
    private readonly IActorRef _events;
    private MembershipView _view = MembershipView.Empty;

    /// <summary>Begins to answer.</summary>
    public GatewayActor(NodeContext node, IActorRef crm, IActorRef replica, IActorRef bootstrap, IActorRef membership, IActorRef events)
    {
        _node = node;
        _crm = crm;
        _replica = replica;
        _bootstrap = bootstrap;
        _events = events;
        membership.Tell(WatchMembership.Instance, Self);
        Receive<MembershipView>(view => _view = view);
        Receive<EventsRequest>(_events.Forward);
        Receive<StatusRequest>(_ => AnswerStatus().PipeTo(Sender, Self));
        Receive<Submit>(submit => AskCrm(submit).PipeTo(Sender, Self));
    }

    private async Task<object> AskCrm(Submit submit)
    {
        try
        {
            return await _crm.Ask<object>(submit, _node.Times.AuthorityTtl + _node.Times.StatusTimeout).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return new CommandRefused($"{_node.Self}: no CRM answered; whether the command is committed is not known. Ask for the status before giving it again.");
        }
    }

    private async Task<ClusterStatus> AnswerStatus()
    {
        var view = _view;
        var bootstrap = await _bootstrap.Ask<BootstrapStatus>(BootstrapStatusRequest.Instance, _node.Times.StatusTimeout).ConfigureAwait(false);
        if (bootstrap.Standing == FormationStanding.Quorate)
        {
            try
            {
                return await _crm.Ask<ClusterStatus>(StatusRequest.Instance, _node.Times.StatusTimeout).ConfigureAwait(false) with
                {
                    AnsweredBy = _node.Self,
                    Hypervisor = _node.Hypervisor,
                };
            }
            catch (AskTimeoutException)
            {
                return await StaleStatus(view, "no CRM answers yet; one takes over as soon as it leads the state log").ConfigureAwait(false);
            }
        }

        var stale = await StaleStatus(view, bootstrap.WaitsFor).ConfigureAwait(false);
        return stale with { Votes = bootstrap.Votes, IsQuorate = false };
    }

    private async Task<ClusterStatus> StaleStatus(MembershipView view, string waitsFor)
    {
        var replica = await _replica.Ask<ReplicaStatus>(ReplicaStatusRequest.Instance, _node.Times.StatusTimeout).ConfigureAwait(false);
        return StatusReport.Of(_node, replica.Committed, view, crm: null, seen: null, ImmutableDictionary<NodeName, string>.Empty) with
        {
            IsStale = true,
            WaitsFor = waitsFor,
        };
    }
}
