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
/// <remarks>Every step of an answer is a message of its own, so that a simulation decides about its order as well.</remarks>
public sealed class GatewayActor : ReceiveActor
{
    private sealed record Formed(IActorRef Asker, BootstrapStatus Bootstrap);

    private sealed record CrmAnswered(IActorRef Asker, ClusterStatus Status);

    private sealed record FromMemory(IActorRef Asker, string WaitsFor, BootstrapStatus? Bootstrap);

    private const string NoCrm = "no CRM answers yet; one takes over as soon as it leads the state log";

    private readonly NodeContext _node;
    private readonly IActorRef _crm;
    private readonly IActorRef _replica;
    private readonly IActorRef _bootstrap;
    private readonly IActorRef _events;
    private MembershipView _view = MembershipView.Empty;

    /// <summary>Begins to answer.</summary>
    public GatewayActor(NodeContext node, IActorRef crm, IActorRef replica, IActorRef bootstrap, IActorRef membership, IActorRef events, IActorRef fenceTest)
    {
        _node = node;
        _crm = crm;
        _replica = replica;
        _bootstrap = bootstrap;
        _events = events;
        membership.Tell(WatchMembership.Instance, Self);
        Receive<MembershipView>(view => _view = view);
        Receive<EventsRequest>(_events.Forward);
        Receive<IQuorumRequest>(request => Context.ActorSelection($"/user/{ActorNames.Quorum}").Tell(request, Sender));
        Receive<StorageStatusRequest>(request => Context.ActorSelection($"/user/{ActorNames.Storage}").Tell(request, Sender));
        Receive<FenceTestRequest>(fenceTest.Forward);
        Receive<Submit>(submit => _crm.Ask<object>(submit, _node.Times.AuthorityTtl + _node.Times.StatusTimeout).PipeTo(Sender, Self, failure: NotKnown));
        Receive<ResourceQuery>(Ask);
        Receive<ExplainRequest>(Ask);
        Receive<PlanRequest>(Ask);
        Receive<StatusRequest>(_ => AskBootstrap(Sender));
        Receive<Formed>(AskCrm);
        Receive<CrmAnswered>(m => m.Asker.Tell(m.Status));
        Receive<FromMemory>(AskReplica);
    }

    private void Ask(object question) => _crm.Ask<object>(question, _node.Times.StatusTimeout).PipeTo(
        Sender, Self, failure: cause => cause is AskTimeoutException
            ? new CommandRefused($"{_node.Self}: no CRM answered; try again in a moment")
            : new Status.Failure(cause));

    private object NotKnown(Exception cause) => cause is AskTimeoutException
        ? new CommandRefused($"{_node.Self}: no CRM answered; whether the command is committed is not known. Ask for the status before giving it again.")
        : new Status.Failure(cause);

    private void AskBootstrap(IActorRef asker) =>
        _bootstrap.Ask<BootstrapStatus>(BootstrapStatusRequest.Instance, _node.Times.StatusTimeout).PipeTo(
            Self, Self, status => new Formed(asker, status), _ => new FromMemory(asker, "this node does not answer in time what it waits for", null));

    private void AskCrm(Formed m)
    {
        if (m.Bootstrap.Standing != FormationStanding.Quorate)
        {
            AskReplica(new FromMemory(m.Asker, m.Bootstrap.WaitsFor, m.Bootstrap));
            return;
        }

        _crm.Ask<ClusterStatus>(StatusRequest.Instance, _node.Times.StatusTimeout).PipeTo(
            Self, Self,
            status => new CrmAnswered(m.Asker, status with { AnsweredBy = _node.Self, Hypervisor = _node.Hypervisor }),
            _ => new FromMemory(m.Asker, NoCrm, null));
    }

    private void AskReplica(FromMemory m)
    {
        var view = _view;
        _replica.Ask<ReplicaStatus>(ReplicaStatusRequest.Instance, _node.Times.StatusTimeout).PipeTo(
            m.Asker, Self, replica => Stale(replica, view, m));
    }

    private ClusterStatus Stale(ReplicaStatus replica, MembershipView view, FromMemory m)
    {
        var status = StatusReport.Of(_node, replica.Committed, view, crm: null, seen: null, ImmutableDictionary<NodeName, string>.Empty) with
        {
            IsStale = true,
            WaitsFor = m.WaitsFor,
        };
        return m.Bootstrap is { } bootstrap ? status with { Votes = bootstrap.Votes, IsQuorate = false } : status;
    }
}
